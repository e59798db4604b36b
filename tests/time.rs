//! When facts held: what the text says of it, in every language, and what the graph tells of a day.

use newsgraph::article::{Options, Reader};
use newsgraph::language::Language;
use newsgraph::pipeline::extract;
use newsgraph::record::{Object, Period};

/// The periods of the claims of a relation whose parties have these words in their names.
fn periods(language: Language, text: &str, relation: &str, subject: &str, object: &str) -> Vec<Period> {
    let options = Options { language: Some(language), ..Options::default() };
    let reader = Reader::new(options).expect("the language data are sound");
    let document = reader.read("article.txt", text.as_bytes().to_vec()).remove(0).expect("the text is an article");
    let record = extract(document);
    let is = |entity: usize, words: &str| record.entities[entity].names.iter().any(|n| n.contains(words));
    let fits = |o: &Object| match o {
        Object::Entity(entity) => is(*entity, object),
        Object::Text(words) => words.contains(object),
    };
    let claims = record.claims.iter().filter(|c| c.relation == relation && is(c.subject, subject) && fits(&c.object));
    claims.map(|c| c.held.clone()).collect()
}

#[track_caller]
fn held(language: Language, text: &str, [relation, subject, object]: [&str; 3], start: &str, end: &str) {
    let some = |date: &str| (!date.is_empty()).then(|| date.to_owned());
    let expected = Period { start: some(start), end: some(end) };
    assert_eq!(periods(language, text, relation, subject, object), [expected], "{text}");
}

#[test]
fn english() {
    let text = "Harbour news\n\nAnna Berg has been chief executive of Orbit Foods since 2019. \
        Peter Lund was chairman of Tarn Media between 2003 and 2009. Tom Reed, chief executive of Nordic Air until 2016, \
        said in 2020 that nothing had changed. Orbit Foods appointed Maria Keller as chief financial officer on 3 March 2024. \
        Lumen Mills, owned by Tarn Media since January 2015, sold Green Valley Farms in 2022.\n";
    held(Language::En, text, ["leader", "Orbit Foods", "Anna Berg"], "2019", "");
    held(Language::En, text, ["leader", "Tarn Media", "Peter Lund"], "2003", "2009");
    held(Language::En, text, ["leader", "Nordic Air", "Tom Reed"], "", "2016");
    held(Language::En, text, ["jobTitle", "Maria Keller", "financial"], "2024-03-03", "");
    held(Language::En, text, ["owner", "Lumen Mills", "Tarn Media"], "2015-01", "");
}

#[test]
fn french() {
    let text = "Nouvelles du port\n\nAnne Berger dirige le groupe Orbe Distribution depuis 2019. \
        Pierre Lund, président de Tarn Médias jusqu'en 2009, est mort. Orbe Distribution a racheté les Boulangeries Milan en \
        mai 2021. Jean Hale a été directeur général de Lumen Énergie de 2010 à 2018.\n";
    held(Language::Fr, text, ["leader", "Orbe Distribution", "Anne Berger"], "2019", "");
    held(Language::Fr, text, ["leader", "Tarn", "Pierre Lund"], "", "2009");
    held(Language::Fr, text, ["acquired", "Orbe Distribution", "Boulangeries"], "2021-05", "");
    held(Language::Fr, text, ["leader", "Lumen", "Jean Hale"], "2010", "2018");
}

#[test]
fn german() {
    let text = "Hafennachrichten\n\nAnna Berg ist seit 2019 Vorstandschefin der Orbit Foods AG. \
        Hans Hale leitete die Weberlin GmbH von 2010 bis 2018. \
        Peter Lund war zwischen 2003 und 2009 Aufsichtsratschef der Tarn Media GmbH.\n";
    held(Language::De, text, ["leader", "Orbit Foods", "Anna Berg"], "2019", "");
    held(Language::De, text, ["leader", "Weberlin", "Hans Hale"], "2010", "2018");
    held(Language::De, text, ["leader", "Tarn Media", "Peter Lund"], "2003", "2009");
}

#[test]
fn indonesian() {
    let text = "Berita pelabuhan\n\nAnna Wijaya menjabat Direktur Utama PT Orbit Pangan sejak 2019. \
        Budi Santoso memimpin PT Roti Melati dari 2010 hingga 2018.\n";
    held(Language::Id, text, ["leader", "Orbit Pangan", "Anna Wijaya"], "2019", "");
    held(Language::Id, text, ["leader", "Roti Melati", "Budi Santoso"], "2010", "2018");
}

#[test]
fn dates_of_other_things_are_no_period() {
    let text =
        "Harbour news\n\nAnna Berg, chief executive of Orbit Foods, said in 2020 that the plant had run since 1998.\n";
    held(Language::En, text, ["leader", "Orbit Foods", "Anna Berg"], "", "");
}

#[test]
fn periods_are_apart_as_far_as_dates_are_given() {
    let period = |start: &str, end: &str| {
        let some = |date: &str| (!date.is_empty()).then(|| date.to_owned());
        Period { start: some(start), end: some(end) }
    };
    assert!(period("", "2009").is_apart(&period("2010", "")));
    assert!(period("2010-05", "").is_apart(&period("2001", "2010-04-30")));
    assert!(!period("2010-05", "").is_apart(&period("2001", "2010")));
    assert!(!period("", "").is_apart(&period("2001", "2010")));
}
