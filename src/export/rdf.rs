//! The RDF syntaxes that Oxigraph's serializers write, fed in sorted order.

use crate::prefix::Prefixes;
use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfSerializer};
use oxigraph::model::{Literal, Quad, Term, TripleRef};
use std::io::{self, Write};

/// N-Triples or N-Quads: lines in byte order.
pub(super) fn write_lines(quads: &[Quad], out: &mut dyn Write) -> io::Result<()> {
    let mut lines: Vec<String> = quads.iter().map(|quad| format!("{quad} .\n")).collect();
    lines.sort_unstable();
    lines.iter().try_for_each(|line| out.write_all(line.as_bytes()))
}

/// RDF/XML. Characters that XML 1.0 has no way to write become U+FFFD.
pub(super) fn write_xml(quads: &[Quad], prefixes: &Prefixes, out: &mut dyn Write) -> io::Result<()> {
    let mut serializer = RdfSerializer::from_format(RdfFormat::RdfXml);
    for (prefix, iri) in prefixes.iter().filter(|(prefix, _)| !prefix.is_empty()) {
        serializer = serializer.with_prefix(prefix, iri).map_err(io::Error::other)?;
    }
    let mut writer = serializer.for_writer(out);
    for quad in quads {
        let object = xml_object(&quad.object);
        let triple = TripleRef::new(&quad.subject, &quad.predicate, &object);
        writer.serialize_triple(triple)?;
    }
    writeln!(writer.finish()?)
}

/// JSON-LD in expanded form.
pub(super) fn write_json(quads: &[Quad], out: &mut dyn Write) -> io::Result<()> {
    let format = RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() };
    let mut writer = RdfSerializer::from_format(format).for_writer(out);
    for quad in quads {
        writer.serialize_quad(quad)?;
    }
    writeln!(writer.finish()?)
}

fn xml_object(object: &Term) -> Term {
    let Term::Literal(literal) = object else {
        return object.clone();
    };
    if literal.value().chars().all(is_xml) {
        return object.clone();
    }
    let value = xml_text(literal.value());
    match literal.language() {
        Some(language) => Literal::new_language_tagged_literal_unchecked(value, language),
        None => Literal::new_typed_literal(value, literal.datatype()),
    }
    .into()
}

/// `text` with U+FFFD for every character that XML 1.0 cannot hold.
pub(super) fn xml_text(text: &str) -> String {
    text.chars().map(|c| if is_xml(c) { c } else { '\u{FFFD}' }).collect()
}

fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}
