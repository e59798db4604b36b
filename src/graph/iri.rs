//! Instance IRIs: `{base}kind/{content hash}`.

use oxigraph::model::NamedNode;
use sha2::{Digest, Sha256};

/// Makes instance IRIs under one base.
pub(super) struct Iris {
    base: String,
}

impl Iris {
    pub(super) fn new(base: &str) -> Self {
        Self { base: base.to_owned() }
    }

    /// `{base}{kind}/{name}`
    pub(super) fn named(&self, kind: &str, name: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("{}{kind}/{}", self.base, escape(name)))
    }

    /// `{base}{kind}/{hash}`, the hash drawn from the parts.
    pub(super) fn hashed(&self, kind: &str, parts: &[&str]) -> NamedNode {
        let mut hasher = Sha256::new();
        for part in parts {
            hasher.update(part.as_bytes());
            hasher.update([0]);
        }
        let digest = hasher.finalize();
        let hex: String = digest.iter().take(8).map(|b| format!("{b:02x}")).collect();
        self.named(kind, &hex)
    }
}

/// Percent-encodes what an IRI cannot hold; letters of every script stay.
fn escape(name: &str) -> String {
    name.chars()
        .map(|c| match c {
            _ if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') => c.to_string(),
            _ => c.to_string().bytes().map(|b| format!("%{b:02X}")).collect(),
        })
        .collect()
}
