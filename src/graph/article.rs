//! The named graph of one article: what it says, word for word provable.

use super::iri::Iris;
use super::vocabulary::*;
use crate::fusion::Fused;
use crate::ontology::Ontology;
use crate::pipeline::GraphOptions;
use crate::record::{ArticleRecord, Claim, Event, Object, Quantity, Quotation, Status, Unit};
use crate::text::{CodePoints, Span};
use oxigraph::model::{GraphName, NamedNode, Quad, Term};

/// Writes one article's graph.
pub(super) struct Writer<'a> {
    index: usize,
    record: &'a ArticleRecord,
    things: &'a Fused,
    iris: &'a Iris,
    points: CodePoints,
    article: NamedNode,
    graph: GraphName,
    quads: Vec<Quad>,
}

/// The quads of the named graph of an article.
pub(super) fn quads(
    index: usize,
    record: &ArticleRecord,
    things: &Fused,
    iris: &Iris,
    options: &GraphOptions,
) -> Vec<Quad> {
    let points = CodePoints::new(&record.document.text);
    let article = name(iris, record);
    let graph = article.clone().into();
    let mut writer = Writer { index, record, things, iris, points, article, graph, quads: Vec::new() };
    writer.document(options);
    writer.mentions();
    record.claims.iter().for_each(|c| writer.claim(c));
    record.quantities.iter().for_each(|q| writer.quantity_with_evidence(q));
    record.quotations.iter().for_each(|q| writer.quotation_with_evidence(q));
    record.events.iter().for_each(|e| writer.event_with_evidence(e));
    writer.quads
}

/// What an article adds to the default graph beside facts: its events, quantities and quotations with their own
/// properties, without the evidence layer. Reads nothing of the text.
pub(super) fn told(index: usize, record: &ArticleRecord, things: &Fused, iris: &Iris) -> Vec<Quad> {
    let points = CodePoints::new("");
    let (article, graph) = (name(iris, record), GraphName::DefaultGraph);
    let mut writer = Writer { index, record, things, iris, points, article, graph, quads: Vec::new() };
    record.quantities.iter().for_each(|q| drop(writer.quantity(q)));
    record.quotations.iter().for_each(|q| drop(writer.quotation(q)));
    record.events.iter().for_each(|e| drop(writer.event(e)));
    writer.quads
}

/// The happenings of an article that others may tell too.
pub(super) fn shared_events(record: &ArticleRecord) -> impl Iterator<Item = &Event> {
    record.events.iter().filter(|e| is_shared(e))
}

/// Whether a happening is known well enough, by who and whom, that other articles' may be the same.
fn is_shared(event: &Event) -> bool {
    !event.agents.is_empty() && !event.targets.is_empty()
}

/// The IRI of an article, which is that of its graph too.
pub(super) fn name(iris: &Iris, record: &ArticleRecord) -> NamedNode {
    iris.named("article", record.id())
}

/// IRI of a claim: from the article, the fact, its status and its evidence.
pub(super) fn claim_iri(
    iris: &Iris,
    record: &ArticleRecord,
    things: &Fused,
    article: usize,
    claim: &Claim,
) -> NamedNode {
    let object = match &claim.object {
        Object::Entity(o) => things.thing(article, *o).slug.clone(),
        Object::Text(t) => format!("\"{t}"),
    };
    let subject = &things.thing(article, claim.subject).slug;
    let at = format!("{}-{} {:?}", claim.evidence.start, claim.evidence.end, claim.status);
    iris.hashed("claim", &[record.id(), subject, &claim.relation, &object, &at])
}

/// IRI of a happening: its kind, participants and dates, so that articles that tell the same share it.
pub(super) fn event_iri(
    iris: &Iris,
    record: &ArticleRecord,
    things: &Fused,
    article: usize,
    event: &Event,
) -> NamedNode {
    let slugs = |list: &[usize]| {
        let mut slugs: Vec<&str> = list.iter().map(|e| things.thing(article, *e).slug.as_str()).collect();
        slugs.sort_unstable();
        slugs.join(" ")
    };
    let mut dates: Vec<&str> = event.dates.iter().map(|d| d.iso.as_str()).collect();
    dates.sort_unstable();
    let own = if is_shared(event) { "" } else { record.id() };
    let place = slugs(&event.places);
    let evidence = if own.is_empty() { String::new() } else { format!("{:?}", event.evidence.first()) };
    iris.hashed(
        "event",
        &[&event.kind, &slugs(&event.agents), &slugs(&event.targets), &place, &dates.join(" "), own, &evidence],
    )
}

/// IRI of a quantity: from the article, the entity, the values and the evidence.
pub(super) fn quantity_iri(iris: &Iris, record: &ArticleRecord, quantity: &Quantity) -> NamedNode {
    let at = format!("{:?} {:?}", quantity.evidence, quantity.of);
    let values = [&quantity.value, &quantity.min, &quantity.max].map(|v| v.as_deref().unwrap_or_default());
    iris.hashed("quantity", &[record.id(), &at, values[0], values[1], values[2]])
}

/// IRI of the claim that an event has a date.
pub(super) fn date_claim_iri(iris: &Iris, record: &ArticleRecord, event: &NamedNode, iso: &str) -> NamedNode {
    iris.hashed("claim", &[record.id(), event.as_str(), "date", iso])
}

impl Writer<'_> {
    fn add(&mut self, subject: &NamedNode, predicate: NamedNode, object: impl Into<Term>) {
        self.quads.push(Quad::new(subject.clone(), predicate, object, self.graph.clone()));
    }

    fn entity(&self, entity: usize) -> NamedNode {
        self.iris.named("entity", &self.things.thing(self.index, entity).slug)
    }

    fn language(&self) -> &'static str {
        self.record.document.language.code()
    }

    fn document(&mut self, options: &GraphOptions) {
        let document = &self.record.document;
        let article = self.article.clone();
        self.add(&article, TYPE.into_owned(), schema("NewsArticle"));
        self.add(&article, TYPE.into_owned(), term(PROV, "Entity"));
        self.add(&article, schema("inLanguage"), plain(self.language()));
        self.add(&article, schema("headline"), tagged(&document.headline, self.language()));
        self.add(&article, schema("sha256"), plain(&document.sha256));
        let texts = [("publisher", &document.publisher), ("author", &document.author)];
        for (local, value) in texts {
            if let Some(value) = value {
                self.add(&article, schema(local), plain(value));
            }
        }
        if let Some(url) = &document.url {
            self.add(&article, schema("url"), typed(url.as_str(), "anyURI"));
        }
        if let Some(published) = &document.published {
            let kind = if published.contains('T') { "dateTime" } else { "date" };
            self.add(&article, schema("datePublished"), typed(published.as_str(), kind));
        }
        if options.article_body {
            self.add(&article, schema("articleBody"), tagged(&document.text, self.language()));
        }
    }

    /// The properties of a span, on a node.
    fn selector(&mut self, node: &NamedNode, span: Span) {
        let text = &self.record.document.text;
        let (start, end) = (self.points.at(text, span.start), self.points.at(text, span.end));
        self.add(node, TYPE.into_owned(), term(OA, "TextPositionSelector"));
        self.add(node, TYPE.into_owned(), term(OA, "TextQuoteSelector"));
        self.add(node, term(OA, "start"), typed(start.to_string(), "integer"));
        self.add(node, term(OA, "end"), typed(end.to_string(), "integer"));
        self.add(node, term(OA, "exact"), plain(span.of(text)));
    }

    fn mentions(&mut self) {
        for (index, entity) in self.record.entities.iter().enumerate() {
            let target = self.entity(index);
            for span in &entity.mentions {
                let node = self.iris.hashed(
                    "mention",
                    &[self.record.id(), &format!("{}-{}", span.start, span.end), &index.to_string()],
                );
                self.add(&node, TYPE.into_owned(), ng("Mention"));
                self.add(&node, ng("refersTo"), target.clone());
                self.selector(&node, *span);
            }
        }
    }

    /// Evidence, confidence, source and the rule that fired, on a node.
    fn provenance(&mut self, node: &NamedNode, evidence: &[Span], confidence_value: u8, rule: &str) {
        for span in evidence {
            let selector = self.iris.hashed("span", &[self.record.id(), &format!("{}-{}", span.start, span.end)]);
            self.add(node, ng("evidence"), selector.clone());
            self.selector(&selector, *span);
        }
        let article = self.article.clone();
        self.add(node, ng("confidence"), confidence(confidence_value));
        self.add(node, term(PROV, "wasDerivedFrom"), article);
        let run = self.iris.hashed("run", &[env!("CARGO_PKG_VERSION"), rule]);
        self.add(node, term(PROV, "wasGeneratedBy"), run.clone());
        self.add(&run, TYPE.into_owned(), ng("Run"));
        self.add(&run, TYPE.into_owned(), term(PROV, "Activity"));
        self.add(&run, term(RDFS, "label"), plain(rule));
        self.add(&run, schema("softwareVersion"), plain(env!("CARGO_PKG_VERSION")));
    }

    fn claim(&mut self, claim: &Claim) {
        let node = claim_iri(self.iris, self.record, self.things, self.index, claim);
        let predicate = &Ontology::get().relations[&claim.relation].iri;
        let object: Term = match &claim.object {
            Object::Entity(o) => self.entity(*o).into(),
            Object::Text(t) => tagged(t, self.language()),
        };
        let subject = self.entity(claim.subject);
        self.statement(&node, subject, NamedNode::new_unchecked(predicate), object, claim.status);
        if let Some(source) = claim.attributed_to {
            let source = self.entity(source);
            self.add(&node, term(PROV, "wasAttributedTo"), source);
        }
        for (local, end) in [("startDate", &claim.held.start), ("endDate", &claim.held.end)] {
            if let Some(iso) = end {
                self.add(&node, schema(local), date(iso));
            }
        }
        self.provenance(&node, &[claim.evidence], claim.confidence, &claim.rule);
    }

    fn statement(&mut self, node: &NamedNode, subject: NamedNode, predicate: NamedNode, object: Term, status: Status) {
        use oxigraph::model::vocab::rdf;
        self.add(node, TYPE.into_owned(), ng("Claim"));
        self.add(node, TYPE.into_owned(), rdf::STATEMENT.into_owned());
        self.add(node, rdf::SUBJECT.into_owned(), subject);
        self.add(node, rdf::PREDICATE.into_owned(), predicate);
        self.add(node, rdf::OBJECT.into_owned(), object);
        self.add(node, ng("status"), ng(&format!("{status:?}")));
    }

    fn quantity_iri(&self, quantity: &Quantity) -> NamedNode {
        quantity_iri(self.iris, self.record, quantity)
    }

    fn quantity_with_evidence(&mut self, quantity: &Quantity) {
        let node = self.quantity(quantity);
        self.provenance(&node, &[quantity.evidence], quantity.confidence, &quantity.rule);
    }

    fn quantity(&mut self, quantity: &Quantity) -> NamedNode {
        let node = self.quantity_iri(quantity);
        self.add(&node, TYPE.into_owned(), schema("QuantitativeValue"));
        if let Some(entity) = quantity.of {
            let entity = self.entity(entity);
            self.add(&node, ng("quantityOf"), entity);
        }
        for (local, value) in [("value", &quantity.value), ("minValue", &quantity.min), ("maxValue", &quantity.max)] {
            if let Some(value) = value {
                self.add(&node, schema(local), typed(value.as_str(), "decimal"));
            }
        }
        match &quantity.unit {
            Unit::Code(code) => self.add(&node, schema("unitCode"), plain(code)),
            Unit::Text(text) => self.add(&node, schema("unitText"), tagged(text, self.language())),
        }
        node
    }

    fn quotation_with_evidence(&mut self, quotation: &Quotation) {
        let node = self.quotation(quotation);
        self.provenance(&node, &[quotation.evidence], quotation.confidence, &quotation.rule);
    }

    fn quotation(&mut self, quotation: &Quotation) -> NamedNode {
        let speaker = self.entity(quotation.speaker);
        let node = self.iris.hashed("quotation", &[self.record.id(), speaker.as_str(), &quotation.text]);
        self.add(&node, TYPE.into_owned(), schema("Quotation"));
        self.add(&node, schema("creator"), speaker);
        self.add(&node, schema("text"), tagged(&quotation.text, self.language()));
        if let Some(addressee) = quotation.addressee {
            let addressee = self.entity(addressee);
            self.add(&node, ng("addressee"), addressee);
        }
        node
    }

    fn event_with_evidence(&mut self, event: &Event) {
        let node = self.event(event);
        for given in &event.dates {
            let claim = date_claim_iri(self.iris, self.record, &node, &given.iso);
            self.statement(&claim, node.clone(), ng("date"), date(&given.iso), Status::Asserted);
            self.provenance(&claim, &[given.evidence], event.confidence, &event.rule);
        }
        self.provenance(&node, &event.evidence, event.confidence, &event.rule);
    }

    fn event(&mut self, event: &Event) -> NamedNode {
        let node = event_iri(self.iris, self.record, self.things, self.index, event);
        self.add(&node, TYPE.into_owned(), schema("Action"));
        self.add(&node, TYPE.into_owned(), ng(&event.kind));
        for (predicate, list) in [("agent", &event.agents), ("object", &event.targets), ("location", &event.places)] {
            for entity in list {
                let entity = self.entity(*entity);
                self.add(&node, schema(predicate), entity);
            }
        }
        for amount in &event.amounts {
            let amount = self.quantity_iri(&self.record.quantities[*amount]);
            self.add(&node, ng("amount"), amount);
        }
        for given in &event.dates {
            self.add(&node, ng("date"), date(&given.iso));
        }
        node
    }
}
