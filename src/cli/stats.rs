//! `newsgraph stats`: what the graph holds, counted.

use crate::cli::terms::{self, is_a, local_name, plain};
use crate::cli::{CliError, StoreArgs};
use oxigraph::model::{GraphNameRef, NamedNodeRef, NamedOrBlankNodeRef, Quad};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, HashSet};
use std::io::{self, Write, stdout};
use std::process::ExitCode;

const EXAMPLES: &str = "\
Examples:
  newsgraph stats                               a table
  newsgraph stats --format json | jq .facts     for programs";

/// Count what the graph holds: articles, entities, facts, events, quotations, conflicts
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    store: StoreArgs,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Table,
    Json,
}

/// Runs the command.
pub fn run(args: Args) -> Result<ExitCode, CliError> {
    let store = args.store.read()?;
    let quads = store.quads(&store.options()?)?;
    let articles = store.len()?;
    drop(store);
    let stats = Stats::of(articles, &quads);
    let mut out = stdout().lock();
    match args.format {
        Format::Table => stats.write_table(&mut out)?,
        Format::Json => writeln!(out, "{:#}", stats.json())?,
    }
    Ok(ExitCode::SUCCESS)
}

/// A count a name.
type Counts = BTreeMap<String, u64>;

/// The counts, in the order in which they are shown.
#[derive(Debug, Default, PartialEq, Eq)]
struct Stats {
    articles: u64,
    languages: Counts,
    entities: Counts,
    facts: Counts,
    events: Counts,
    claims: u64,
    quotations: u64,
    quantities: u64,
    conflicts: u64,
    quads: u64,
}

/// Base classes of entities. One that is a `GovernmentOrganization` is an `Organization` too,
/// and counts as the former.
const ENTITIES: [&str; 7] =
    ["Person", "Organization", "GovernmentOrganization", "Place", "Product", "CreativeWork", "Event"];

impl Stats {
    fn of(articles: u64, quads: &[Quad]) -> Stats {
        let mut stats = Stats { articles, quads: quads.len() as u64, ..Stats::default() };
        let events = subjects(quads, terms::ACTION);
        let supports = subjects(quads, terms::SUPPORT);
        for quad in quads {
            if quad.graph_name.is_default_graph() {
                stats.count_fused(quad, &events, &supports);
            } else {
                stats.count_article(quad);
            }
        }
        let governments = stats.entities.get("GovernmentOrganization").copied().unwrap_or(0);
        if let Some(count) = stats.entities.get_mut("Organization") {
            *count = count.saturating_sub(governments);
        }
        stats.entities.retain(|_, count| *count > 0);
        stats
    }

    fn count_fused(&mut self, quad: &Quad, events: &Nodes, supports: &Nodes) {
        let subject = quad.subject.as_ref();
        if quad.predicate == terms::PREDICATE && supports.contains(&subject) {
            count(&mut self.facts, local_name(plain(&quad.object)));
        }
        if quad.predicate != terms::TYPE {
            return;
        }
        let class = plain(&quad.object);
        if events.contains(&subject) {
            class.strip_prefix(terms::NG).into_iter().for_each(|c| count(&mut self.events, c));
        } else if let Some(name) = class.strip_prefix(terms::SCHEMA).filter(|c| ENTITIES.contains(c)) {
            count(&mut self.entities, name);
        }
        self.conflicts += u64::from(is_a(quad, terms::CONFLICT));
        self.quotations += u64::from(is_a(quad, terms::QUOTATION));
        self.quantities += u64::from(is_a(quad, terms::QUANTITY));
    }

    fn count_article(&mut self, quad: &Quad) {
        if quad.predicate == terms::IN_LANGUAGE {
            count(&mut self.languages, plain(&quad.object));
        }
        self.claims += u64::from(is_a(quad, terms::CLAIM));
    }

    fn json(&self) -> Value {
        let part = |counts: &Counts| -> Value {
            counts.iter().map(|(name, count)| (name.clone(), json!(count))).collect::<Map<_, _>>().into()
        };
        json!({
            "articles": self.articles,
            "languages": part(&self.languages),
            "entities": part(&self.entities),
            "facts": part(&self.facts),
            "events": part(&self.events),
            "claims": self.claims,
            "quotations": self.quotations,
            "quantities": self.quantities,
            "conflicts": self.conflicts,
            "quads": self.quads,
        })
    }

    fn write_table(&self, out: &mut impl Write) -> io::Result<()> {
        write_section(out, "articles", self.articles, &self.languages)?;
        for (name, counts) in [("entities", &self.entities), ("facts", &self.facts), ("events", &self.events)] {
            write_section(out, name, counts.values().sum(), counts)?;
        }
        for (name, count) in [
            ("claims", self.claims),
            ("quotations", self.quotations),
            ("quantities", self.quantities),
            ("conflicts", self.conflicts),
            ("quads", self.quads),
        ] {
            write_section(out, name, count, &Counts::new())?;
        }
        Ok(())
    }
}

type Nodes<'a> = HashSet<NamedOrBlankNodeRef<'a>>;

/// The subjects that are of the class in the default graph.
fn subjects<'a>(quads: &'a [Quad], class: NamedNodeRef) -> Nodes<'a> {
    let fused = quads.iter().filter(|q| q.graph_name.as_ref() == GraphNameRef::DefaultGraph);
    fused.filter(|q| is_a(q, class)).map(|q| q.subject.as_ref()).collect()
}

fn count(counts: &mut Counts, name: &str) {
    *counts.entry(name.to_owned()).or_default() += 1;
}

/// A total, and its parts from the greatest to the least.
fn write_section(out: &mut impl Write, name: &str, total: u64, parts: &Counts) -> io::Result<()> {
    writeln!(out, "{name:<28}{total:>10}")?;
    let mut parts: Vec<_> = parts.iter().collect();
    parts.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    parts.iter().try_for_each(|(part, count)| writeln!(out, "  {part:<26}{count:>10}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::sample;

    #[test]
    fn counts_what_the_sample_holds() {
        let stats = Stats::of(5, &sample::quads()).json();
        assert_eq!(stats["languages"], json!({"de": 1, "en": 2, "fr": 1, "id": 1}));
        let entities = json!({"GovernmentOrganization": 1, "Organization": 6, "Person": 4, "Place": 4, "Product": 1});
        assert_eq!(stats["entities"], entities);
        assert_eq!(stats["facts"]["bans"], 1);
        assert_eq!(stats["facts"]["partnerOf"], 2);
        assert_eq!(stats["events"]["Ban"], 1);
        assert_eq!((&stats["quotations"], &stats["quantities"]), (&json!(3), &json!(4)));
        assert_eq!(stats["conflicts"], 2);
    }

    #[test]
    fn a_table_has_a_line_a_count() {
        let mut out = Vec::new();
        Stats::of(5, &sample::quads()).write_table(&mut out).unwrap();
        let table = String::from_utf8(out).unwrap();
        assert!(table.starts_with("articles                             5\n  en                                 2\n"));
        assert!(table.lines().all(|line| line.chars().count() == 38), "{table}");
    }
}
