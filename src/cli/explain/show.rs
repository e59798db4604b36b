//! Statements → text.

use super::graph::{Described, Graph, Statement};
use super::sentence::Sentences;
use crate::article::Document;
use crate::cli::CliError;
use crate::cli::terms::{self, local_name, node, plain};
use crate::store::StoreError;
use oxigraph::model::{GraphName, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use std::collections::{BTreeSet, HashSet};
use std::io::{self, Write};

/// Writes what an entity is called and what it is.
pub fn entity(out: &mut impl Write, graph: &Graph, entity: &NamedOrBlankNode) -> io::Result<()> {
    let described = graph.describe(&HashSet::from([entity.clone()]));
    let term = Term::from(entity.clone());
    let name = described.name(&term);
    writeln!(out, "{name}\n  {}", plain(&term))?;
    let mut line = |what: &str, values: Vec<String>| match values.is_empty() {
        true => Ok(()),
        false => writeln!(out, "  {what}: {}", values.join("; ")),
    };
    line("types", described.types(entity))?;
    let names: BTreeSet<_> = [terms::LABEL, terms::ALT_LABEL]
        .into_iter()
        .flat_map(|property| described.values(entity, property))
        .map(plain)
        .filter(|other| *other != name)
        .collect();
    line("other names", names.into_iter().map(str::to_owned).collect())?;
    let same: BTreeSet<_> = described.values(entity, terms::SAME_AS).map(plain).collect();
    line("same as", same.into_iter().map(str::to_owned).collect())
}

/// Gives an article's document by its id: its text is in the store even where the graph lacks it.
pub type Documents<'a> = &'a dyn Fn(&str) -> Result<Option<Document>, StoreError>;

/// Writes each statement with its evidence.
pub fn statements(
    out: &mut impl Write,
    graph: &Graph,
    documents: Documents,
    statements: &[Statement],
) -> Result<(), CliError> {
    let nodes = statements.iter().map(|s| s.node.clone()).collect();
    let near = graph.describe(&nodes);
    let articles = statements.iter().filter_map(|s| article(&s.graph));
    let far = graph.describe(&near.objects().chain(articles).collect());
    for of_article in statements.chunk_by(|a, b| a.graph == b.graph) {
        let document = match &of_article[0].graph {
            GraphName::NamedNode(iri) => documents(local_name(iri.as_str()))?,
            _ => None,
        };
        let text = document.as_ref().map(Sentences::new);
        for statement in of_article {
            View { near: &near, far: &far, statement, text: text.as_ref() }.write(out)?;
        }
    }
    Ok(())
}

fn article(graph: &GraphName) -> Option<NamedOrBlankNode> {
    match graph {
        GraphName::NamedNode(node) => Some(node.clone().into()),
        _ => None,
    }
}

/// One statement with all that is known around it.
struct View<'a> {
    near: &'a Described<'a>,
    far: &'a Described<'a>,
    statement: &'a Statement,
    text: Option<&'a Sentences<'a>>,
}

/// Properties that have lines of their own.
const APART: [NamedNodeRef<'static>; 6] =
    [terms::TYPE, terms::STATUS, terms::EVIDENCE, terms::CONFIDENCE, terms::DERIVED, terms::GENERATED];

impl View<'_> {
    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "\n{}", self.fact())?;
        writeln!(out, "  {}", self.standing())?;
        for sentence in self.sentences() {
            writeln!(out, "  > {sentence}")?;
        }
        writeln!(out, "  article {}", self.article())?;
        match self.value(terms::GENERATED) {
            Some(run) => writeln!(out, "  rule {}", self.far.name(run)),
            None => Ok(()),
        }
    }

    /// `subject relation object` of a claim; class and properties of the others.
    fn fact(&self) -> String {
        let part = |property| self.value(property).map(|term| self.far.name(term));
        match (part(terms::SUBJECT), self.value(terms::PREDICATE), part(terms::OBJECT)) {
            (Some(subject), Some(relation), Some(object)) => {
                format!("{subject} — {} — {object}", local_name(plain(relation)))
            }
            _ => self.properties(),
        }
    }

    fn properties(&self) -> String {
        let types = self.near.types(&self.statement.node);
        let property = |quad: &Quad| format!("{} {}", local_name(quad.predicate.as_str()), self.far.name(&quad.object));
        let properties: BTreeSet<String> = self.quads().filter(|q| is_content(q)).map(property).collect();
        let properties: Vec<String> = properties.into_iter().collect();
        format!("{}: {}", types.join(", "), properties.join("; "))
    }

    /// Status, source and confidence.
    fn standing(&self) -> String {
        let mut parts = Vec::new();
        parts.extend(self.value(terms::STATUS).map(|s| local_name(plain(s)).to_lowercase()));
        parts.extend(self.value(terms::ATTRIBUTED).map(|who| format!("by {}", self.far.name(who))));
        parts.extend(self.value(terms::CONFIDENCE).map(|c| format!("confidence {}", plain(c))));
        parts.extend(node_iri(&self.statement.node));
        parts.join(", ")
    }

    /// The evidence in its sentence, or bare where the text is not at hand.
    fn sentences(&self) -> Vec<String> {
        let spans = self.quads().filter(|q| q.predicate == terms::EVIDENCE);
        spans.filter_map(|q| self.sentence(&node(&q.object)?)).collect()
    }

    fn sentence(&self, span: &NamedOrBlankNode) -> Option<String> {
        let number = |property| plain(self.far.value(span, property)?).parse().ok();
        let in_text = || self.text?.marked(number(terms::START)?, number(terms::END)?);
        let bare = || Some(format!("[[{}]]", plain(self.far.value(span, terms::EXACT)?)));
        in_text().or_else(bare)
    }

    /// Id and headline.
    fn article(&self) -> String {
        let iri = article(&self.statement.graph).map(Term::from);
        let id = iri.as_ref().map_or("", |iri| local_name(plain(iri)));
        let headline = iri.as_ref().and_then(node).and_then(|n| self.far.value(&n, terms::HEADLINE));
        let headline = headline.map(plain).or(self.text.map(Sentences::headline));
        format!("{id} {}", headline.unwrap_or_default())
    }

    /// What the article's own graph says of the statement.
    fn quads(&self) -> impl Iterator<Item = &Quad> {
        let graph = &self.statement.graph;
        self.near.quads(&self.statement.node).filter(move |q| q.graph_name == *graph)
    }

    fn value(&self, property: NamedNodeRef<'_>) -> Option<&Term> {
        self.quads().find(|q| q.predicate == property).map(|q| &q.object)
    }
}

fn is_content(quad: &Quad) -> bool {
    APART.iter().all(|property| quad.predicate != *property)
}

fn node_iri(node: &NamedOrBlankNode) -> Option<String> {
    match node {
        NamedOrBlankNode::NamedNode(node) => Some(node.as_str().to_owned()),
        NamedOrBlankNode::BlankNode(_) => None,
    }
}
