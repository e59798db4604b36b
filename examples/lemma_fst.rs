//! Packs the tab-separated lemma tables of `tools/lemmas.py` into finite-state maps.
//!
//! ```text
//! cargo run --release --example lemma_fst TSV_DIR
//! ```
//!
//! For each language it writes `languages/<code>/lemmas.fst` (form → edit) and
//! `languages/<code>/lemmas.suffixes` (one a line). An edit is `cut << 32 | suffix`: take `cut`
//! bytes off the form's end and add the suffix of that number. The same input gives the same files.

use std::collections::BTreeMap;
use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let folder = env::args().nth(1).expect("usage: lemma_fst TSV_DIR");
    for language in ["de", "en", "fr", "id"] {
        let table = fs::read_to_string(Path::new(&folder).join(format!("{language}.tsv")))?;
        let out = Path::new("languages").join(language);
        let (map, suffixes) = pack(&table);
        println!("{language}: {} bytes, {} suffixes", map.len(), suffixes.len());
        fs::write(out.join("lemmas.fst"), map)?;
        fs::write(out.join("lemmas.suffixes"), suffixes.join("\n"))?;
    }
    Ok(())
}

/// The map's bytes and the suffix table of a sorted table of `form<TAB>lemma` lines.
fn pack(table: &str) -> (Vec<u8>, Vec<&str>) {
    let mut ids: BTreeMap<&str, u64> = BTreeMap::new();
    let mut suffixes = Vec::new();
    let mut builder = fst::MapBuilder::memory();
    for (form, lemma) in table.lines().filter_map(|line| line.split_once('\t')) {
        let shared = common_prefix(form, lemma);
        let suffix = &lemma[shared..];
        let id = *ids.entry(suffix).or_insert_with(|| {
            suffixes.push(suffix);
            suffixes.len() as u64 - 1
        });
        let cut = (form.len() - shared) as u64;
        builder.insert(form, cut << 32 | id).expect("the table is sorted by the form's bytes");
    }
    (builder.into_inner().expect("memory cannot fail"), suffixes)
}

/// The length in bytes of the longest common prefix that ends on a character boundary.
fn common_prefix(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum()
}
