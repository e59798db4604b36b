//! What several test files need.

#![allow(dead_code)]

use newsgraph::article::Document;
use newsgraph::language::Language;
use newsgraph::record::ArticleRecord;
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

/// A record of an English text that says nothing.
pub fn record(text: &str, url: Option<&str>) -> ArticleRecord {
    let document = Document {
        text: text.to_owned(),
        sha256: sha256(text.as_bytes()),
        language: Language::En,
        headline: text.lines().next().unwrap_or_default().to_owned(),
        headline_span: None,
        published: None,
        publisher: None,
        author: None,
        url: url.map(str::to_owned),
        furniture: vec![],
    };
    ArticleRecord { document, entities: vec![], claims: vec![], events: vec![], quantities: vec![], quotations: vec![] }
}

/// Hex SHA-256.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").unwrap();
        hex
    })
}

/// The program with arguments, its output captured by nobody.
pub fn newsgraph(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_newsgraph"));
    command.args(args).stdin(Stdio::null()).stdout(Stdio::null());
    command
}

/// Numbers that look random and are the same in every run (xorshift64*).
pub struct Random(u64);

impl Random {
    /// A sequence of its own for each seed but 0.
    pub fn new(seed: u64) -> Self {
        Random(seed)
    }

    /// A number less than `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % limit
    }

    /// A time up to `limit`.
    pub fn up_to(&mut self, limit: Duration) -> Duration {
        Duration::from_micros(self.below(limit.as_micros().max(1) as usize) as u64)
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }
}

/// Writes `count` English articles of a few sentences, every one different.
pub fn write_articles(folder: &Path, count: usize, seed: u64) {
    std::fs::create_dir_all(folder).unwrap();
    let mut random = Random::new(seed);
    for n in 0..count {
        let file = folder.join(format!("article-{n:03}.txt"));
        std::fs::write(file, article(&mut random, n)).unwrap();
    }
}

const COMPANIES: [&str; 6] =
    ["Halden Robotics", "Norvik Energy", "Lumen Foods", "Castell Bank", "Orbis Air", "Tarn Media"];
const PEOPLE: [&str; 5] = ["Maria Keller", "John Abbott", "Aisha Rahman", "Peter Lindqvist", "Claire Moreau"];
const CITIES: [&str; 5] = ["Oslo", "Leeds", "Toronto", "Geneva", "Jakarta"];

fn article(random: &mut Random, n: usize) -> String {
    let (company, other) = (random.pick(&COMPANIES), random.pick(&COMPANIES));
    let (person, city) = (random.pick(&PEOPLE), random.pick(&CITIES));
    let millions = 2 + random.below(900);
    format!(
        "{company} is fined ${millions} million in case number {n}\n\n\
         {company}, which is based in {city}, was fined ${millions} million on Monday. \
         The regulator said that the company had misled its customers for several years. \
         \"We will appeal against this decision,\" said {person}, the chief executive of {company}.\n\n\
         In the same week {other} announced that it would open a new office in {city}, \
         where about {jobs} people will work by the end of next year.\n",
        jobs = 100 + random.below(900),
    )
}
