//! Lemma dictionaries: finite-state maps from a form to the edit that makes its lemma.

use fst::Map;

/// One language's dictionary; `examples/lemma_fst.rs` writes it.
pub(super) struct Lemmas {
    map: Map<&'static [u8]>,
    suffixes: Vec<&'static str>,
}

impl Lemmas {
    /// Opens the embedded files.
    pub(super) fn new(map: &'static [u8], suffixes: &'static str) -> Result<Self, fst::Error> {
        Ok(Self { map: Map::new(map)?, suffixes: suffixes.split('\n').collect() })
    }

    /// The lemma of exactly this form, in the dictionary's spelling.
    pub(super) fn get(&self, form: &str) -> Option<String> {
        let edit = self.map.get(form)?;
        let cut = (edit >> 32) as usize;
        let suffix = self.suffixes.get((edit & 0xFFFF_FFFF) as usize)?;
        let stem = form.get(..form.len().checked_sub(cut)?)?;
        Some(format!("{stem}{suffix}"))
    }

    /// Whether the dictionary has exactly this form.
    pub(super) fn has(&self, form: &str) -> bool {
        self.map.contains_key(form)
    }
}
