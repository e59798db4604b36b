//! Quotations with their speakers and numbers with their owners, in sentences of every language.

use newsgraph::article::{Options, Reader};
use newsgraph::language::Language;
use newsgraph::pipeline::extract;
use newsgraph::record::ArticleRecord;

fn record(language: Language, text: &str) -> ArticleRecord {
    let options = Options { language: Some(language), ..Options::default() };
    let reader = Reader::new(options).expect("the language data are sound");
    let document = reader.read("article.txt", text.as_bytes().to_vec()).remove(0).expect("the text is an article");
    extract(document)
}

/// Speaker and words of every quotation.
fn quotations(language: Language, text: &str) -> Vec<(String, String)> {
    let record = record(language, text);
    record.quotations.iter().map(|q| (record.entities[q.speaker].names[0].clone(), q.text.clone())).collect()
}

#[track_caller]
fn says(language: Language, text: &str, speaker: &str, words: &str) {
    let found = quotations(language, text);
    assert!(found.iter().any(|(s, w)| s.contains(speaker) && w == words), "{speaker}: {words}\nfound {found:?}");
}

#[track_caller]
fn owns(language: Language, text: &str, owner: &str, number: &str) {
    let record = record(language, text);
    let found: Vec<_> = record
        .quantities
        .iter()
        .map(|q| {
            (
                q.of.map(|o| record.entities[o].names[0].clone()),
                [&q.value, &q.min, &q.max].into_iter().flatten().cloned().collect::<Vec<_>>().join("-"),
            )
        })
        .collect();
    assert!(
        found.iter().any(|(o, n)| o.as_deref().is_some_and(|o| o.contains(owner)) && n == number),
        "{owner}: {number}\nfound {found:?}"
    );
}

const OPENING: &str = "Harvest at the lake\n\n";

#[test]
fn english_speakers() {
    let text = format!(
        "{OPENING}Mary Baker opened the new mill on Friday. “We waited nine long years for this,” she said. “Now the work begins for all of us.”\n\nThe mayor, Peter Stone, called the mill “a gift to the valley.”\n"
    );
    says(Language::En, &text, "Mary Baker", "We waited nine long years for this");
    says(Language::En, &text, "Mary Baker", "Now the work begins for all of us.");
    says(Language::En, &text, "Peter Stone", "a gift to the valley.");
}

#[test]
fn french_speakers() {
    let text = format!(
        "{OPENING}Marie Dubois a visité le chantier lundi. « Nous avons attendu neuf longues années », a-t-elle déclaré.\n\nLe projet est « une chance pour la vallée », a estimé Paul Lefèvre.\n"
    );
    says(Language::Fr, &text, "Marie Dubois", "Nous avons attendu neuf longues années");
    says(Language::Fr, &text, "Paul Lefèvre", "une chance pour la vallée");
}

#[test]
fn german_speakers() {
    let text = format!(
        "{OPENING}Anna Schmidt eröffnete am Freitag die neue Mühle. „Wir haben neun lange Jahre gewartet“, sagte sie.\n\n„Das Projekt ist ein Gewinn für das Tal“, so Peter Müller.\n"
    );
    says(Language::De, &text, "Anna Schmidt", "Wir haben neun lange Jahre gewartet");
    says(Language::De, &text, "Peter Müller", "Das Projekt ist ein Gewinn für das Tal");
}

#[test]
fn indonesian_speakers() {
    let text = format!(
        "{OPENING}Budi Santoso membuka pabrik baru itu pada hari Jumat. \"Kami menunggu selama sembilan tahun,\" katanya.\n\n\"Proyek ini sangat baik untuk warga,\" ujar Siti Rahayu.\n"
    );
    says(Language::Id, &text, "Budi Santoso", "Kami menunggu selama sembilan tahun");
    says(Language::Id, &text, "Siti Rahayu", "Proyek ini sangat baik untuk warga");
}

#[test]
fn titles_in_marks_are_no_quotations() {
    let text = format!("{OPENING}Mary Baker said that she had read “Moby Dick” as a child.\n");
    assert_eq!(quotations(Language::En, &text), []);
}

#[test]
fn owners_of_numbers() {
    owns(Language::En, &format!("{OPENING}Microsoft employs more than 220,000 people.\n"), "Microsoft", "220000");
    owns(
        Language::En,
        &format!("{OPENING}Microsoft serves more than 40 million private and 30,000 corporate customers.\n"),
        "Microsoft",
        "30000",
    );
    owns(Language::Fr, &format!("{OPENING}Renault compte plus de 105 000 salariés.\n"), "Renault", "105000");
    owns(
        Language::De,
        &format!("{OPENING}Siemens erzielte einen Umsatz von 77,8 Milliarden Euro.\n"),
        "Siemens",
        "77800000000",
    );
    owns(
        Language::Id,
        &format!("{OPENING}Telkom membukukan pendapatan sebesar Rp 5 triliun.\n"),
        "Telkom",
        "5000000000000",
    );
}

#[test]
fn odd_texts_do_not_panic() {
    for text in [
        "“",
        "\"said\" X",
        "said “a b c d e f\n\n“g h”",
        "1:100 16H00 $",
        "kata \"x\"",
        "« a », a-t-il",
        "„so“ so",
        "X (60%) 3 to",
        "' ' '",
        "“We said.\n\n“And we",
    ] {
        for language in Language::ALL {
            let long = format!("{OPENING}{text}\n\n{text} Mary Baker {text} said {text}");
            record(language, &long);
        }
    }
}
