//! Bytes → text: UTF-8, UTF-16 and the charsets of old files.

use super::error::Reason;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Decodes a plain-text file. UTF-8 is taken as it is, a U+FEFF at its start included.
pub fn decode(bytes: Vec<u8>) -> Result<String, Reason> {
    if let Some(encoding) = utf16(&bytes) {
        return decode_as(encoding, &bytes);
    }
    match String::from_utf8(bytes) {
        Ok(text) if is_binary(text.as_bytes()) => Err(Reason::Binary),
        Ok(text) => Ok(text),
        Err(error) => legacy(error.as_bytes()),
    }
}

/// UTF-16 by its byte order mark, or by a zero in every other byte.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return (encoding != UTF_8).then_some(encoding);
    }
    let head = &bytes[..bytes.len().min(4096)];
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), head.len() / 2);
    match pairs {
        0..4 => None,
        _ if odd * 2 > pairs && even * 10 < pairs => Some(UTF_16LE),
        _ if even * 2 > pairs && odd * 10 < pairs => Some(UTF_16BE),
        _ => None,
    }
}

/// Decodes without replacing anything.
fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> Result<String, Reason> {
    let bytes = match Encoding::for_bom(bytes) {
        Some((found, length)) if found == encoding => &bytes[length..],
        _ => bytes,
    };
    let broken = Reason::BrokenText { charset: encoding.name() };
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes).ok_or(broken)?;
    if is_binary(text.as_bytes()) {
        return Err(Reason::Binary);
    }
    Ok(text.into_owned())
}

/// Decodes what is not valid UTF-8.
fn legacy(bytes: &[u8]) -> Result<String, Reason> {
    if is_binary(bytes) {
        return Err(Reason::Binary);
    }
    if let Some(offset) = broken_utf8(bytes) {
        return Err(Reason::BrokenUtf8 { offset });
    }
    let encoding = detect(bytes);
    let text = decode_as(encoding, bytes);
    match text {
        Ok(text) if encoding != WINDOWS_1252 || is_plausible(&text) => Ok(text),
        _ => Err(Reason::BrokenUtf8 { offset: first_bad_byte(bytes) }),
    }
}

/// The likeliest charset of bytes that are not UTF-8. A handful of high bytes is too little for
/// statistics: then it is the one that Western files are in.
fn detect(bytes: &[u8]) -> &'static Encoding {
    if bytes.iter().filter(|b| **b >= 0x80).count() < 8 {
        return WINDOWS_1252;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// The first bad byte of a text that is UTF-8 for the most part, or cut off within a character.
fn broken_utf8(bytes: &[u8]) -> Option<usize> {
    let (mut good, mut bad, mut cut) = (0, 0, false);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
        cut = is_cut_character(chunk.invalid());
    }
    let at_end = bad == 1 && cut && bytes.utf8_chunks().last().is_some_and(|c| !c.invalid().is_empty());
    (good >= bad.max(1) || at_end).then(|| first_bad_byte(bytes))
}

/// Whether the bytes are the beginning of a UTF-8 character and unlikely as letters of their own:
/// the lead bytes of é, à, ü are Ã and Â in Western charsets.
fn is_cut_character(bytes: &[u8]) -> bool {
    matches!(bytes, [0xC2 | 0xC3] | [0xE2, 0x80..=0x84] | [0xF0..=0xF4, 0x80..=0xBF, ..])
}

fn first_bad_byte(bytes: &[u8]) -> usize {
    std::str::from_utf8(bytes).err().map_or(bytes.len(), |e| e.valid_up_to())
}

/// Whether text read as Windows-1252 has the marks and letters that Western languages use, and
/// not those that broken UTF-8 turns into.
fn is_plausible(text: &str) -> bool {
    let (mut all, mut odd) = (0, 0);
    for c in text.chars().filter(|c| !c.is_ascii()) {
        all += 1;
        odd +=
            usize::from(c.is_control() || matches!(c, 'Ã' | 'Â' | 'ÿ' | 'þ' | 'Þ' | 'ð' | 'Ð' | '¿' | '½' | '¤' | '¶'));
    }
    odd * 3 <= all
}

/// Whether bytes are no text: zeros, or more control characters than a text ever has.
fn is_binary(bytes: &[u8]) -> bool {
    let zeros = bytes.iter().filter(|b| **b == 0).count();
    let controls = bytes.iter().filter(|b| is_control(**b)).count();
    zeros * 200 > bytes.len() || controls * 50 > bytes.len()
}

fn is_control(byte: u8) -> bool {
    matches!(byte, 0..=8 | 0x0E..=0x1A | 0x1C..=0x1F | 0x7F)
}

/// The text of an HTML page, and whether bytes had to be replaced.
pub fn decode_html(bytes: &[u8]) -> Result<(String, bool), Reason> {
    let encoding = utf16(bytes).unwrap_or_else(|| html_charset(bytes));
    let (text, _, replaced) = encoding.decode(bytes);
    if is_binary(text.as_bytes()) {
        return Err(Reason::Binary);
    }
    Ok((text.into_owned(), replaced))
}

/// Valid UTF-8 is UTF-8 whatever the page says; else what it says; else what it looks like.
fn html_charset(bytes: &[u8]) -> &'static Encoding {
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    match declared(bytes) {
        Some(encoding) if encoding != UTF_8 => encoding,
        _ if broken_utf8(bytes).is_some() => UTF_8,
        _ => detect(bytes),
    }
}

/// The charset of `<meta charset=…>` or `<?xml encoding=…?>` near the start.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let at = ["charset=", "encoding="].iter().find_map(|key| Some(head.find(key)? + key.len()))?;
    let label = head[at..].trim_start_matches(['"', '\'', ' ']);
    let end = label.find(|c: char| !c.is_ascii_alphanumeric() && !"-_:.".contains(c))?;
    Encoding::for_label(&label.as_bytes()[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRENCH: &str = "Le préfet a été mis en examen à Évry : « une décision sévère », dit-il.";

    fn latin1(text: &str) -> Vec<u8> {
        WINDOWS_1252.encode(text).0.into_owned()
    }

    fn utf16le(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn utf8_is_unchanged_with_its_mark() {
        let text = format!("\u{feff}{FRENCH}\r\n");
        assert_eq!(decode(text.clone().into_bytes()).unwrap(), text);
    }

    #[test]
    fn utf16_with_and_without_mark() {
        assert_eq!(decode(utf16le(&format!("\u{feff}{FRENCH}"))).unwrap(), FRENCH);
        assert_eq!(decode(utf16le(FRENCH)).unwrap(), FRENCH);
    }

    #[test]
    fn western_files_are_decoded() {
        assert_eq!(decode(latin1(FRENCH)).unwrap(), FRENCH);
        let quotes = "The mayor said “no” – twice.";
        assert_eq!(decode(latin1(quotes)).unwrap(), quotes);
        assert_eq!(decode(latin1("Un café")).unwrap(), "Un café");
    }

    #[test]
    fn broken_utf8_is_named_with_its_place() {
        let at = FRENCH.find('É').unwrap();
        let cut = FRENCH.as_bytes()[..at + 1].to_vec();
        assert!(matches!(decode(cut), Err(Reason::BrokenUtf8 { offset }) if offset == at));
        let mut bad = FRENCH.as_bytes().to_vec();
        bad.insert(2, 0xFF);
        assert!(matches!(decode(bad), Err(Reason::BrokenUtf8 { offset: 2 })));
        for bytes in [&b"Plain words and \xC3\x28 more"[..], b"Cut at the en\xC3", b"odd \xFF\xFE here"] {
            assert!(matches!(decode(bytes.to_vec()), Err(Reason::BrokenUtf8 { .. })), "{bytes:?}");
        }
    }

    #[test]
    fn binary_is_told_from_text() {
        let noise: Vec<u8> = (0..5000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert!(matches!(decode(noise), Err(Reason::Binary)));
        assert!(matches!(decode(vec![0; 100]), Err(Reason::Binary)));
        assert!(matches!(decode(b"\x7FELF\x02\x01\x01\0\0\0".to_vec()), Err(Reason::Binary)));
    }

    #[test]
    fn a_page_says_its_charset() {
        let page = format!("<html><head><meta charset=\"iso-8859-1\"></head><p>{FRENCH}</p>");
        assert_eq!(decode_html(&latin1(&page)).unwrap(), (page.clone(), false));
        assert_eq!(decode_html(page.as_bytes()).unwrap(), (page, false));
    }
}
