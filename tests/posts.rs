//! Posts, the institutions they are held in, and nouns that stand for them, in whole sentences.

use newsgraph::article::{Options, Reader};
use newsgraph::language::Language;
use newsgraph::pipeline::extract;
use newsgraph::record::{ArticleRecord, Object};

const OPENING: &str = "Nouvelles de la semaine\n\n";

fn record(text: &str) -> ArticleRecord {
    let options = Options { language: Some(Language::Fr), ..Options::default() };
    let reader = Reader::new(options).expect("the language data are sound");
    let bytes = format!("{OPENING}{text}\n").into_bytes();
    extract(reader.read("article.txt", bytes).remove(0).expect("the text is an article"))
}

/// Every claim as "subject relation object", with the first names of the things.
fn claims(text: &str) -> Vec<String> {
    let record = record(text);
    let name = |e: usize| record.entities[e].names[0].clone();
    let object = |o: &Object| match o {
        Object::Entity(e) => name(*e),
        Object::Text(words) => words.clone(),
    };
    record.claims.iter().map(|c| format!("{} {} {}", name(c.subject), c.relation, object(&c.object))).collect()
}

#[track_caller]
fn tells(text: &str, claim: &str) {
    let found = claims(text);
    assert!(found.iter().any(|c| c == claim), "{claim}\nfound {found:#?}");
}

#[test]
fn posts_keep_their_field() {
    tells("Le ministre de l'Intérieur, Cemal Arslan, a démissionné.", "Cemal Arslan jobTitle ministre de l'Intérieur");
    tells("Le ministre de l’Intérieur, Cemal Arslan, a démissionné.", "Cemal Arslan jobTitle ministre de l’Intérieur");
    tells("Le ministre des Transports Alain Bergeron est parti.", "Alain Bergeron jobTitle ministre des Transports");
    tells("L'homme d'affaires Jean Petit est parti.", "Jean Petit jobTitle homme d'affaires");
}

#[test]
fn provinces_are_introduced_by_their_noun() {
    tells("Le gouverneur de la province du Sud-Kivu, Jean Mulumba, est arrivé.", "Sud-Kivu leader Jean Mulumba");
    tells("Le maire de la ville de Metz, Paul Martin, a démissionné.", "Metz leader Paul Martin");
}

#[test]
fn a_possessive_stands_for_who_is_told_of() {
    let text = "La société Orbe Distribution a fermé un magasin, a annoncé mardi sa directrice générale, Anne Berger.";
    tells(text, "Orbe Distribution leader Anne Berger");
    let text = "La compagnie Flyvia recrute. Son directeur général, l'Italien Marco Righi, s'est réjoui.";
    tells(text, "Flyvia leader Marco Righi");
}

#[test]
fn institutions_are_named_by_their_seat() {
    tells("L'université de Genève a signé un accord.", "université de Genève basedIn Genève");
    let names: Vec<_> = record("Le ministère de la Défense a réagi.").entities.into_iter().map(|e| e.names).collect();
    assert!(names.iter().flatten().any(|n| n == "ministère de la Défense"), "{names:?}");
    assert!(!names.iter().flatten().any(|n| n == "Défense"), "{names:?}");
}

#[test]
fn a_noun_before_a_name_points_to_nobody_else() {
    let found = claims("La banque Sumire a choisi l'éditeur israélien Gateprime.");
    assert!(!found.iter().any(|c| c.starts_with("Sumire basedIn")), "{found:?}");
}

#[test]
fn kin_are_of_whom_they_stand_beside() {
    let text = "Le maire Paul Mercier, sa femme Anne Lavigne et son fils Hugo Mercier ont quitté la ville.";
    tells(text, "Paul Mercier spouse Anne Lavigne");
    tells(text, "Paul Mercier child Hugo Mercier");
    let text = "Luc Perrin et Clara Fontan ont dîné avec Marc Vasseur et sa femme Tara Vasseur.";
    tells(text, "Marc Vasseur spouse Tara Vasseur");
    let found =
        claims("Selon le milliardaire Serge Kaplan, la chanteuse s'est séparée de son mari, l'acteur Tom Verhoeven.");
    assert!(!found.iter().any(|c| c.contains("spouse")), "{found:?}");
}

#[test]
fn who_holds_a_post_may_follow_what_it_is_of() {
    tells("Le porte-parole de Greenwatch Thomas Moreau a critiqué la décision.", "Thomas Moreau worksFor Greenwatch");
    tells("Le patron du groupe Valdor Hélène Marchetti a démissionné.", "Valdor leader Hélène Marchetti");
    let found = claims("Le capitaine de police Bernard Lemoine a indiqué que les portes étaient fermées.");
    assert_eq!(found, ["Bernard Lemoine jobTitle capitaine de police"]);
}

#[test]
fn a_post_may_tell_its_field_before_what_it_is_of() {
    let text = "Lucie Arnal, professeure en droit à l'université de Genève, le pense.";
    tells(text, "Lucie Arnal worksFor université de Genève");
}

#[test]
fn prepositions_of_several_words_lead_to_what_they_are_of() {
    tells("La société Quantor a levé 20 millions de dollars auprès de la banque Sumire.", "Sumire investedIn Quantor");
    tells("Bruno Castaing a été nommé à la tête du groupe Daxon.", "Daxon leader Bruno Castaing");
    tells("Bruno Castaing a été nommé directeur général du groupe Daxon.", "Daxon leader Bruno Castaing");
}
