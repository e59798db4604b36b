//! The sentences that the relation files carry: what each rule must find and what it must leave.
//!
//! `RULES=en/acquired cargo test --release --test rules -- --nocapture` lists the failures of one
//! file; `RULES=en` those of a language, `RULES=all` every one.

use newsgraph::analysis::Analysis;
use newsgraph::article::Document;
use newsgraph::claim::{self, Found};
use newsgraph::entity::Resolved;
use newsgraph::language::{Known, Language, LanguageData};
use newsgraph::mention::{Name, Votes, date, name, number, quote, tags};
use newsgraph::ontology::Ontology;
use newsgraph::pipeline::extract;
use newsgraph::record::{ArticleRecord, EntityType, Object, Status};
use newsgraph::text::Span;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use toml::{Table, Value};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// A sentence of a `finds` list without its brackets, and the words that they held with their role.
struct Sentence {
    text: String,
    words: Vec<(String, Span)>,
}

impl Sentence {
    fn parse(marked: &str) -> Self {
        let mut text = String::new();
        let mut words = Vec::new();
        let mut rest = marked;
        while let Some(open) = rest.find('[') {
            let close = rest[open..].find(']').map(|c| c + open);
            let Some((words_in, role)) = close.and_then(|c| rest[open + 1..c].rsplit_once('|')) else { break };
            text += &rest[..open];
            words.push((role.to_owned(), Span::new(text.len(), text.len() + words_in.len())));
            text += words_in;
            rest = &rest[close.unwrap() + 1..];
        }
        Self { text: text + rest, words }
    }
}

fn document(text: &str, language: Language) -> Document {
    Document {
        text: text.to_owned(),
        sha256: "0".repeat(64),
        language,
        headline: String::new(),
        headline_span: None,
        published: None,
        publisher: None,
        author: None,
        url: None,
        furniture: Vec::new(),
    }
}

fn read(text: &str, language: Language) -> ArticleRecord {
    extract(document(text, language))
}

/// The types that a relation or an event takes on a side, the likeliest first.
fn types(kind: &Kind, role: &str, organized: bool) -> Vec<EntityType> {
    use EntityType::{GovernmentOrganization, Organization, Person, Place, Product};
    let order = if organized {
        [Organization, Person, Place, Product, GovernmentOrganization]
    } else {
        [Person, Organization, Place, Product, GovernmentOrganization]
    };
    let Some(relation) = &kind.relation else { return order.to_vec() };
    let ontology = Ontology::get();
    let allowed = |t: &EntityType| {
        order.iter().any(|o| {
            if matches!(role, "subject" | "agent") {
                ontology.allows(relation, *t, *o)
            } else {
                ontology.allows(relation, *o, *t)
            }
        })
    };
    order.into_iter().filter(allowed).collect()
}

/// Reads a sentence whose names are given: shows what the rules alone find.
fn read_named(sentence: &Sentence, kind: &Kind, language: Language) -> ArticleRecord {
    let document = document(&sentence.text, language);
    let mut analysis = Analysis::new(&document, LanguageData::of(language));
    let mut names = name::find(&analysis);
    for (role, span) in &sentence.words {
        let inside: Vec<usize> =
            (0..analysis.tokens.len()).filter(|i| span.contains(analysis.tokens[*i].span)).collect();
        let name = |i: &&usize| {
            analysis.tokens[**i].is_capitalized()
                && analysis.at(**i, |e| matches!(e, newsgraph::language::Entry::Article)).is_none()
        };
        let Some(first) = inside.iter().find(name) else { continue };
        let tokens = *first..inside[inside.len() - 1] + 1;
        let described = !sentence.text[span.start..span.end].chars().any(char::is_uppercase);
        let old = names.iter().find(|n| n.tokens == tokens && n.known.is_some());
        if described || old.is_some() {
            continue;
        }
        let words = span.of(&sentence.text);
        let given = LanguageData::of(language).gazetteer.is_given(words.split(' ').next().unwrap(), true);
        let own = names.iter().find(|n| n.tokens == tokens).map(|n| n.votes.winner());
        let allowed = types(kind, role, !given);
        let Some(own) = own.filter(|t| allowed.contains(t)).or_else(|| allowed.first().copied()) else { continue };
        names.retain(|n| n.tokens.end <= tokens.start || n.tokens.start >= tokens.end);
        let known = Known { kind: own, finer: None, key: format!("known:{words}"), adjective: false, doubtful: false };
        let mut votes = Votes::default();
        votes.add(own, 10.0);
        names.push(Name { span: analysis.span(tokens.clone()), tokens, votes, known: Some(known), institution: false });
    }
    names.sort_by_key(|n| (n.tokens.start, std::cmp::Reverse(n.tokens.end)));
    analysis.understand(&tags::of(&analysis, &names));
    let dates = date::find(&analysis);
    let numbers = number::find(&analysis, &dates);
    let found = Found { quotes: quote::find(&analysis), dates, numbers };
    let mut resolved = Resolved::new(&analysis, &names);
    let said = claim::find(&mut resolved, &found);
    let entities = resolved.entities;
    ArticleRecord {
        entities,
        claims: said.claims,
        events: said.events,
        quantities: said.quantities,
        quotations: said.quotations,
        document: document.clone(),
    }
}

/// What a file is about.
struct Kind {
    relation: Option<String>,
    event: Option<String>,
}

fn overlaps(a: Span, b: Span) -> bool {
    a.start < b.end && b.start < a.end
}

fn is_at(record: &ArticleRecord, entity: usize, span: Span) -> bool {
    record.entities[entity].mentions.iter().any(|m| overlaps(*m, span))
}

fn holds(record: &ArticleRecord, kind: &Kind, sentence: &Sentence) -> bool {
    let side = |role: &str| matches!(role, "subject" | "agent");
    if let Some(relation) = &kind.relation
        && sentence.words.len() > 1
    {
        let (subjects, objects): (Vec<_>, Vec<_>) = sentence.words.iter().partition(|(role, _)| side(role));
        let found = |s: Span, o: Span| {
            record.claims.iter().filter(|c| c.relation == *relation).any(|c| match &c.object {
                Object::Entity(object) => {
                    let forward = is_at(record, c.subject, s) && is_at(record, *object, o);
                    let symmetric =
                        matches!(relation.as_str(), "partnerOf" | "competitorOf" | "alliedWith" | "spouse" | "sibling");
                    let merger = relation == "acquired";
                    forward || (symmetric || merger) && is_at(record, c.subject, o) && is_at(record, *object, s)
                }
                Object::Text(_) => is_at(record, c.subject, s),
            })
        };
        if subjects.is_empty() || objects.is_empty() {
            let all: Vec<_> = sentence.words.iter().collect();
            return found(all[0].1, all[1].1);
        }
        let zipped =
            subjects.len() == objects.len() && subjects.iter().zip(&objects).all(|((_, s), (_, o))| found(*s, *o));
        return zipped || subjects.iter().all(|(_, s)| objects.iter().all(|(_, o)| found(*s, *o)));
    }
    let Some(event) = &kind.event else { return false };
    let at = |e: &newsgraph::record::Event, role: &str, span: Span| {
        let list = if side(role) { &e.agents } else { &e.targets };
        list.iter().any(|x| is_at(record, *x, span))
    };
    // Both parties of a meeting are agents.
    let either =
        |e: &newsgraph::record::Event, span: Span| e.agents.iter().chain(&e.targets).any(|x| is_at(record, *x, span));
    let events = || record.events.iter().filter(|e| e.kind == *event);
    let roles: std::collections::BTreeSet<_> = sentence.words.iter().map(|w| side(&w.0)).collect();
    if sentence.words.len() > 1
        && (roles.len() == 1 || sentence.text.contains(". "))
        && sentence.words.iter().all(|(role, span)| events().any(|e| at(e, role, *span)))
    {
        return true;
    }
    events().any(|e| {
        sentence
            .words
            .iter()
            .all(|(role, span)| at(e, role, *span) || (matches!(event.as_str(), "Meeting") && either(e, *span)))
    })
}

fn found_any(record: &ArticleRecord, kind: &Kind) -> bool {
    let claims =
        record.claims.iter().any(|c| Some(&c.relation) == kind.relation.as_ref() && c.status != Status::Negated);
    claims || record.events.iter().any(|e| Some(&e.kind) == kind.event.as_ref())
}

/// What was found, in a line.
fn describe(record: &ArticleRecord, kind: &Kind) -> String {
    let name = |e: usize| record.entities[e].names[0].clone();
    let claims = record.claims.iter().filter(|c| c.relation != "jobTitle").map(|c| {
        let object = match &c.object {
            Object::Entity(o) => name(*o),
            Object::Text(t) => t.clone(),
        };
        format!(
            "{} -{}-> {} ({:?}, {})",
            name(c.subject),
            c.relation,
            object,
            c.status,
            c.rule.trim_start_matches("languages/")
        )
    });
    let names = |list: &[usize]| list.iter().map(|e| name(*e)).collect::<Vec<_>>().join(" + ");
    let events = record.events.iter().filter(|e| kind.event.as_ref() == Some(&e.kind)).map(|e| {
        format!(
            "{}({} > {}) ({})",
            e.kind,
            names(&e.agents),
            names(&e.targets),
            e.rule.trim_start_matches("languages/")
        )
    });
    let entities =
        record.entities.iter().map(|e| format!("{}:{:?}", e.names[0], e.kind)).collect::<Vec<_>>().join(", ");
    let said = claims.chain(events).collect::<Vec<_>>().join("; ");
    format!("{} | {entities}", if said.is_empty() { "nothing".to_owned() } else { said })
}

#[derive(Default, Clone, Copy)]
struct Rate {
    passed: usize,
    all: usize,
}

impl Rate {
    fn add(&mut self, passed: bool) {
        self.passed += usize::from(passed);
        self.all += 1;
    }

    fn percent(self) -> f64 {
        100.0 * self.passed as f64 / self.all.max(1) as f64
    }
}

fn strings(value: Option<&Value>) -> Vec<String> {
    value.and_then(Value::as_array).into_iter().flatten().filter_map(|v| v.as_str().map(str::to_owned)).collect()
}

fn files(language: Language) -> Vec<PathBuf> {
    let folder = Path::new(ROOT).join("languages").join(language.code()).join("relations");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|f| f.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "toml"))
        .collect();
    files.sort();
    files
}

#[test]
fn rules_find_what_their_files_say() {
    let wanted = std::env::var("RULES").unwrap_or_default();
    let floors: Table = fs::read_to_string(Path::new(ROOT).join("tests/floors.toml")).unwrap().parse().unwrap();
    let mut low = Vec::new();
    for language in Language::ALL {
        let code = language.code();
        let (mut finds, mut ignores) = (Rate::default(), Rate::default());
        let mut blind = Rate::default();
        let mut tables: BTreeMap<&str, Rate> = BTreeMap::new();
        for path in files(language) {
            let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
            let file: Table = fs::read_to_string(&path).unwrap().parse().unwrap();
            let text = |key: &str| file.get(key).and_then(Value::as_str).map(str::to_owned);
            let kind = Kind { relation: text("relation"), event: text("event") };
            let list = wanted == "all"
                || wanted == code
                || wanted == format!("{code}/{stem}")
                || wanted == format!("*/{stem}");
            let (mut own, mut left) = (Rate::default(), Rate::default());
            for table in ["role", "verb", "noun", "pattern"] {
                for (number, rule) in file.get(table).and_then(Value::as_array).into_iter().flatten().enumerate() {
                    for marked in strings(rule.get("finds")) {
                        let sentence = Sentence::parse(&marked);
                        blind.add(holds(&read(&sentence.text, language), &kind, &sentence));
                        let record = read_named(&sentence, &kind, language);
                        let passed = holds(&record, &kind, &sentence);
                        own.add(passed);
                        finds.add(passed);
                        tables.entry(table).or_default().add(passed);
                        if !passed && list {
                            println!(
                                "  - {code}/{stem} {table} {}: {marked}\n      {}",
                                number + 1,
                                describe(&record, &kind)
                            );
                        }
                    }
                    for sentence in strings(rule.get("ignores")) {
                        let record = read(&sentence, language);
                        let passed = !found_any(&record, &kind);
                        left.add(passed);
                        ignores.add(passed);
                        if !passed && list {
                            println!(
                                "  + {code}/{stem} {table} {}: {sentence}\n      {}",
                                number + 1,
                                describe(&record, &kind)
                            );
                        }
                    }
                }
            }
            if list || wanted == "files" {
                println!("{code}/{stem}: finds {}/{}, ignores {}/{}", own.passed, own.all, left.passed, left.all);
            }
        }
        let kinds: Vec<String> = tables.iter().map(|(k, r)| format!("{k} {:.0}", r.percent())).collect();
        println!(
            "{code}: finds {}/{} {:.1} % (names not given {:.1} %), ignores {}/{} {:.1} % ({})",
            finds.passed,
            finds.all,
            finds.percent(),
            blind.percent(),
            ignores.passed,
            ignores.all,
            ignores.percent(),
            kinds.join(", ")
        );
        for (what, rate) in [("finds", finds), ("unaided", blind), ("ignores", ignores)] {
            let floor = &floors[code][what];
            let floor = floor.as_float().or_else(|| floor.as_integer().map(|i| i as f64)).unwrap();
            if rate.percent() < floor {
                low.push(format!("{code} {what}: {:.1} % is below {floor} %", rate.percent()));
            }
        }
    }
    assert!(low.is_empty(), "{low:#?}");
}
