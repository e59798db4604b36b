//! Publication dates as inputs write them → ISO 8601.

use jiff::civil::{Date, DateTime};
use jiff::fmt::rfc2822;
use jiff::fmt::temporal::Pieces;
use jiff::{Timestamp, civil::Time};

/// Normalises a date: `2024-07-20`, or with a time `2024-07-20T08:30:00`, and with the offset
/// that the input gives (`Z`, `+02:00`). None if it cannot be read without guessing.
pub fn normalise(written: &str) -> Option<String> {
    let written = written.trim();
    iso(written)
        .or_else(|| rfc2822(written))
        .or_else(|| numeric(written))
        .or_else(|| in_letters(written))
        .or_else(|| epoch(written))
}

/// ISO 8601 and its usual sloppy forms (a blank for the T, an offset without a colon).
fn iso(written: &str) -> Option<String> {
    let plain = written.trim_end_matches(" UTC").trim_end_matches(" GMT");
    let joined = plain.replacen(' ', "T", 1).replace(' ', "");
    let pieces = Pieces::parse(joined.as_str()).ok()?;
    let utc = plain.len() < written.len();
    let offset = match pieces.to_numeric_offset() {
        Some(offset) if offset.is_zero() => "Z".to_owned(),
        Some(offset) => offset_words(offset.seconds()),
        None if utc || joined.ends_with(['Z', 'z']) => "Z".to_owned(),
        None => String::new(),
    };
    Some(match pieces.time() {
        Some(time) => format!("{}T{}{offset}", pieces.date(), seconds(time)),
        None => pieces.date().to_string(),
    })
}

fn seconds(time: Time) -> String {
    format!("{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second())
}

fn offset_words(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.unsigned_abs() / 60;
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

/// `Sat, 20 Jul 2024 08:30:00 +0200`
fn rfc2822(written: &str) -> Option<String> {
    let zoned = rfc2822::parse(written).ok()?;
    iso(&zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
}

/// Numbers alone: `20.07.2024`, `2024/07/20`, `20/07/2024` if it can be no American date.
fn numeric(written: &str) -> Option<String> {
    let (day, time) = written.split_once([' ', ',']).unwrap_or((written, ""));
    let parts: Vec<i16> = day.split(['.', '/', '-']).map(|p| p.parse().ok()).collect::<Option<_>>()?;
    let date = match parts[..] {
        [year, month, day] if year > 1000 => civil(year, month, day),
        [day, month, year] if written.contains('.') || day > 12 || day == month => civil(year, month, day),
        [month, day, year] if day > 12 => civil(year, month, day),
        _ => None,
    }?;
    match iso(&format!("{date}T{}", time.trim())) {
        Some(with_time) if !time.is_empty() => Some(with_time),
        _ => Some(date.to_string()),
    }
}

fn civil(year: i16, month: i16, day: i16) -> Option<Date> {
    (year > 1000).then_some(())?;
    Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()
}

/// With an English month, as programs write it.
fn in_letters(written: &str) -> Option<String> {
    const DATES: [&str; 6] = ["%B %d, %Y", "%d %B %Y", "%b %d, %Y", "%d %b %Y", "%A, %B %d, %Y", "%a, %d %b %Y"];
    let date = DATES.iter().find_map(|form| Date::strptime(form, written).ok());
    let with_time = || DateTime::strptime("%a %b %d %H:%M:%S %Y", written).ok().map(DateTime::date);
    date.or_else(with_time).map(|date| date.to_string())
}

/// Seconds or milliseconds since 1970.
fn epoch(written: &str) -> Option<String> {
    let number: i64 = written.parse().ok()?;
    let seconds = match written.len() {
        9..=10 => number,
        12..=13 => number / 1000,
        _ => return None,
    };
    iso(&Timestamp::from_second(seconds).ok()?.to_string())
}

#[cfg(test)]
mod tests {
    use super::normalise;

    #[test]
    fn dates_of_many_forms() {
        for (written, wanted) in [
            ("2024-07-20", "2024-07-20"),
            (" 2024-07-20T08:30:00.000Z ", "2024-07-20T08:30:00Z"),
            ("2024-07-20T08:30+0200", "2024-07-20T08:30:00+02:00"),
            ("2024-07-20T08:30:00-05:30", "2024-07-20T08:30:00-05:30"),
            ("2024-07-20 08:30:00", "2024-07-20T08:30:00"),
            ("2024-07-20 08:30:00 +0700", "2024-07-20T08:30:00+07:00"),
            ("2024-07-20 08:30 UTC", "2024-07-20T08:30:00Z"),
            ("Sat, 20 Jul 2024 08:30:00 +0200", "2024-07-20T08:30:00+02:00"),
            ("Sat, 20 Jul 2024 08:30:00 GMT", "2024-07-20T08:30:00Z"),
            ("20.07.2024", "2024-07-20"),
            ("20.07.2024, 08:30", "2024-07-20T08:30:00"),
            ("5.7.2024", "2024-07-05"),
            ("20/07/2024", "2024-07-20"),
            ("7/20/2024", "2024-07-20"),
            ("2024/07/20", "2024-07-20"),
            ("July 20, 2024", "2024-07-20"),
            ("20 Jul 2024", "2024-07-20"),
            ("1721464200", "2024-07-20T08:30:00Z"),
            ("1721464200000", "2024-07-20T08:30:00Z"),
            ("20240720", "2024-07-20"),
        ] {
            assert_eq!(normalise(written).as_deref(), Some(wanted), "{written}");
        }
    }

    #[test]
    fn what_would_be_guessing_is_no_date() {
        for written in ["", "yesterday", "05/07/2024", "2024-13-40", "12"] {
            assert_eq!(normalise(written), None, "{written}");
        }
    }
}
