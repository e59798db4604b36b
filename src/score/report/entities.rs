//! Entities: missed, of another type, and what is none.

use super::{Article, Counts, RIGHT, Section, counts};
use crate::score::align::Party;
use crate::score::gold::Entity;
use crate::score::items::type_name;
use crate::score::view::Names;
use std::collections::{BTreeMap, BTreeSet};

const TRACK: &str = "entities";

pub(super) fn sections(articles: &[Article]) -> Vec<Section> {
    let (mut missed, mut wrong, mut types) = (Counts::default(), Counts::default(), Counts::default());
    for article in articles {
        count_missed(article, &mut missed);
        count_wrong(article, &mut wrong);
        count_types(article, &mut types);
    }
    vec![counts(TRACK, "missed", missed), counts(TRACK, "types", types), counts(TRACK, "wrong", wrong)]
}

fn count_missed(article: &Article, missed: &mut Counts) {
    let found = article.judged.parties.found();
    for entity in &article.case.gold.entities {
        let cause = match found.contains(entity.id.as_str()) {
            true => RIGHT,
            false => cause_of_miss(entity, &article.judged.things),
        };
        missed.add(format!("{:?}", entity.kind), cause);
    }
}

fn cause_of_miss(entity: &Entity, things: &Names) -> &'static str {
    let names = entity.compared_names();
    if things.values().any(|own| !own.is_disjoint(&names)) {
        "one with another"
    } else if things.values().any(|own| overlap(own, &names)) {
        "cut otherwise"
    } else {
        "not found"
    }
}

/// Whether a name of one is part of a name of the other.
fn overlap(a: &BTreeSet<String>, b: &BTreeSet<String>) -> bool {
    let part = |x: &str, y: &str| !x.is_empty() && format!(" {y} ").contains(&format!(" {x} "));
    a.iter().any(|x| b.iter().any(|y| part(x, y) || part(y, x)))
}

fn count_wrong(article: &Article, wrong: &mut Counts) {
    let annotated: Vec<_> = article.case.gold.entities.iter().map(Entity::compared_names).collect();
    for (found, right) in article.judged.typed.judged() {
        let cause = match &found.key.party {
            Party::Known(_) if right => RIGHT,
            Party::Known(_) => "wrong type",
            Party::Other(iri) => cause_of_excess(&article.judged.things[iri], &annotated),
        };
        wrong.add(type_name(found.key.kind), cause);
    }
}

fn cause_of_excess(names: &BTreeSet<String>, annotated: &[BTreeSet<String>]) -> &'static str {
    if annotated.iter().any(|own| !own.is_disjoint(names)) {
        "second of one"
    } else if annotated.iter().any(|own| overlap(own, names)) {
        "cut otherwise"
    } else {
        "not annotated"
    }
}

/// The annotated type of what was found, and the type that the graph has.
fn count_types(article: &Article, types: &mut Counts) {
    let annotated: BTreeMap<_, _> = article.case.gold.entities.iter().map(|e| (&e.id, e.kind)).collect();
    for (found, right) in article.judged.typed.judged() {
        let Party::Known(id) = &found.key.party else { continue };
        let column = if right { RIGHT.to_owned() } else { format!("as {}", type_name(found.key.kind)) };
        types.add(format!("{:?}", annotated[id]), column);
    }
}
