//! Which entities of which articles become one thing, which stay two, and what counts and contradicts.

mod common;

use newsgraph::fusion::{Card, Conflict, Fused, KnownThings, Links, Reason, conflicts, origins};
use newsgraph::language::Language;
use newsgraph::pipeline::{GraphOptions, fuse, sorted};
use newsgraph::record::{
    ArticleRecord, Claim, Entity, EntityType, Event, EventDate, Object, Period, Quantity, Status, Unit,
};
use newsgraph::text::Span;

const BASE: &str = "https://w3id.org/newsgraph/data/";
const NOWHERE: Span = Span { start: 0, end: 1 };

/// An entity with the keys that such a name has.
fn entity(kind: EntityType, name: &str) -> Entity {
    let folded = newsgraph::entity::keys::fold(name);
    let alone = kind == EntityType::Person && !folded.contains(' ');
    let key = if alone { format!("surname:{folded}") } else { format!("name:{folded}") };
    let names = vec![name.to_owned()];
    Entity { kind, finer: vec![], names, unnamed: false, keys: vec![key], mentions: vec![NOWHERE] }
}

fn person(name: &str) -> Entity {
    entity(EntityType::Person, name)
}

fn company(name: &str) -> Entity {
    entity(EntityType::Organization, name)
}

fn keyed(kind: EntityType, name: &str, key: &str) -> Entity {
    Entity { keys: vec![key.to_owned()], ..entity(kind, name) }
}

/// An article with entities and relations between them, by their places in the list.
fn article(text: &str, entities: Vec<Entity>, claims: &[(usize, &str, usize)]) -> ArticleRecord {
    let claims = claims.iter().map(|(subject, relation, object)| Claim {
        subject: *subject,
        relation: (*relation).to_owned(),
        object: Object::Entity(*object),
        status: Status::Asserted,
        attributed_to: None,
        held: Period::default(),
        confidence: 90,
        evidence: NOWHERE,
        rule: "test".to_owned(),
    });
    ArticleRecord { claims: claims.collect(), entities, ..common::record(text, None) }
}

fn in_language(mut record: ArticleRecord, language: Language) -> ArticleRecord {
    record.document.language = language;
    record
}

fn fused(records: &[ArticleRecord]) -> Fused {
    fuse(&sorted(records), &GraphOptions::default())
}

/// How many things of that name there are.
fn count(records: &[ArticleRecord], name: &str) -> usize {
    let called = |t: &&newsgraph::fusion::Thing| {
        t.naming.labels.values().any(|l| l == name) || t.naming.others.iter().any(|(_, other)| other == name)
    };
    fused(records).things.iter().filter(called).count()
}

/// Whether the first entities of two articles are one thing, and why.
fn joined(one: ArticleRecord, two: ArticleRecord) -> Option<Reason> {
    let records = [one, two];
    let sorted = sorted(&records);
    let fused = fuse(&sorted, &GraphOptions::default());
    let both = fused.thing(0, 0).slug == fused.thing(1, 0).slug;
    both.then(|| fused.merges().find(|m| m.left.1 == 0 && m.right.1 == 0).expect("a merge has a reason").reason)
}

#[test]
fn one_name_is_one_thing() {
    let one = article("a", vec![person("Danny Fallin")], &[]);
    let two = article("b", vec![person("Danny Fallin")], &[]);
    assert_eq!(joined(one, two), Some(Reason::Name));
}

#[test]
fn two_of_a_common_name_are_two_where_what_is_told_of_them_differs_and_nothing_ties_them() {
    let at = |text: &str, employer: &str, beside: &str| {
        let entities = vec![person("John Smith"), company(employer), person(beside)];
        article(text, entities, &[(0, "worksFor", 1)])
    };
    let (bank, mill) = (at("a", "Halden Bank", "Ann Quell"), at("b", "Orrin Mills", "Bob Venner"));
    assert_eq!(joined(bank.clone(), mill.clone()), None);
    assert_eq!(joined(bank.clone(), at("c", "Halden Bank", "Bob Venner")), Some(Reason::Name), "one employer");
    assert_eq!(joined(bank, at("d", "Orrin Mills", "Ann Quell")), Some(Reason::Name), "both know Ann Quell");
    // Somebody else told of without an employer is the one told of most.
    let silent = article("e", vec![person("John Smith")], &[]);
    assert_eq!(count(&[mill, silent], "John Smith"), 1);
}

#[test]
fn a_rare_name_changes_employers() {
    let at = |text: &str, employer: &str| {
        article(text, vec![person("Wolfhild Quellenbrinck"), company(employer)], &[(0, "worksFor", 1)])
    };
    assert_eq!(joined(at("a", "Halden Bank"), at("b", "Orrin Mills")), Some(Reason::Name));
}

#[test]
fn a_state_a_country_and_a_company_of_one_name_are_three() {
    let records = [
        article("a", vec![keyed(EntityType::Place, "Georgia", "place:Georgia")], &[]),
        article("b", vec![keyed(EntityType::Place, "Georgia", "country:GE")], &[]),
        article("c", vec![company("Georgia")], &[]),
        article("d", vec![person("Georgia Vance"), person("Georgia")], &[]),
    ];
    assert_eq!(count(&records, "Georgia"), 4);
}

#[test]
fn towns_of_one_name_lie_in_two_countries() {
    let town = |text: &str, name: &str, key: &str| {
        let entities = vec![entity(EntityType::Place, "Arvendale"), keyed(EntityType::Place, name, key)];
        article(text, entities, &[(0, "locatedIn", 1)])
    };
    assert_eq!(joined(town("a", "Canada", "country:CA"), town("b", "Ireland", "country:IE")), None);
    assert_eq!(joined(town("a", "Canada", "country:CA"), town("c", "Canada", "country:CA")), Some(Reason::Name));
}

#[test]
fn companies_that_are_called_by_one_short_name_are_two() {
    let called = |names: &[&str]| {
        let all: Vec<String> = names.iter().map(|n| n.to_string()).collect();
        let keys = all.iter().map(|n| format!("name:{}", newsgraph::entity::keys::fold(n))).collect();
        Entity { names: all, keys, ..company(names[0]) }
    };
    let of =
        |text: &str, names: &[&str]| article(text, vec![called(names), person("Ilva Tarn"), company("Oskalon")], &[]);
    let steel = || of("One", &["Brenmoor Steel", "Brenmoor"]);
    assert_eq!(joined(steel(), of("Two", &["Brenmoor Airlines", "Brenmoor"])), None);
    assert_eq!(joined(steel(), of("Two", &["Brenmoor Steel AG", "Brenmoor"])), Some(Reason::Name));
    assert_eq!(joined(steel(), of("Two", &["Brenmoor Steel Europe", "Brenmoor"])), Some(Reason::Name));
    assert_eq!(joined(steel(), of("Two", &["Brenmoor"])), Some(Reason::Name));
}

#[test]
fn well_known_things_of_like_names_stay_apart() {
    let known = |name: &str| keyed(EntityType::GovernmentOrganization, name, &format!("known:{name}"));
    let told = |text: &str, name: &str| article(text, vec![known(name), person("Ilva Tarn"), company("Oskalon")], &[]);
    let assembly = || told("Two", "United Nations General Assembly");
    assert_eq!(joined(told("One", "United Nations"), assembly()), None);
    assert_eq!(joined(told("One", "United Nations General Assembly"), assembly()), Some(Reason::Known));
}

#[test]
fn spellings_are_one_name_where_the_articles_share_something() {
    let told = |text: &str, name: &str, of: &str| article(text, vec![person(name), company(of)], &[]);
    let one = told("a", "Danny Falin", "Office Bakers");
    assert_eq!(joined(one.clone(), told("b", "Danny Fallin", "Office Bakers")), Some(Reason::Spelling));
    assert_eq!(joined(one, told("c", "Danny Fallin", "Orrin Mills")), None);
    let english = told("d", "Vladimir Tchernikov", "Norsk Ferjer");
    let german = in_language(told("e", "Wladimir Tschernikow", "Norsk Ferjer"), Language::De);
    assert_eq!(joined(english, german), Some(Reason::Spelling));
}

#[test]
fn given_names_may_be_shortened() {
    let told = |text: &str, name: &str, of: &str| article(text, vec![person(name), company(of)], &[]);
    let full = told("a", "Martha Ellen Prowse", "Office Bakers");
    assert_eq!(joined(full.clone(), told("b", "Martha Prowse", "Office Bakers")), Some(Reason::Given));
    assert_eq!(joined(full, told("c", "Martha Jane Prowse", "Office Bakers")), None);
    let initial = told("d", "M. Prowse", "Office Bakers");
    assert_eq!(joined(initial, told("e", "Martha Prowse", "Office Bakers")), Some(Reason::Given));
}

#[test]
fn a_surname_alone_is_whom_the_article_tells_of() {
    let told = |text: &str, name: &str, of: &str| article(text, vec![person(name), company(of)], &[]);
    let alone = told("a", "Quarrell", "Office Bakers");
    assert_eq!(joined(alone.clone(), told("b", "Iris Quarrell", "Office Bakers")), Some(Reason::Surname));
    assert_eq!(joined(alone.clone(), told("c", "Iris Quarrell", "Orrin Mills")), None);
    let records = [alone, told("d", "Iris Quarrell", "Orrin Mills"), told("e", "Owen Quarrell", "Office Bakers")];
    let fused = fused(&records);
    let owen = fused.things.iter().find(|t| t.slug == "owen-quarrell").unwrap();
    assert_eq!(owen.members.len(), 2);
}

#[test]
fn acronyms_are_the_names_they_spell() {
    let told = |text: &str, names: &[&str], beside: &str| {
        let mut agency = entity(EntityType::GovernmentOrganization, names[0]);
        agency.names = names.iter().map(|n| (*n).to_owned()).collect();
        agency.keys = names.iter().map(|n| format!("name:{}", newsgraph::entity::keys::fold(n))).collect();
        article(text, vec![agency, company(beside)], &[])
    };
    let long = told("a", &["Bureau of Harbour Safety"], "Norsk Ferjer");
    assert_eq!(joined(long.clone(), told("b", &["BHS"], "Norsk Ferjer")), Some(Reason::Acronym));
    assert_eq!(joined(long, told("c", &["BHS"], "Orrin Mills")), None);
    let harbour = told("d", &["Bureau of Harbour Safety", "BHS"], "Norsk Ferjer");
    let horse = told("e", &["Bristow Horse Society", "BHS"], "Orrin Mills");
    assert_eq!(joined(harbour, horse), None, "one acronym of two names");
}

#[test]
fn a_genitive_is_no_other_name() {
    let german = |text: &str, name: &str| in_language(article(text, vec![company(name)], &[]), Language::De);
    let base = german("a", "Hafenamt Elbtal");
    assert_eq!(joined(base.clone(), german("b", "Hafenamt Elbtals")), Some(Reason::Inflection));
    let english = article("c", vec![company("Hafenamt Elbtals")], &[]);
    assert_eq!(joined(article("d", vec![company("Hafenamt Elbtal")], &[]), english), None);
}

#[test]
fn the_order_of_articles_does_not_show() {
    let names = ["John Smith", "Danny Falin", "Danny Fallin", "Smith", "M. Prowse", "Martha Prowse"];
    let firms = ["Halden Bank", "Orrin Mills", "Office Bakers"];
    let mut records: Vec<ArticleRecord> = (0..60)
        .map(|n| {
            let entities = vec![person(names[n % names.len()]), company(firms[n % firms.len()]), person(names[n / 10])];
            article(&format!("text {n}"), entities, &[(0, "worksFor", 1)])
        })
        .collect();
    let slugs = |f: &Fused| f.things.iter().map(|t| (t.slug.clone(), t.members.clone())).collect::<Vec<_>>();
    let first = slugs(&fused(&records));
    let mut random = common::Random::new(7);
    for _ in 0..5 {
        (1..records.len()).for_each(|i| records.swap(i, random.below(i + 1)));
        assert_eq!(slugs(&fused(&records)), first);
    }
}

fn with_links(records: &[ArticleRecord], links: &str) -> Fused {
    let text = format!("@prefix e: <{BASE}entity/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .\n{links}");
    let options = GraphOptions { links: text.parse().unwrap(), ..GraphOptions::default() };
    fuse(&sorted(records), &options)
}

#[test]
fn a_link_joins_and_parts() {
    let one = article("a", vec![person("Danny Falin"), company("Office Bakers")], &[]);
    let two = article("b", vec![person("Danny Fallin"), company("Office Bakers")], &[]);
    let records = [one, two];
    assert_eq!(with_links(&records, "").things.len(), 2);
    let parted = with_links(&records, "e:danny-falin owl:differentFrom e:danny-fallin .");
    assert_eq!(parted.things.len(), 3);
    let joined = with_links(&records, "e:danny-fallin owl:sameAs e:office-bakers .");
    assert_eq!(joined.things.len(), 1);
    assert!(joined.merges().any(|m| m.reason == Reason::Link));
    let item = "http://www.wikidata.org/entity/Q1";
    let named = with_links(&records, &format!("e:office-bakers owl:sameAs <{item}> ."));
    assert!(named.things.iter().any(|t| t.slug == "office-bakers" && t.same_as.contains(item)));
    let unheard = with_links(&records, "e:nobody owl:sameAs e:office-bakers .").unheard;
    assert_eq!(unheard, [format!("{BASE}entity/nobody")]);
    // The same name in two articles, as each has it.
    let same = [article("c", vec![person("Ann Quell")], &[]), article("d", vec![person("Ann Quell")], &[])];
    let iri = |r: &ArticleRecord| format!("<{BASE}article/{}#ann-quell>", r.id());
    let parted = with_links(&same, &format!("{} owl:differentFrom {} .", iri(&same[0]), iri(&same[1])));
    assert_eq!(parted.things.len(), 2);
}

#[test]
fn a_bad_file_of_links_is_told_with_its_line() {
    let prefix = "@prefix e: <http://example.org/> .\n@prefix owl: <http://www.w3.org/2002/07/owl#> .\n";
    let error = |text: &str| format!("{prefix}{text}").parse::<Links>().unwrap_err();
    assert_eq!(error("e:a owl:sameAs e:b .\ne:a e:knows e:b .\n").line, 4);
    assert_eq!(error("e:a owl:sameAs \"b\" .\n").line, 3);
    assert_eq!(error("\n\ne:a owl:sameAs b .\n").line, 5);
    let both = error("e:a owl:sameAs e:b .\ne:b owl:sameAs e:c .\ne:a owl:differentFrom e:c .\n");
    assert_eq!(both.line, 5);
    assert!(both.reason.contains("different"), "{both}");
    let links: Links = format!("{prefix}e:a owl:sameAs e:b . e:a owl:differentFrom e:c .").parse().unwrap();
    assert_eq!(links.to_string().parse::<Links>().unwrap(), links);
}

#[test]
fn known_things_are_linked_unless_their_names_leave_open_which() {
    let known: KnownThings = "@prefix s: <https://schema.org/> . @prefix e: <http://example.org/> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        e:bakers a s:Organization ; rdfs:label \"Office Bakers\" ; skos:altLabel \"OB Group\" .
        e:ann1 a s:Person ; s:name \"Ann Quell\" ; s:worksFor e:bakers .
        e:ann2 a s:Person ; s:name \"Ann Quell\" .
        e:town a s:City ; s:name \"Halden\" . e:firm a s:Organization ; s:name \"Halden\" ."
        .parse()
        .unwrap();
    assert_eq!(known.len(), 5);
    assert_eq!(known.to_string().parse::<KnownThings>().unwrap(), known);
    let records = [
        article("a", vec![company("Office Bakers"), person("Ann Quell")], &[]),
        article("b", vec![company("OB Group"), company("Halden")], &[]),
        article("c", vec![person("Ann Quell"), entity(EntityType::Place, "Halden")], &[]),
    ];
    let options = GraphOptions { known, ..GraphOptions::default() };
    let fused = fuse(&sorted(&records), &options);
    let of = |slug: &str| {
        let thing = fused.things.iter().find(|t| t.slug == slug).unwrap_or_else(|| panic!("{slug}"));
        thing.same_as.iter().map(|iri| iri.trim_start_matches("http://example.org/")).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(of("ob-group"), "bakers");
    assert_eq!(fused.things.iter().filter(|t| t.same_as.contains("http://example.org/bakers")).count(), 1);
    assert_eq!(of("halden-place"), "town");
    assert_eq!(of("halden-organization"), "firm");
    // By the company beside her; where no company is told of, it stays open.
    assert!(fused.things.iter().any(|t| t.same_as.contains("http://example.org/ann1")));
    assert!(!fused.things.iter().any(|t| t.same_as.contains("http://example.org/ann2")));
    assert_eq!("no turtle".parse::<KnownThings>().unwrap_err().line, 1);
}

#[test]
fn countries_are_known_out_of_the_box() {
    let records = [article("a", vec![keyed(EntityType::Place, "Deutschland", "country:DE")], &[])];
    let things = fused(&records).things;
    assert!(things[0].naming.authorities.contains("http://www.wikidata.org/entity/Q183"), "{:?}", things[0]);
}

fn found(records: &[ArticleRecord]) -> Vec<Conflict> {
    conflicts(&sorted(records), &fused(records))
}

#[test]
fn claims_that_exclude_each_other_are_conflicts() {
    let people = || vec![person("Ann Quell"), person("Bob Venner"), person("Cay Orme")];
    let told = |text: &str, claims: &[(usize, &str, usize)]| article(text, people(), claims);
    let mut denied = told("b", &[(0, "spouse", 1)]);
    denied.claims[0].status = Status::Negated;
    assert_eq!(found(&[told("a", &[(0, "spouse", 1)]), denied]).len(), 1, "asserted and denied");
    assert_eq!(found(&[told("a", &[(0, "spouse", 1)]), told("c", &[(1, "spouse", 2)])]).len(), 1, "two spouses");
    assert_eq!(found(&[told("a", &[(0, "spouse", 1), (1, "spouse", 0)])]).len(), 0, "both ways");
    assert_eq!(found(&[told("a", &[(0, "sibling", 1)]), told("d", &[(0, "child", 1)])]).len(), 1, "sister and child");
    assert_eq!(found(&[told("a", &[(0, "worksFor", 1)]), told("e", &[(0, "worksFor", 2)])]).len(), 0);
    let within = told("f", &[(0, "spouse", 1), (0, "spouse", 2)]);
    assert_eq!(found(&[within]).len(), 1, "in one article");
}

fn event(text: &str, kind: &str, dates: &[&str], amount: Option<&str>) -> ArticleRecord {
    let mut record = article(text, vec![company("Halden Bank"), company("Orrin Mills")], &[]);
    let dates = dates.iter().map(|iso| EventDate { iso: (*iso).to_owned(), evidence: NOWHERE });
    record.events.push(Event {
        kind: kind.to_owned(),
        agents: vec![0],
        targets: vec![1],
        places: vec![],
        dates: dates.collect(),
        amounts: amount.iter().map(|_| 0).collect(),
        evidence: vec![NOWHERE],
        confidence: 90,
        rule: "test".to_owned(),
    });
    record.quantities.extend(amount.map(|value| Quantity {
        of: None,
        value: Some(value.to_owned()),
        min: None,
        max: None,
        unit: Unit::Code("EUR".to_owned()),
        evidence: NOWHERE,
        confidence: 90,
        rule: "test".to_owned(),
    }));
    record
}

#[test]
fn happenings_have_one_day_and_one_amount() {
    let on = |text: &str, dates: &[&str]| event(text, "Acquisition", dates, None);
    assert_eq!(found(&[on("a", &["2024-03-31"]), on("b", &["2024-04-02"])]).len(), 1, "across the end of a month");
    assert_eq!(found(&[on("a", &["2024-03-31"]), on("b", &["2024-03-31"])]).len(), 0);
    assert_eq!(found(&[on("a", &["2024-03-01", "2024-03-31"]), on("b", &["2024-03-31"])]).len(), 0, "one date more");
    assert_eq!(found(&[on("a", &["2024-03-31"]), on("b", &["2025-02-01"])]).len(), 0, "another happening");
    let of = |text: &str, amount: &str| event(text, "Acquisition", &[], Some(amount));
    assert_eq!(found(&[of("a", "1000000"), of("b", "1400000")]).len(), 1);
    assert_eq!(found(&[of("a", "1000000"), of("b", "1040000")]).len(), 0, "rounded");
}

const STORY: &str = "Halden Bank said on Monday that it would buy Orrin Mills for 1,450 million crowns in a deal that \
    its chief called the largest in the history of the trade since 1987. The mills employ 2,310 people in Arvendale and \
    made 385 million crowns last year, some 12 percent more than the year before, the bank said in a statement.";

#[test]
fn copies_and_translations_count_once() {
    let entities = || {
        let town = entity(EntityType::Place, "Arvendale");
        vec![company("Halden Bank"), company("Orrin Mills"), town, person("Ann Quell"), person("Bob Venner")]
    };
    let german = "Die Halden Bank will Orrin Mills für 1.450 Millionen Kronen kaufen, so viel wie seit 1987 nicht mehr. \
        In Arvendale arbeiten 2310 Menschen, der Gewinn lag bei 385 Millionen Kronen, 12 Prozent mehr als zuvor.";
    let other = "Orrin Mills of Arvendale has 14 looms and 77 apprentices, Ann Quell writes from the valley, where Bob \
        Venner sold 19 cloths to Halden Bank and the weavers went on strike for 33 days in the spring of last year.";
    let records = [
        article(STORY, entities(), &[]),
        article(&format!("By our reporter\n{STORY} More soon, Ann Quell added from the valley."), entities(), &[]),
        in_language(article(german, entities(), &[]), Language::De),
        article(other, entities(), &[]),
    ];
    let sorted = sorted(&records);
    let fused = fuse(&sorted, &GraphOptions::default());
    let cards: Vec<Card> = sorted.iter().map(|r| Card::of(r)).collect();
    let cards: Vec<&Card> = cards.iter().collect();
    let origins = origins(&cards, &fused);
    let of = |text: &str| origins[sorted.iter().position(|r| r.document.text.contains(text)).unwrap()];
    assert_eq!(of("By our reporter"), of(STORY), "a copy with words around it");
    assert_eq!(of("Kronen"), of(STORY), "a translation");
    assert_ne!(of("looms"), of(STORY), "another article about the same things");
}
