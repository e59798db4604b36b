//! Relations: why one was missed, what was said in its place, which are wrong.

use super::place::Place;
use super::{Article, Counts, RIGHT, Section, counts, trust};
use crate::score::align::{Parties, Party};
use crate::score::gold;
use crate::score::items::{Fact, Object};
use crate::score::text;

const TRACK: &str = "relations";

/// The most frequent cause, which is told apart by place.
const NOTHING: &str = "nothing said";

pub(super) fn sections(articles: &[Article]) -> Vec<Section> {
    let (mut missed, mut instead, mut sentences, mut wrong) =
        (Counts::default(), Counts::default(), Counts::default(), Counts::default());
    for article in articles {
        let said = Said::of(article);
        for fact in &article.judged.relations.missed {
            let (cause, place) = (said.cause_of_miss(fact), sentence(article, &said.place, fact));
            let shown = if cause == NOTHING { format!("{NOTHING}, {place}") } else { cause.to_owned() };
            missed.add(&fact.relation, shown);
            sentences.add(cause, place);
            for other in said.instead(fact) {
                instead.add(&fact.relation, format!("as {other}"));
            }
        }
        for (found, right) in article.judged.relations.judged() {
            let cause = if right { RIGHT } else { said.cause_of_excess(&found.key) };
            wrong.add(&found.key.relation, cause);
            if right {
                missed.add(&found.key.relation, RIGHT);
            }
        }
    }
    let mut sections = vec![
        counts(TRACK, "missed", missed),
        counts(TRACK, "missed, by place", sentences),
        counts(TRACK, "missed, said as another", instead),
        counts(TRACK, "wrong", wrong),
    ];
    sections.extend(trust(TRACK, articles, |judged| &judged.relations, |fact| &fact.relation));
    sections
}

/// The relations of an article, annotated and in the graph.
struct Said<'a> {
    parties: &'a Parties,
    gold: Vec<&'a Fact>,
    graph: Vec<&'a Fact>,
    place: Place<'a>,
}

impl<'a> Said<'a> {
    fn of(article: &Article<'a>) -> Self {
        let outcome = &article.judged.relations;
        let right = || outcome.right.iter().map(|found| &found.key);
        Said {
            parties: &article.judged.parties,
            gold: right().chain(&outcome.missed).collect(),
            graph: right().chain(outcome.wrong.iter().map(|f| &f.key)).chain(&article.judged.lesser).collect(),
            place: Place::new(&article.case.gold, &article.case.record),
        }
    }

    fn cause_of_miss(&self, fact: &Fact) -> &'static str {
        let has = |party: &Party| self.parties.has(party);
        let object = match &fact.object {
            Object::Party(party) => has(party),
            Object::Words(_) => true,
        };
        match (has(&fact.subject), object) {
            (false, false) => "both entities missed",
            (false, true) => "subject missed",
            (true, false) => "object missed",
            (true, true) => likeness(fact, &self.graph).unwrap_or(NOTHING),
        }
    }

    fn cause_of_excess(&self, fact: &Fact) -> &'static str {
        let known = |party: &Party| matches!(party, Party::Known(_));
        let object = match &fact.object {
            Object::Party(party) => known(party),
            Object::Words(_) => true,
        };
        match (known(&fact.subject), object) {
            (false, false) => "both not annotated",
            (false, true) => "subject not annotated",
            (true, false) => "object not annotated",
            (true, true) => likeness(fact, &self.gold).unwrap_or("nothing annotated"),
        }
    }

    /// The relations that the graph has between the same two.
    fn instead(&self, fact: &Fact) -> Vec<&'a str> {
        let others = self.graph.iter().filter(|other| other.relation != fact.relation && is_pair(fact, other));
        others.map(|other| other.relation.as_str()).collect()
    }
}

/// How the nearest of some relations differs; none if none has the same participants.
fn likeness(fact: &Fact, others: &[&Fact]) -> Option<&'static str> {
    let any = |like: &dyn Fn(&Fact) -> bool| others.iter().any(|other| like(other));
    let same = |other: &Fact| other.relation == fact.relation;
    if any(&|o| same(o) && o.subject == fact.subject && o.object == fact.object) {
        Some("wrong status")
    } else if any(&|o| same(o) && is_pair(fact, o)) {
        Some("wrong direction")
    } else if any(&|o| is_pair(fact, o)) {
        Some("another relation")
    } else if any(&|o| same(o) && o.subject == fact.subject && matches!(o.object, Object::Words(_))) {
        Some("other words")
    } else {
        None
    }
}

/// Whether two relations join the same two, either way round.
fn is_pair(a: &Fact, b: &Fact) -> bool {
    let (Object::Party(to), Object::Party(other)) = (&a.object, &b.object) else { return false };
    (&a.subject, to) == (&b.subject, other) || (&a.subject, to) == (other, &b.subject)
}

/// Whether one sentence names both.
fn sentence(article: &Article, place: &Place, fact: &Fact) -> &'static str {
    let parties = &article.judged.parties;
    let Some(gold) = article.case.gold.relations.iter().find(|r| is_annotation(r, fact, parties)) else {
        return "(no evidence)";
    };
    let (named, words) = match &fact.object {
        Object::Party(object) => (vec![&fact.subject, object], None),
        Object::Words(_) => (vec![&fact.subject], Some(gold.object.as_str())),
    };
    match place.in_one_sentence(&gold.evidence, &named, words) {
        Some(true) => "in one sentence",
        Some(false) => "not in one",
        None => "(no evidence)",
    }
}

/// Whether an annotation is the one that a fact was made of.
fn is_annotation(relation: &gold::Relation, fact: &Fact, parties: &Parties) -> bool {
    let subject = parties.known(&relation.subject);
    let same = match &fact.object {
        Object::Words(words) => subject == fact.subject && text::name(&relation.object) == *words,
        Object::Party(other) => {
            let object = parties.known(&relation.object);
            (&subject, &object) == (&fact.subject, other) || (&subject, &object) == (other, &fact.subject)
        }
    };
    relation.relation == fact.relation && same
}
