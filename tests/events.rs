//! Events with who, to whom, where and when, in sentences of every language.

use newsgraph::article::{Options, Reader};
use newsgraph::language::Language;
use newsgraph::pipeline::extract;
use newsgraph::record::ArticleRecord;

const OPENING: &str = "Harvest at the lake\n\n";

fn record(language: Language, text: &str) -> ArticleRecord {
    let options = Options { language: Some(language), ..Options::default() };
    let reader = Reader::new(options).expect("the language data are sound");
    let text = format!("{OPENING}{text}\n");
    let document = reader.read("article.txt", text.into_bytes()).remove(0).expect("the text is an article");
    extract(document)
}

/// Each event on a line: `Kind agent=A object=B at=C on=D`, of each role those that it has.
fn told(language: Language, text: &str) -> Vec<String> {
    let record = record(language, text);
    let names = |list: &[usize]| list.iter().map(|e| record.entities[*e].names[0].clone()).collect::<Vec<_>>();
    let line = |e: &newsgraph::record::Event| {
        let dates = e.dates.iter().map(|d| d.iso.clone()).collect();
        let roles =
            [("agent", names(&e.agents)), ("object", names(&e.targets)), ("at", names(&e.places)), ("on", dates)];
        let full = roles.iter().filter(|(_, list)| !list.is_empty());
        full.fold(e.kind.clone(), |line, (role, list)| format!("{line} {role}={}", list.join(",")))
    };
    record.events.iter().map(line).collect()
}

#[track_caller]
fn tells(language: Language, text: &str, events: &[&str]) {
    assert_eq!(told(language, text), events, "{text}");
}

#[test]
fn a_place_or_a_date_tells_an_election() {
    tells(
        Language::En,
        "Portugal will hold parliamentary elections on March 12, 2023.",
        &["Election at=Portugal on=2023-03-12"],
    );
    tells(
        Language::De,
        "In Portugal finden am 12. März 2023 Parlamentswahlen statt.",
        &["Election at=Portugal on=2023-03-12"],
    );
    tells(Language::Fr, "L'élection présidentielle de 2022 était serrée.", &["Election on=2022"]);
    tells(Language::Id, "Pilpres berlangsung tertib pada 17 April 2019.", &["Election on=2019-04-17"]);
}

#[test]
fn the_adjective_of_a_country_is_who_acts_or_where() {
    tells(Language::En, "The Russian invasion of Ukraine went on.", &["Attack agent=Russian object=Ukraine"]);
    tells(Language::Fr, "L'invasion russe de l'Ukraine continue.", &["Attack agent=russe object=Ukraine"]);
    tells(Language::De, "Die französische Präsidentschaftswahl 2022 war knapp.", &["Election at=französische on=2022"]);
}

#[test]
fn a_definite_noun_points_back_to_what_was_told() {
    tells(
        Language::En,
        "Forty people died in a fire in the Spanish city of Badajoz. The fire began on 3 May 2021.",
        &["Accident at=Badajoz on=2021-05-03"],
    );
    tells(
        Language::Fr,
        "Le crash d'un avion de la société Aerolux a fait quatre morts. L'accident s'est produit le 12 mai 2021 à Goma.",
        &["Accident object=Aerolux at=Goma on=2021-05-12"],
    );
}

#[test]
fn what_something_is_done_for_has_not_happened() {
    tells(
        Language::En,
        "The Orion Trust sued the Borland administration to shut down Keyhole Energy.",
        &["Lawsuit agent=Orion Trust object=Borland administration"],
    );
}

#[test]
fn what_does_not_take_place_is_denied() {
    tells(Language::En, "The presidential election in Portugal will not take place in May.", &[]);
    tells(Language::Fr, "L'élection présidentielle au Portugal n'aura pas lieu en mai.", &[]);
    tells(Language::De, "Die Präsidentschaftswahl in Portugal findet nicht statt.", &[]);
}

#[test]
fn a_stake_is_no_event() {
    tells(Language::En, "Tejo Bank holds a stake in Kite Airways.", &[]);
    tells(Language::Fr, "La société Solent détient une participation dans Veridia.", &[]);
}

#[test]
fn a_relative_pronoun_stands_for_what_its_clause_is_about() {
    tells(
        Language::En,
        "Kite Airways, which Tejo Bank acquired in 2017, lost money.",
        &["Acquisition agent=Tejo Bank object=Kite Airways on=2017"],
    );
}

#[test]
fn a_noun_in_apposition_acts_for_its_name() {
    tells(
        Language::En,
        "Solent Foods, a company that sued Tejo Bank in 2019, was glad.",
        &["Lawsuit agent=Solent Foods object=Tejo Bank on=2019"],
    );
}

#[test]
fn it_acts_where_the_text_is_about_something_that_acts() {
    tells(
        Language::En,
        "Solent Foods was in trouble. It acquired Hartmann Foods in 2019.",
        &["Acquisition agent=Solent Foods object=Hartmann Foods on=2019"],
    );
    tells(Language::En, "Solent Foods was in trouble. It is said that nobody bought Hartmann Foods.", &[]);
}

#[test]
fn an_authority_beside_the_noun_bans() {
    tells(
        Language::En,
        "The ban of the US government on Kite Airways began.",
        &["Ban agent=US government object=Kite Airways"],
    );
    tells(Language::De, "Das Verbot der US-Regierung gilt ab 3. Mai 2021.", &["Ban agent=US-Regierung on=2021-05-03"]);
}

#[test]
fn compounds_of_a_happening_are_that_happening() {
    tells(
        Language::De,
        "Bei einem Scheunenbrand in Bregenz starben am 3. Mai 2021 vier Menschen.",
        &["Accident at=Bregenz on=2021-05-03"],
    );
    tells(Language::De, "Eine Vorauswahl in Bregenz gab es am 3. Mai 2021.", &[]);
}
