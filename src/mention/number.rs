//! Numbers with their bounds, scales and units.

use crate::analysis::syntax::Upos;
use crate::analysis::{Analysis, Token};
use crate::language::Entry;
use crate::record::Unit;
use std::ops::Range;

/// A number that counts or measures something.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// The tokens of the number with its bound words, scale and unit.
    pub tokens: Range<usize>,
    /// The token of the first digit or number word.
    pub core: usize,
    /// Exact or approximate value.
    pub value: Option<String>,
    /// Lower bound.
    pub min: Option<String>,
    /// Upper bound.
    pub max: Option<String>,
    /// What it counts; none if no unit follows.
    pub unit: Option<Unit>,
}

/// Every quantity of the text; dates, times, ages and bare years are left out.
pub fn find(analysis: &Analysis, dates: &[super::Date]) -> Vec<Number> {
    let mut found = Vec::new();
    for sentence in &analysis.sentences {
        let mut at = sentence.start;
        while at < sentence.end {
            let dated = dates.iter().find(|d| d.tokens.contains(&at));
            match dated.is_none().then(|| number_at(analysis, sentence, at)).flatten() {
                Some(mut number) => {
                    at = number.tokens.end.max(at + 1);
                    if number.unit.is_none() {
                        number.unit = understood(analysis, sentence, &number, &found);
                    }
                    found.push(number);
                }
                None => at = dated.map_or(at + 1, |d| d.tokens.end),
            }
        }
    }
    found.retain(|n| n.unit.is_some());
    share_bounds(analysis, &mut found);
    found
}

/// The unit of a number that has none beside it: what the words around say that it counts, what the number before
/// counts ("5,000 workers, of whom 300 …"), what a count of dead "rose to", or the currency told before a scaled sum
/// ("7,3 Millionen").
fn understood(analysis: &Analysis, sentence: &Range<usize>, number: &Number, found: &[Number]) -> Option<Unit> {
    let start = number.tokens.start;
    let digits = [&number.value, &number.min, &number.max].into_iter().flatten().next()?;
    if let Some(noun) = told_by(analysis, sentence, &number.tokens, digits) {
        return Some(Unit::Text(analysis.words(analysis.span(noun..noun + 1)).to_owned()));
    }
    if closes(analysis, sentence, start, Entry::PartOf).is_some() {
        let whole = found.last().filter(|n| n.tokens.start >= sentence.start);
        return whole.and_then(|n| n.unit.clone()).filter(|u| matches!(u, Unit::Text(_)));
    }
    if closes(analysis, sentence, start, Entry::Reaches).is_some() {
        let toll = (sentence.start..start).find(|i| is(analysis, *i, |e| *e == Entry::Toll))?;
        return Some(Unit::Text(analysis.words(analysis.span(toll..toll + 1)).to_owned()));
    }
    let scaled = is(analysis, number.tokens.end - 1, |e| matches!(e, Entry::Scale(_)));
    let money = |n: &&Number| matches!(&n.unit, Some(Unit::Code(c)) if c != "P1");
    let next = analysis.tokens.get(number.tokens.end).filter(|_| number.tokens.end < sentence.end);
    let alone = next.is_none_or(|t| {
        !t.is_word()
            || is(analysis, number.tokens.end, |e| matches!(e, Entry::Preposition | Entry::Conjunction))
            || analysis.language.capital_nouns && !t.is_capitalized()
    });
    if !scaled || !alone {
        return None;
    }
    found.iter().rev().find(money).and_then(|n| n.unit.clone())
}

/// The token that tells what a number without a unit counts: "a population of 380,000", "level 7,120", "injuring more
/// than 200", "40 wurden verletzt".
fn told_by(analysis: &Analysis, sentence: &Range<usize>, number: &Range<usize>, digits: &str) -> Option<usize> {
    let before = |back: usize| number.start.checked_sub(back).filter(|i| *i >= sentence.start);
    let of = before(1).is_some_and(|i| is(analysis, i, |e| *e == Entry::Of));
    let measure = before(2).filter(|i| of && is(analysis, *i, |e| *e == Entry::Figure));
    let next_to = |wanted: Entry| before(1).filter(|i| is(analysis, *i, |e| *e == wanted));
    let auxiliary = |i: &usize| is(analysis, *i, |e| *e == Entry::PassiveAuxiliary);
    let after = || {
        let verb = (number.end..sentence.end.min(number.end + 3)).find(|i| !auxiliary(i))?;
        is(analysis, verb, |e| *e == Entry::Toll).then_some(verb)
    };
    let level = || next_to(Entry::Level).filter(|_| compare(digits, LEVEL).is_ge());
    measure.or_else(level).or_else(|| next_to(Entry::Toll)).or_else(after)
}

/// "more than 400 million consumer and 240,000 corporate customers": the bound holds for both.
fn share_bounds(analysis: &Analysis, found: &mut [Number]) {
    for i in 1..found.len() {
        let (before, after) = found.split_at_mut(i);
        let (first, second) = (&before[i - 1], &mut after[0]);
        let start = second.tokens.start;
        let joined = start > 0
            && is(analysis, start - 1, |e| *e == Entry::Conjunction)
            && start.saturating_sub(first.tokens.end) <= 2
            && start >= first.tokens.end;
        let same = matches!((&first.unit, &second.unit), (Some(Unit::Text(_)), Some(Unit::Text(_))))
            && analysis.tokens[start].sentence == analysis.tokens[first.core].sentence;
        let bracketed = start == first.tokens.end + 1 && analysis.tokens[start - 1].lower == "(";
        let money = matches!((&first.unit, &second.unit), (Some(Unit::Code(a)), Some(Unit::Code(b))) if a != b);
        if bracketed && money && second.value.is_some() && first.value.is_none() {
            // "up to $6.5bn (£5bn)": the same sum again.
            match (&first.min, &first.max) {
                (Some(_), None) => second.min = second.value.take(),
                (None, Some(_)) => second.max = second.value.take(),
                _ => {}
            }
        }
        if joined && same && second.value.is_some() && first.min.is_some() && first.max.is_none() {
            second.min = second.value.take();
        }
    }
}

/// One number in digits or letters with its scale: value in decimal digits, and the token after it.
struct Value {
    digits: String,
    end: usize,
    scaled: bool,
}

fn number_at(analysis: &Analysis, sentence: &Range<usize>, at: usize) -> Option<Number> {
    let prefix = prefix(analysis, sentence, at);
    let core = at + prefix.as_ref().map_or(0, |p| p.0);
    let prefix = prefix.map(|p| p.1);
    if at > sentence.start && analysis.tokens[at].hyphenated {
        return None;
    }
    if glued(analysis, core) {
        return None;
    }
    let first = value_at(analysis, sentence, core)?;
    let range = second_value(analysis, sentence, at, core, &first);
    let (low, high, mut end) = match range {
        Some((second, low)) => (Some(low), Some(second.digits), second.end),
        None => (None, None, first.end),
    };
    let after = bound_after(analysis, end, 1).filter(|_| first.scaled);
    if let Some((_, length)) = after {
        end += length;
    }
    let unit = match &prefix {
        Some(code) => Some(code.clone()),
        None => unit_after(analysis, sentence, &mut end, &first.digits),
    };
    let (mut bound, start) = bound_before(analysis, sentence, at);
    let bare = end < sentence.end && is(analysis, end, |e| matches!(e, Entry::IgnoredUnit | Entry::Month(_)));
    let told = closes(analysis, sentence, start, Entry::Reaches)
        .or_else(|| closes(analysis, sentence, start, Entry::PartOf))
        .or_else(|| told_by(analysis, sentence, &(start..end), &first.digits));
    if unit.is_none() && !first.scaled && (bare || is_year(&first.digits) || told.is_none()) {
        return None;
    }
    if let Some((after, length)) = after.or_else(|| bound_after(analysis, end, 2)) {
        bound = after;
        end = end.max(first.end + length);
    }
    let (value, min, max) = match (low, high, bound) {
        (Some(low), high, _) => (None, Some(low), high),
        (_, _, Bound::Min) => (None, Some(first.digits), None),
        (_, _, Bound::Max) => (None, None, Some(first.digits)),
        _ => (Some(first.digits), None, None),
    };
    Some(Number { tokens: start..end, core, value, min, max, unit })
}

/// "1:100", "16H00": part of a ratio, a score or a time.
fn glued(analysis: &Analysis, at: usize) -> bool {
    let tokens = &analysis.tokens;
    let digits = |i: usize| tokens[i].lower.starts_with(|c: char| c.is_ascii_digit());
    if !digits(at) {
        return false;
    }
    let touches = |a: usize, b: usize| tokens[a].span.end == tokens[b].span.start;
    let colon = |i: usize| matches!(tokens[i].lower.as_str(), ":" | "/");
    let before = at >= 2 && colon(at - 1) && touches(at - 1, at) && touches(at - 2, at - 1) && digits(at - 2);
    let after =
        at + 2 < tokens.len() && colon(at + 1) && touches(at, at + 1) && touches(at + 1, at + 2) && digits(at + 2);
    let clock = tokens.get(at + 1).is_some_and(|t| {
        touches(at, at + 1)
            && t.lower.starts_with(char::is_alphabetic)
            && t.lower.ends_with(|c: char| c.is_ascii_digit())
    });
    before || after || clock
}

/// The currency that begins at a token right before a number ("US$ 5"): its length and code.
fn prefix(analysis: &Analysis, sentence: &Range<usize>, at: usize) -> Option<(usize, Unit)> {
    let codes = analysis.hits.get(at)?.iter().filter_map(|h| match h.entry {
        Entry::Currency(i) => Some((h.length, i)),
        _ => None,
    });
    let (length, i) = codes.filter(|(length, _)| value_at(analysis, sentence, at + length).is_some()).max()?;
    Some((length, Unit::Code(analysis.language.currencies[i].clone())))
}

/// A bound after a number ("5 juta lebih", "five or more"), of some words at least, with its length.
fn bound_after(analysis: &Analysis, at: usize, least: usize) -> Option<(Bound, usize)> {
    let length = |wanted: Entry| analysis.at(at, |e| *e == wanted).filter(|l| *l >= least);
    let min = length(Entry::MinimumAfter).map(|l| (Bound::Min, l));
    min.or_else(|| length(Entry::MaximumAfter).map(|l| (Bound::Max, l)))
}

fn currency(analysis: &Analysis, at: usize) -> Option<Unit> {
    analysis.hits.get(at)?.iter().find_map(|h| match h.entry {
        Entry::Currency(i) if h.length == 1 => Some(Unit::Code(analysis.language.currencies[i].clone())),
        _ => None,
    })
}

fn currency_length(analysis: &Analysis, at: usize) -> Option<usize> {
    analysis.at(at, |e| matches!(e, Entry::Currency(_)))
}

/// The second number of "between 300 and 400", "300 to 400", "300-400", with the first as lower bound.
fn second_value(
    analysis: &Analysis,
    sentence: &Range<usize>,
    at: usize,
    core: usize,
    first: &Value,
) -> Option<(Value, String)> {
    // "between 8.8 billion dollars and 9.6 billion": the unit may stand after both.
    let mut joint_at = first.end;
    if is(analysis, joint_at, |e| *e == Entry::Of) && currency_length(analysis, joint_at + 1).is_some() {
        joint_at += 1;
    }
    let percent = |at: usize| analysis.at(at, |e| *e == Entry::Percent).filter(|_| at < sentence.end);
    let shares = percent(joint_at).is_some();
    if joint_at < sentence.end {
        joint_at += currency_length(analysis, joint_at).or_else(|| percent(joint_at)).unwrap_or(0);
    }
    let joint = analysis.tokens.get(joint_at).filter(|_| joint_at < sentence.end)?;
    let next = if joint.hyphenated { joint_at } else { joint_at + 1 };
    let apart = joint_at > first.end;
    let fits = joint.hyphenated
        || matches!(joint.lower.as_str(), "-" | "–" | "—")
        || is_range(analysis, sentence.start..at, &joint.lower, apart);
    let next = if currency(analysis, next).is_some() { next + 1 } else { next };
    let second = fits.then(|| value_at(analysis, sentence, next)).flatten()?;
    // "up 12 per cent to 900 million": a share and a sum.
    if shares && percent(second.end).is_none() {
        return None;
    }
    let mut low = first.digits.clone();
    if second.scaled && !first.scaled && compare(&low, &second.digits).is_lt() && core > 0 {
        // "between 3 and 4 million": the scale holds for both.
        let scale = analysis.hits[second.end - 1].iter().find_map(|h| match h.entry {
            Entry::Scale(s) => Some(s),
            _ => None,
        });
        low = scale.map_or(low.clone(), |s| multiply(&low, s));
    }
    compare(&low, &second.digits).is_lt().then_some((second, low))
}

/// Whether the words before a number and the word between it and the next make a range of them: not "raised from
/// $154,000 to $220,000", where only "ranging from" opens one. `apart`: a unit stands between.
fn is_range(analysis: &Analysis, before: Range<usize>, joint: &str, apart: bool) -> bool {
    const NEAR: usize = 3;
    let form = |i: usize| analysis.tokens[i].lower.as_str();
    let opens = |phrase: &str| {
        let mut words = phrase.split(' ').rev();
        let mut tokens = before.clone().rev();
        words.all(|w| tokens.next().is_some_and(|i| form(i) == w))
    };
    let near = before.end.saturating_sub(NEAR).max(before.start)..before.end;
    let pairs = || analysis.language.numbers.bounds.between.iter().filter(|[_, b]| b == joint).map(|[a, _]| a);
    let opening = pairs().filter_map(|a| a.rsplit(' ').next()).any(|word| near.clone().any(|i| form(i) == word));
    let bracketed = before.clone().next_back().is_some_and(|i| form(i) == "(");
    pairs().any(|a| bracketed || if a.is_empty() { !apart && !opening } else { opens(a) })
}

fn compare(a: &str, b: &str) -> std::cmp::Ordering {
    let parse = |s: &str| s.parse::<f64>().unwrap_or(f64::NAN);
    parse(a).partial_cmp(&parse(b)).unwrap_or(std::cmp::Ordering::Equal)
}

fn value_at(analysis: &Analysis, sentence: &Range<usize>, at: usize) -> Option<Value> {
    if at >= sentence.end {
        return None;
    }
    let token = &analysis.tokens[at];
    let first = token.lower.chars().next()?;
    let (mut digits, mut end) = if first.is_ascii_digit() {
        let (digits, end) = grouped(analysis, sentence, at);
        (plain_digits(&digits, analysis)?, end)
    } else {
        let word = analysis.hits[at].iter().find_map(|h| match h.entry {
            // "hundreds", "centaines": the plural of a number word is vague.
            Entry::NumberWord(_)
                if h.length == 1 && token.lower.len() > token.lemma.len() && token.lower.starts_with(&token.lemma) =>
            {
                None
            }
            // The lemma of an article may be the number one ("des", "eines").
            Entry::NumberWord(n) if spelled(analysis, at..at + h.length) => Some((n.to_string(), at + h.length)),
            Entry::Scale(_) if token.lower.is_empty() => None,
            _ => None,
        });
        word?
    };
    let mut scaled = false;
    while end < sentence.end {
        let scale = analysis.hits[end].iter().find_map(|h| match h.entry {
            Entry::Scale(s) => Some((s, h.length)),
            _ => None,
        });
        let Some((scale, length)) = scale else { break };
        digits = multiply(&digits, scale);
        scaled = true;
        end += length;
    }
    Some(Value { digits, end, scaled })
}

/// Whether the words stand in the list of number words as they are, not only by their lemmas.
fn spelled(analysis: &Analysis, tokens: Range<usize>) -> bool {
    let forms: Vec<&str> = analysis.tokens[tokens].iter().map(|t| t.lower.as_str()).collect();
    let words = &analysis.language.numbers.words;
    words.contains_key(&forms.join(" ")) || words.contains_key(&forms.join("-")) || words.contains_key(&forms.concat())
}

/// Joins the groups of "240 000".
fn grouped(analysis: &Analysis, sentence: &Range<usize>, at: usize) -> (String, usize) {
    let mut digits = analysis.tokens[at].lower.clone();
    let mut end = at + 1;
    let blank = analysis.language.numbers.thousands.iter().any(|t| t.chars().all(char::is_whitespace));
    let groups = |t: &Token| t.lower.len() == 3 && t.lower.bytes().all(|b| b.is_ascii_digit()) && !t.hyphenated;
    if blank && digits.len() <= 3 && digits.bytes().all(|b| b.is_ascii_digit()) {
        while end < sentence.end
            && groups(&analysis.tokens[end])
            && analysis.tokens[end].span.start <= analysis.tokens[end - 1].span.end + 3
        {
            digits.push_str(&analysis.tokens[end].lower);
            end += 1;
        }
    }
    (digits, end)
}

/// "240.000" and "36,4" in the language's marks as plain decimal digits; none for "1.2.3" or "12abc".
fn plain_digits(form: &str, analysis: &Analysis) -> Option<String> {
    let numbers = &analysis.language.numbers;
    if !form.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b',') {
        return None;
    }
    let marks: Vec<(usize, char)> = form.char_indices().filter(|(_, c)| !c.is_ascii_digit()).collect();
    let grouping = |from: usize| form.len() - from - 1 == 3 || form[from + 1..].find(['.', ',']) == Some(3);
    let Some((last, mark)) = marks.last().copied() else {
        return Some(form.trim_start_matches('0').to_owned()).map(|d| if d.is_empty() { "0".into() } else { d });
    };
    let all_groups = marks.iter().all(|(i, _)| grouping(*i)) && !form.starts_with('0');
    let is_decimal = numbers.decimal.starts_with(mark);
    let several = marks.len() > 1 && marks.iter().all(|(_, m)| *m == mark);
    if all_groups && (several || !is_decimal) {
        return Some(form.replace(['.', ','], ""));
    }
    if several {
        return None;
    }
    let whole = form[..last].replace(['.', ','], "");
    let fraction = form[last + 1..].trim_end_matches('0');
    let whole = if whole.is_empty() { "0".to_owned() } else { whole };
    Some(if fraction.is_empty() { whole } else { format!("{whole}.{fraction}") })
}

/// Exact decimal multiplication by a scale.
fn multiply(digits: &str, scale: u64) -> String {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let units: u128 = format!("{whole}{fraction}").parse().unwrap_or(0);
    let product = units.saturating_mul(u128::from(scale));
    let divisor = 10u128.saturating_pow(fraction.len() as u32).max(1);
    let rest = product % divisor;
    if rest == 0 {
        return (product / divisor).to_string();
    }
    let decimals = format!("{rest:0width$}", width = fraction.len());
    format!("{}.{}", product / divisor, decimals.trim_end_matches('0'))
}

/// From this on, points are those of an index.
const LEVEL: &str = "1000";

/// The unit after a number; moves `end` past it.
fn unit_after(analysis: &Analysis, sentence: &Range<usize>, end: &mut usize, digits: &str) -> Option<Unit> {
    if *end >= sentence.end {
        return None;
    }
    let at = *end;
    let longest = |wanted: fn(&Entry) -> bool| analysis.at(at, wanted);
    if let Some(length) = longest(|e| *e == Entry::Percent) {
        *end += length;
        return Some(Unit::Code("P1".to_owned()));
    }
    let mut skip = at;
    if is(analysis, skip, |e| matches!(e, Entry::Of)) && skip + 1 < sentence.end {
        skip += 1;
    }
    let money = analysis.hits[skip].iter().filter_map(|h| match h.entry {
        Entry::Currency(i) => Some((h.length, i)),
        _ => None,
    });
    if let Some((length, i)) = money.max() {
        *end = skip + length;
        return Some(Unit::Code(analysis.language.currencies[i].clone()));
    }
    // An index stands at points by the thousand; a match has none.
    let level = longest(|e| *e == Entry::Level).is_some() && compare(digits, LEVEL).is_ge();
    if longest(|e| *e == Entry::IgnoredUnit).is_some() && !level
        || longest(|e| matches!(e, Entry::Month(_) | Entry::Weekday(_))).is_some()
    {
        return None;
    }
    counted(analysis, sentence, skip, end, digits, level)
}

/// The counted thing: the lower-case (German: any) words after the number, up to four.
fn counted(
    analysis: &Analysis,
    sentence: &Range<usize>,
    from: usize,
    end: &mut usize,
    digits: &str,
    level: bool,
) -> Option<Unit> {
    let stops = |i: usize| {
        let token = &analysis.tokens[i];
        // "pengguna" (users) is not "guna" (for), its lemma.
        let noun = token.lower != token.lemma && analysis.words_of(i).any(|w| tag(analysis, i, w) == Upos::Noun);
        if noun && token.is_word() && !token.is_capitalized() {
            return false;
        }
        !token.is_word()
            || token.lower.chars().any(|c| c.is_ascii_digit())
            || is(analysis, i, |e| {
                matches!(
                    e,
                    Entry::Preposition
                        | Entry::Conjunction
                        | Entry::Subordinator
                        | Entry::Relative
                        | Entry::Copula
                        | Entry::PassiveAuxiliary
                        | Entry::Negation
                        | Entry::Speech
                        | Entry::Article
                        | Entry::Future
                        | Entry::Pronoun(_)
                        | Entry::Of
                        | Entry::IgnoredUnit
                )
            })
            || (token.is_capitalized() && !(analysis.language.capital_nouns && token.common))
    };
    // "1,500 American workers", "300 Boeing jets"
    let named = |i: usize| analysis.tokens[i].is_word() && analysis.tokens[i].is_capitalized();
    let plain = |i: &usize| {
        let noun = analysis.words_of(*i).any(|w| tag(analysis, *i, w) == Upos::Noun);
        noun && !analysis.tokens[*i].is_capitalized() && !stops(*i)
    };
    if !level && !analysis.language.capital_nouns && !is_year(digits) && named(from) {
        let noun = (from..sentence.end.min(from + 3)).find(|i| !named(*i)).filter(plain);
        if let Some(noun) = noun {
            *end = noun + 1;
            return Some(Unit::Text(analysis.words(analysis.span(from..noun + 1)).to_owned()));
        }
    }
    let mut last = from;
    while last < sentence.end && last < from + 3 && (!stops(last) || level && last == from) {
        last += 1;
        if level {
            break;
        }
        // German: the noun closes the phrase.
        if analysis.language.capital_nouns && analysis.tokens[last - 1].is_capitalized() {
            break;
        }
    }
    // "Stuttgart 21 steigt": where nouns have capitals, what is counted has one.
    let noun = level || !analysis.language.capital_nouns || (last > from && analysis.tokens[last - 1].is_capitalized());
    if last == from || !noun {
        return None;
    }
    *end = last;
    Some(Unit::Text(analysis.words(analysis.span(from..last)).to_owned()))
}

/// The part of speech of a word of the sentence that a token is in.
fn tag(analysis: &Analysis, token: usize, word: usize) -> Upos {
    analysis.syntax[analysis.tokens[token].sentence].words[word].upos
}

fn is(analysis: &Analysis, at: usize, wanted: impl Fn(&Entry) -> bool) -> bool {
    analysis.at(at, wanted).is_some()
}

/// Where a phrase of a kind begins that ends right before a token.
fn closes(analysis: &Analysis, sentence: &Range<usize>, at: usize, wanted: Entry) -> Option<usize> {
    let ends = |start: &usize| analysis.hits[*start].iter().any(|h| h.entry == wanted && start + h.length == at);
    (at.saturating_sub(4).max(sentence.start)..at).find(ends)
}

fn is_year(digits: &str) -> bool {
    digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"))
}

#[derive(Clone, Copy)]
enum Bound {
    None,
    Min,
    Max,
}

/// The bound words before a number, and where they begin.
fn bound_before(analysis: &Analysis, sentence: &Range<usize>, at: usize) -> (Bound, usize) {
    // "up to an additional 15 per cent"
    let first = at;
    let at = closes(analysis, sentence, at, Entry::Further).unwrap_or(at);
    for back in 1..=4.min(at - sentence.start) {
        let start = at - back;
        for hit in &analysis.hits[start] {
            if start + hit.length != at {
                continue;
            }
            // "the maximum 10 per cent" is what it is.
            let definite = start > sentence.start && is(analysis, start - 1, |e| *e == Entry::Definite);
            match hit.entry {
                Entry::Maximum | Entry::Minimum if definite && hit.length == 1 => return (Bound::None, start),
                Entry::Minimum => return (Bound::Min, start),
                Entry::Maximum => return (Bound::Max, start),
                Entry::About => return (Bound::None, start),
                _ => {}
            }
        }
    }
    (Bound::None, first)
}
