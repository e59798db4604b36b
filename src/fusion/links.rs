//! Links that a person made: which things are one, and which are not, whatever the rules say.

use super::turtle::{FileError, triples};
use oxigraph::model::NamedOrBlankNode;
use oxigraph::model::Term;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

const SAME: &str = "http://www.w3.org/2002/07/owl#sameAs";
const DIFFERENT: &str = "http://www.w3.org/2002/07/owl#differentFrom";

/// Pairs of IRIs that name one thing or two. An IRI is that of an entity (`{base}entity/{slug}`), of what one article
/// calls by a name (`{base}article/{id}#{slug}`), or one of another authority.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Links {
    /// Pairs that are one thing.
    pub(super) same: BTreeSet<(String, String)>,
    /// Pairs that are two things.
    pub(super) different: BTreeSet<(String, String)>,
}

impl Links {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.same.is_empty() && self.different.is_empty()
    }

    /// Every IRI that the links name.
    pub fn iris(&self) -> BTreeSet<&str> {
        self.same.iter().chain(&self.different).flat_map(|(a, b)| [a.as_str(), b.as_str()]).collect()
    }

    /// The least IRI that each IRI of the sameAs links is one thing with.
    pub(super) fn classes(&self) -> BTreeMap<&str, &str> {
        let iris = self.same.iter().flat_map(|(a, b)| [a.as_str(), b.as_str()]);
        let mut above: BTreeMap<&str, &str> = iris.map(|iri| (iri, iri)).collect();
        for (a, b) in &self.same {
            let (one, two) = (top(&above, a), top(&above, b));
            above.insert(one.max(two), one.min(two));
        }
        above.keys().map(|iri| (*iri, top(&above, iri))).collect()
    }
}

impl FromStr for Links {
    type Err = FileError;

    /// Reads Turtle or N-Triples with `owl:sameAs` and `owl:differentFrom`.
    ///
    /// # Errors
    /// Syntax, another property, an end that is no IRI, and links that contradict each other, each with its line.
    fn from_str(text: &str) -> Result<Self, FileError> {
        let mut links = Links::default();
        let mut lines: Vec<(u64, String, String)> = Vec::new();
        for triple in triples(text) {
            let (line, triple) = triple?;
            let (NamedOrBlankNode::NamedNode(subject), Term::NamedNode(object)) = (&triple.subject, &triple.object)
            else {
                return Err(FileError::new(line, "a link joins two IRIs; this has a blank node or a text"));
            };
            let (a, b) = (subject.as_str().to_owned(), object.as_str().to_owned());
            let pair = if a <= b { (a, b) } else { (b, a) };
            match triple.predicate.as_str() {
                SAME => {
                    links.same.insert(pair);
                }
                DIFFERENT => {
                    lines.push((line, pair.0.clone(), pair.1.clone()));
                    links.different.insert(pair);
                }
                other => {
                    let reason = format!("<{other}> is no link: give owl:sameAs or owl:differentFrom");
                    return Err(FileError::new(line, reason));
                }
            }
        }
        let class = links.classes();
        for (line, a, b) in lines {
            if a == b || class.get(a.as_str()).is_some_and(|c| class.get(b.as_str()) == Some(c)) {
                let reason = format!("<{a}> and <{b}> are told to be different here and the same elsewhere");
                return Err(FileError::new(line, reason));
            }
        }
        Ok(links)
    }
}

/// The end of the way up from an IRI.
fn top<'a>(above: &BTreeMap<&'a str, &'a str>, iri: &str) -> &'a str {
    let mut at = *above.get_key_value(iri).expect("an IRI of the links").0;
    while above[at] != at {
        at = above[at];
    }
    at
}

/// N-Triples, sorted: what [`str::parse`] reads back.
impl fmt::Display for Links {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let same = self.same.iter().map(|pair| (SAME, pair));
        let different = self.different.iter().map(|pair| (DIFFERENT, pair));
        same.chain(different).try_for_each(|(property, (a, b))| writeln!(f, "<{a}> <{property}> <{b}> ."))
    }
}
