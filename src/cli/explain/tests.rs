//! Tests of `newsgraph explain` on the sample graph.

use super::*;
use crate::cli::sample;
use crate::store::StoreError;
use clap::Parser;

#[derive(Parser)]
struct Line {
    #[command(flatten)]
    args: Args,
}

/// What `newsgraph explain ARGS` prints about the sample, and its error.
fn explained(args: &[&str]) -> (String, Option<String>) {
    let line = Line::parse_from(["explain"].iter().chain(args));
    let documents = |id: &str| -> Result<_, StoreError> { Ok(sample::document(id)) };
    let mut out = Vec::new();
    let result = explain(&mut out, &Graph::new(sample::quads()), &documents, &|_, _| Ok(()), &line.args);
    (String::from_utf8(out).unwrap(), result.err().map(|e| e.to_string()))
}

fn text(args: &[&str]) -> String {
    let (text, error) = explained(args);
    assert_eq!(error, None);
    text
}

const ENTITY: &str = "https://w3id.org/newsgraph/data/entity/";

#[test]
fn an_entity_by_name_case_and_iri_alike() {
    let by_name = text(&["Harbour IT"]);
    assert!(
        by_name.starts_with("Harbour IT\n  https://w3id.org/newsgraph/data/entity/harbour-it\n  types: Organization\n")
    );
    assert_eq!(by_name, text(&["harbour it"]));
    assert_eq!(by_name, text(&["Harbour", "IT"]));
    assert_eq!(by_name, text(&[&format!("<{ENTITY}harbour-it>")]));
    assert!(by_name.contains("Harbour IT — owner — Tom Ashby\n  asserted, confidence 0.95"));
}

#[test]
fn another_name_does_too() {
    let text = text(&["Velora"]);
    assert!(text.starts_with("Velora Security\n"));
    assert!(text.contains("  other names: Velora\n"));
}

#[test]
fn a_fact_with_sentence_article_and_rule() {
    let text = text(&["--fact", "Paul Stein", "jobTitle", "sprecher"]);
    let expected = "
Paul Stein — jobTitle — Sprecher
  asserted, confidence 0.9, https://w3id.org/newsgraph/data/claim/1c63307e344ae1fe
  > [[Paul Stein ist Sprecher]] von Velora Security.
  article 392301ca98943a3c Velora entlässt 50 Mitarbeiter
  rule newsgraph 0.1.0, languages/de/relations/jobTitle.toml title 1
";
    assert_eq!(text, expected);
}

#[test]
fn a_fact_of_three_iris() {
    let fact = format!("<{ENTITY}paul-stein> <https://schema.org/worksFor> <{ENTITY}velora-security>");
    let by_iri = text(&[&fact]);
    assert_eq!(by_iri, text(&["--fact", "Paul Stein", "worksFor", "Velora Security"]));
    assert_eq!(by_iri.matches("\n  rule ").count(), 1);
}

#[test]
fn a_claim_by_iri() {
    let text = text(&["https://w3id.org/newsgraph/data/claim/1c63307e344ae1fe"]);
    assert_eq!(text.matches("Paul Stein — jobTitle — Sprecher").count(), 1);
}

#[test]
fn events_quantities_and_quotations_are_shown() {
    let text = text(&["Sari Dewi"]);
    assert!(text.contains("Quotation: addressee Kabar Pelabuhan; creator Sari Dewi; text Kami"), "{text}");
    let text = self::text(&["Brisecode"]);
    assert!(text.contains("Acquisition: agent Velora Security; amount 12000000.0 EUR;"), "{text}");
}

#[test]
fn what_is_unknown_is_said_with_a_hint() {
    let (out, error) = explained(&["Stein"]);
    assert_eq!(out, "");
    assert_eq!(error.unwrap(), "nothing of that name: Stein: did you mean Paul Stein?");
    let (_, error) = explained(&["--fact", "Paul Stein", "owner", "Velora"]);
    assert!(error.unwrap().starts_with("no claim says so: Paul Stein owner Velora"));
}

#[test]
fn an_ambiguous_name_lists_the_candidates() {
    let mut quads = sample::quads();
    let other = quads.iter().find(|q| q.predicate == crate::cli::terms::LABEL).unwrap().clone();
    quads.push(oxigraph::model::Quad {
        object: oxigraph::model::Literal::new_simple_literal("Paul Stein").into(),
        ..other
    });
    let line = Line::parse_from(["explain", "Paul Stein"]);
    let mut out = Vec::new();
    let error = explain(&mut out, &Graph::new(quads), &|_| Ok(None), &|_, _| Ok(()), &line.args).unwrap_err();
    assert!(error.to_string().starts_with("ambiguous name: Paul Stein"));
    assert_eq!(String::from_utf8(out).unwrap().lines().count(), 2);
}
