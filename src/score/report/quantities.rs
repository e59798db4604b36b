//! Quantities: of another owner, of another value, not found at all.

use super::place::Place;
use super::{Article, Counts, RIGHT, Section, counts, trust};
use crate::score::align::Party;
use crate::score::items::Amount;
use crate::score::{Found, gold};

const TRACK: &str = "quantities";

pub(super) fn sections(articles: &[Article]) -> Vec<Section> {
    let (mut missed, mut wrong) = (Counts::default(), Counts::default());
    for article in articles {
        let outcome = &article.judged.quantities;
        let language = &article.case.gold.language;
        let place = Place::new(&article.case.gold, &article.case.record);
        for _ in &outcome.right {
            missed.add(language, RIGHT);
            wrong.add(language, RIGHT);
        }
        for amount in &outcome.missed {
            missed.add(language, cause_of_miss(amount, article, &place));
        }
        for found in &outcome.wrong {
            wrong.add(language, cause_of_excess(found, article, &place));
        }
    }
    let mut sections = vec![counts(TRACK, "missed", missed), counts(TRACK, "wrong", wrong)];
    sections.extend(trust(TRACK, articles, |judged| &judged.quantities, |_| ""));
    sections
}

fn cause_of_miss(amount: &Amount, article: &Article, place: &Place) -> &'static str {
    let wrong = &article.judged.quantities.wrong;
    let any = |like: &dyn Fn(&Found<Amount>) -> bool| wrong.iter().any(like);
    let touches = |found: &Found<Amount>| {
        let gold = article.case.gold.quantities.iter().find(|q| is_annotation(q, amount));
        gold.is_some_and(|q| place.touches(&q.evidence, &found.grounds.spans))
    };
    if !article.judged.parties.has(&amount.owner) {
        "entity missed"
    } else if any(&|f| f.key.bounds == amount.bounds) {
        "wrong owner"
    } else if any(&|f| f.key.owner == amount.owner && share_a_number(&f.key, amount)) {
        "wrong bounds"
    } else if any(&|f| f.key.owner == amount.owner && touches(f)) {
        "wrong number"
    } else {
        "not found"
    }
}

fn cause_of_excess(found: &Found<Amount>, article: &Article, place: &Place) -> &'static str {
    let missed = &article.judged.quantities.missed;
    let amount = &found.key;
    let touched = |other: &&Amount| {
        let gold = article.case.gold.quantities.iter().find(|q| is_annotation(q, other));
        gold.is_some_and(|q| place.touches(&q.evidence, &found.grounds.spans))
    };
    if missed.iter().any(|m| m.bounds == amount.bounds) {
        "wrong owner"
    } else if missed.iter().any(|m| m.owner == amount.owner && share_a_number(m, amount)) {
        "wrong bounds"
    } else if missed.iter().filter(|m| m.owner == amount.owner).any(|m| touched(&m)) {
        "wrong number"
    } else if matches!(amount.owner, Party::Other(_)) {
        "owner not annotated"
    } else {
        "not annotated"
    }
}

fn share_a_number(a: &Amount, b: &Amount) -> bool {
    a.bounds.iter().flatten().any(|n| b.bounds.iter().flatten().any(|m| n == m))
}

fn is_annotation(quantity: &gold::Quantity, amount: &Amount) -> bool {
    Party::Known(quantity.owner.clone()) == amount.owner && quantity.bounds.numbers() == amount.bounds
}
