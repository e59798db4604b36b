//! Stories of the world, and each as an article in some language with the places of its names.

use crate::random::{Random, Zipf};
use crate::world::{LANGUAGES, World};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// An article as newsgraph reads it (JSON Lines).
#[derive(Serialize)]
pub struct Article {
    /// Address.
    pub url: String,
    /// Language code.
    pub language: &'static str,
    /// Day of publication.
    pub date: String,
    /// Paper.
    pub publisher: String,
    /// Headline and sentences.
    pub text: String,
}

/// What the names of an article stand for.
#[derive(Serialize, Deserialize)]
pub struct Truth {
    /// The article.
    pub url: String,
    /// Start and end in code points, and the thing.
    pub mentions: Vec<(usize, usize, String)>,
}

/// `data/xx.toml`.
#[derive(Deserialize)]
struct Sentences {
    weekdays: Vec<String>,
    currency: String,
    close: Vec<String>,
    kind: Vec<Kind>,
}

#[derive(Deserialize)]
struct Kind {
    heads: Vec<String>,
    leads: Vec<String>,
    body: Vec<String>,
}

/// What happened, to whom.
struct Story {
    kind: usize,
    company: usize,
    rival: usize,
    bank: usize,
    agency: usize,
    ministry: usize,
    amount: usize,
    day: usize,
}

/// Articles about a world, as many as one likes.
pub struct Desk<'a> {
    world: &'a World,
    random: Random,
    sentences: BTreeMap<&'static str, Sentences>,
    companies: Zipf,
    banks: Zipf,
    agencies: Zipf,
    story: Option<Story>,
    count: usize,
}

impl<'a> Desk<'a> {
    /// The articles about a world.
    pub fn new(world: &'a World, random: Random) -> Result<Self, toml::de::Error> {
        let texts = [
            include_str!("../data/en.toml"),
            include_str!("../data/de.toml"),
            include_str!("../data/fr.toml"),
            include_str!("../data/id.toml"),
        ];
        let mut sentences = BTreeMap::new();
        for (language, text) in LANGUAGES.into_iter().zip(texts) {
            sentences.insert(language, toml::from_str(text)?);
        }
        let companies = Zipf::new(world.companies.len());
        let banks = Zipf::new(world.banks.len());
        let agencies = Zipf::new(world.associations.len());
        Ok(Self { world, random, sentences, companies, banks, agencies, story: None, count: 0 })
    }

    fn new_story(&mut self) -> Story {
        let random = &mut self.random;
        let company = self.companies.draw(random);
        let rival = loop {
            match self.companies.draw(random) {
                same if same == company => {}
                rival => break rival,
            }
        };
        Story {
            kind: random.below(3),
            company,
            rival,
            bank: self.banks.draw(random),
            agency: self.agencies.draw(random),
            ministry: random.below(self.world.ministries()),
            amount: (random.below(90) + 1) * 10,
            day: random.below(336),
        }
    }

    /// The next article: of the story told last, or of a new one.
    pub fn article(&mut self) -> (Article, Truth) {
        let story = match self.story.take() {
            Some(story) if self.random.percent(60) => story,
            _ => self.new_story(),
        };
        let language = match self.random.below(20) {
            0..8 => "en",
            8..13 => "de",
            13..17 => "fr",
            _ => "id",
        };
        self.count += 1;
        let paper = self.random.below(40);
        let url = format!("https://paper{paper}.example/{language}/{}", self.count);
        let date = format!("2024-{:02}-{:02}", story.day / 28 + 1, story.day % 28 + 1);
        let mut writer = Writer::new(self.world, &story, language, &mut self.random);
        writer.tell(&self.sentences[language]);
        let (text, mentions) = (writer.text, writer.mentions);
        self.story = Some(story);
        let publisher = format!("Paper {paper}");
        (Article { url: url.clone(), language, date, publisher, text }, Truth { url, mentions })
    }
}

/// Fills the slots of sentences and notes where the names stand.
struct Writer<'a> {
    world: &'a World,
    story: &'a Story,
    language: &'static str,
    random: &'a mut Random,
    text: String,
    length: usize,
    mentions: Vec<(usize, usize, String)>,
    /// Slots that the text has named in full.
    told: BTreeSet<String>,
    /// Whether this article misspells the chief executive.
    misspelled: bool,
}

impl<'a> Writer<'a> {
    fn new(world: &'a World, story: &'a Story, language: &'static str, random: &'a mut Random) -> Self {
        let misspelled = random.percent(3);
        let (text, mentions, told) = (String::new(), Vec::new(), BTreeSet::new());
        Self { world, story, language, random, text, length: 0, mentions, told, misspelled }
    }

    /// Headline, lead, two neighbouring sentences of four, and a last one.
    fn tell(&mut self, sentences: &Sentences) {
        let kind = &sentences.kind[self.story.kind];
        let head = self.random.of(&kind.heads);
        self.sentence(head, sentences);
        self.told.clear();
        self.push("\n\n");
        let lead = self.random.of(&kind.leads);
        self.sentence(lead, sentences);
        let from = self.random.below(kind.body.len() - 1);
        for sentence in &kind.body[from..from + 2] {
            self.push(" ");
            self.sentence(sentence, sentences);
        }
        self.push("\n\n");
        let close = self.random.of(&sentences.close);
        self.sentence(close, sentences);
        self.push("\n");
    }

    fn push(&mut self, words: &str) {
        self.text.push_str(words);
        self.length += words.chars().count();
    }

    fn sentence(&mut self, template: &str, sentences: &Sentences) {
        for (i, part) in template.split(['{', '}']).enumerate() {
            if i % 2 == 0 { self.push(part) } else { self.slot(part, sentences) }
        }
    }

    fn mention(&mut self, name: &str, thing: String) {
        let start = self.length;
        self.push(name);
        self.mentions.push((start, self.length, thing));
    }

    fn slot(&mut self, slot: &str, sentences: &Sentences) {
        let (world, story, language) = (self.world, self.story, self.language);
        let company = &world.companies[story.company];
        let home = &world.countries[company.country];
        match slot {
            "company" => self.company(story.company),
            "rival" => self.company(story.rival),
            "bank" => self.mention(&world.banks[story.bank], format!("bank/{}", story.bank)),
            "boss" => self.person(company.boss),
            "speaker" => self.person(company.speaker),
            "analyst" => self.person(world.analysts[story.bank]),
            "minister" => self.person(world.ministers[company.country][story.ministry]),
            "agency" => self.association(),
            "ministry" => {
                let name = world.ministry(company.country, story.ministry, language);
                self.mention(&name, format!("ministry/{}/{}", home.code, world.subject(story.ministry)));
            }
            "city" => self.mention(home.city(company.city, language), format!("city/{}/{}", home.code, company.city)),
            "country" => self.mention(home.name(language).1, format!("country/{}", home.code)),
            "in_country" => {
                self.push(&format!("{} ", home.name(language).0));
                self.mention(home.name(language).1, format!("country/{}", home.code));
            }
            "amount" => self.push(&sentences.currency.replace("{}", &story.amount.to_string())),
            "number" => self.push(&(story.amount * 3).to_string()),
            "percent" => self.push(&(story.amount % 9 + 1).to_string()),
            "weekday" => self.push(&sentences.weekdays[story.day % sentences.weekdays.len()]),
            other => unreachable!("no slot {other}"),
        }
    }

    /// In full at first, now and then with the legal form; later often by the first word.
    fn company(&mut self, index: usize) {
        let company = &self.world.companies[index];
        let thing = format!("company/{index}");
        let first = self.told.insert(thing.clone());
        let name = match self.random.below(10) {
            0..3 if first && self.length > 0 => &company.legal,
            0..3 if !first => company.name.split(' ').next().unwrap_or(&company.name),
            _ => &company.name,
        };
        self.mention(name, thing);
    }

    /// In full at first, then by one name.
    fn person(&mut self, index: usize) {
        let person = &self.world.people[index];
        let thing = format!("person/{index}");
        let boss = index == self.world.companies[self.story.company].boss;
        let surname = if boss && self.misspelled { misspell(&person.surname) } else { person.surname.clone() };
        let name = match (self.told.insert(thing.clone()), person.by_given) {
            (true, _) => format!("{} {surname}", person.given),
            (false, true) => person.given.clone(),
            (false, false) => surname,
        };
        self.mention(&name, thing);
    }

    /// With the acronym at first, then by it alone.
    fn association(&mut self) {
        let association = &self.world.associations[self.story.agency];
        let thing = format!("association/{}", self.story.agency);
        if self.told.insert(thing.clone()) {
            self.mention(&association.name, thing.clone());
            self.push(" (");
            self.mention(&association.acronym, thing);
            self.push(")");
        } else {
            self.mention(&association.acronym, thing);
        }
    }
}

/// One letter too many: the third is doubled.
fn misspell(name: &str) -> String {
    let third = name.chars().nth(2).map(String::from).unwrap_or_default();
    let at = name.char_indices().nth(2).map_or(name.len(), |(at, _)| at);
    format!("{}{third}{}", &name[..at], &name[at..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some(seed: u64) -> Vec<(Article, Truth)> {
        let mut random = Random::new(seed);
        let world = World::new(&mut random, 400).unwrap();
        let mut desk = Desk::new(&world, random).unwrap();
        (0..400).map(|_| desk.article()).collect()
    }

    #[test]
    fn the_same_seed_gives_the_same_articles() {
        let texts = |seed| some(seed).into_iter().map(|(a, _)| a.text).collect::<Vec<_>>();
        assert!(texts(1) == texts(1) && texts(1) != texts(2));
    }

    #[test]
    fn every_mention_stands_where_the_truth_says() {
        let mut mentions = 0;
        for (article, truth) in some(3) {
            assert!(!article.text.contains(['{', '}']), "{}", article.text);
            let text: Vec<char> = article.text.chars().collect();
            for (start, end, thing) in &truth.mentions {
                let name: String = text[*start..*end].iter().collect();
                assert!(!name.trim().is_empty() && name.trim() == name, "{thing}: {name:?}");
                mentions += 1;
            }
        }
        assert!((8 * 400..14 * 400).contains(&mentions), "{mentions}");
    }
}
