//! The prefixes that queries may use undeclared and that exports and tables shorten IRIs with.

/// Vocabularies of the graph contract.
const VOCABULARIES: [(&str, &str); 9] = [
    ("ng", "https://w3id.org/newsgraph/ontology#"),
    ("oa", "http://www.w3.org/ns/oa#"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("schema", "https://schema.org/"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// Folders under `{base}` that have a prefix of their own, beside `entity/`, which is `:`.
const FOLDERS: [&str; 10] =
    ["article", "claim", "conflict", "event", "mention", "quantity", "quotation", "run", "span", "support"];

/// Prefixes and their IRIs, sorted by prefix.
#[derive(Debug, Clone)]
pub struct Prefixes {
    entries: Vec<(String, String)>,
    base: String,
}

impl Prefixes {
    /// The vocabularies, and `:` and its kin for instance IRIs under `base`.
    pub fn standard(base: &str) -> Self {
        let mut entries: Vec<_> = VOCABULARIES.iter().map(|(p, iri)| ((*p).to_owned(), (*iri).to_owned())).collect();
        entries.push((String::new(), format!("{base}entity/")));
        entries.extend(FOLDERS.iter().map(|f| ((*f).to_owned(), format!("{base}{f}/"))));
        entries.sort();
        Self { entries, base: base.to_owned() }
    }

    /// The `{base}` of instance IRIs.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Every prefix with its IRI, sorted.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.entries.iter().map(|(p, iri)| (p.as_str(), iri.as_str()))
    }

    /// Splits `iri` into prefix and local name where the short form is valid Turtle and SPARQL.
    pub fn split<'a>(&'a self, iri: &'a str) -> Option<(&'a str, &'a str)> {
        self.iter()
            .filter_map(|(prefix, start)| Some((prefix, iri.strip_prefix(start)?)))
            .find(|(_, local)| is_local_name(local))
    }

    /// `prefix:local`, or `<iri>` where no prefix fits.
    pub fn shorten(&self, iri: &str) -> String {
        match self.split(iri) {
            Some((prefix, local)) => format!("{prefix}:{local}"),
            None => format!("<{iri}>"),
        }
    }

    /// The IRI that `prefix:local` stands for.
    pub fn expand(&self, name: &str) -> Option<String> {
        let (prefix, local) = name.split_once(':')?;
        let (_, start) = self.iter().find(|(p, _)| *p == prefix)?;
        Some(format!("{start}{local}"))
    }
}

/// A cautious subset of Turtle's `PN_LOCAL`: no escapes, no dots, no letters beyond ASCII.
fn is_local_name(local: &str) -> bool {
    let bytes = local.as_bytes();
    bytes.first().is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_')
        && bytes.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortens_what_every_parser_reads_back() {
        let prefixes = Prefixes::standard("https://example.org/");
        assert_eq!(prefixes.shorten("https://example.org/entity/office-smith"), ":office-smith");
        assert_eq!(prefixes.shorten("https://schema.org/Person"), "schema:Person");
        assert_eq!(prefixes.shorten("https://schema.org/"), "<https://schema.org/>");
        assert_eq!(prefixes.shorten("https://schema.org/a/b"), "<https://schema.org/a/b>");
        assert_eq!(prefixes.expand(":x").as_deref(), Some("https://example.org/entity/x"));
        assert_eq!(prefixes.expand("nope:x"), None);
    }
}
