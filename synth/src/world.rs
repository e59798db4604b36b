//! The things of an invented world and what each language calls them.

use crate::random::{Random, Zipf};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// The languages, by the order of their columns in the data.
pub const LANGUAGES: [&str; 4] = ["en", "de", "fr", "id"];

/// Of a hundred people so many bear the name of another.
const HOMONYMS: usize = 2;

/// `data/world.toml`.
#[derive(Deserialize)]
struct Parts {
    country: Vec<Country>,
    ministry: Vec<Ministry>,
    culture: BTreeMap<String, PersonParts>,
    company: CompanyParts,
    association: AssociationParts,
}

/// A country.
#[derive(Deserialize)]
pub struct Country {
    /// ISO 3166 code.
    pub code: String,
    en: [String; 2],
    de: [String; 2],
    fr: [String; 2],
    id: [String; 2],
    adjective: BTreeMap<String, String>,
    culture: String,
    forms: Vec<String>,
    cities: Vec<String>,
}

#[derive(Deserialize)]
struct Ministry {
    subject: String,
    en: String,
    de: String,
    fr: String,
    id: String,
}

#[derive(Deserialize)]
struct PersonParts {
    given: Vec<String>,
    first: Vec<String>,
    last: Vec<String>,
}

#[derive(Deserialize)]
struct CompanyParts {
    first: Vec<String>,
    last: Vec<String>,
    sector: Vec<String>,
}

#[derive(Deserialize)]
struct AssociationParts {
    first: Vec<String>,
    second: Vec<String>,
    third: Vec<String>,
    last: Vec<String>,
}

/// Somebody.
#[derive(Clone)]
pub struct Person {
    /// Given name.
    pub given: String,
    /// Surname.
    pub surname: String,
    /// Whether news call the person by the given name alone, as Indonesian papers do.
    pub by_given: bool,
}

/// A company with the people who speak for it.
pub struct Company {
    /// Name without the legal form.
    pub name: String,
    /// Name with it.
    pub legal: String,
    /// Index of the country.
    pub country: usize,
    /// Index of the city in the country.
    pub city: usize,
    /// Index of the chief executive.
    pub boss: usize,
    /// Index of the speaker.
    pub speaker: usize,
}

/// An association.
pub struct Association {
    /// Name.
    pub name: String,
    /// Its first letters.
    pub acronym: String,
}

/// Everything there is.
pub struct World {
    /// Countries.
    pub countries: Vec<Country>,
    ministries: Vec<Ministry>,
    /// Companies, the most talked of first.
    pub companies: Vec<Company>,
    /// Companies that are banks.
    pub banks: Vec<String>,
    /// People.
    pub people: Vec<Person>,
    /// Analysts by bank: indices of people.
    pub analysts: Vec<usize>,
    /// Ministers by country and subject: indices of people.
    pub ministers: Vec<Vec<usize>>,
    /// Associations.
    pub associations: Vec<Association>,
}

impl World {
    /// A world for so many articles: the number of things grows with a power of it (Heaps' law).
    pub fn new(random: &mut Random, articles: usize) -> Result<Self, toml::de::Error> {
        let parts: Parts = toml::from_str(include_str!("../data/world.toml"))?;
        let mut people = People { parts: &parts.culture, taken: BTreeSet::new(), all: Vec::new() };
        let size = |power: f64, factor: f64| ((articles as f64).powf(power) * factor) as usize + 8;
        let countries = Zipf::new(parts.country.len());
        let mut companies = Vec::new();
        for name in parts.company.names(random, size(0.65, 5.0), &parts.company.sector) {
            let country = countries.draw(random);
            let home = &parts.country[country];
            let form = random.of(&home.forms);
            let legal = if home.code == "ID" { format!("PT {name} {form}") } else { format!("{name} {form}") };
            let (boss, speaker) = (people.new_one(random, &home.culture), people.new_one(random, &home.culture));
            let city = random.below(home.cities.len());
            companies.push(Company { name, legal, country, city, boss, speaker });
        }
        let banks = parts.company.names(random, size(0.3, 2.0), &["Bank".to_owned()]);
        let cultures: Vec<&String> = parts.culture.keys().collect();
        let mut analysts = Vec::new();
        for _ in &banks {
            let culture = *random.of(&cultures);
            analysts.push(people.new_one(random, culture));
        }
        let ministers = parts.country.iter().map(|country| {
            let each = parts.ministry.iter().map(|_| people.new_one(random, &country.culture));
            each.collect()
        });
        let ministers = ministers.collect();
        let associations = parts.association.all(random, size(0.4, 1.0).min(150));
        let people = people.all;
        let (countries, ministries) = (parts.country, parts.ministry);
        Ok(Self { countries, ministries, companies, banks, people, analysts, ministers, associations })
    }

    /// How many ministries a country has.
    pub fn ministries(&self) -> usize {
        self.ministries.len()
    }

    /// What a language calls a ministry.
    pub fn ministry(&self, country: usize, ministry: usize, language: &str) -> String {
        let one = &self.ministries[ministry];
        let name = match language {
            "de" => &one.de,
            "fr" => &one.fr,
            "id" => &one.id,
            _ => &one.en,
        };
        name.replace("{}", &self.countries[country].adjective[language])
    }

    /// The subject of a ministry.
    pub fn subject(&self, ministry: usize) -> &str {
        &self.ministries[ministry].subject
    }
}

impl Country {
    /// The words before the country's name that say "in", and the name.
    pub fn name(&self, language: &str) -> (&str, &str) {
        let [before, name] = match language {
            "de" => &self.de,
            "fr" => &self.fr,
            "id" => &self.id,
            _ => &self.en,
        };
        (before, name)
    }

    /// What a language calls one of its cities.
    pub fn city(&self, city: usize, language: &str) -> &str {
        let column = LANGUAGES.iter().position(|l| *l == language).unwrap_or(0);
        self.cities[city].split('|').nth(column).unwrap_or(&self.cities[city])
    }
}

/// People and the names that are taken.
struct People<'a> {
    parts: &'a BTreeMap<String, PersonParts>,
    taken: BTreeSet<String>,
    all: Vec<Person>,
}

impl People<'_> {
    /// Somebody new: with a name of their own, or now and then with that of another.
    fn new_one(&mut self, random: &mut Random, culture: &str) -> usize {
        let parts = &self.parts[culture];
        let person = if random.percent(HOMONYMS) && !self.all.is_empty() {
            self.all[random.below(self.all.len())].clone()
        } else {
            loop {
                let surname = format!("{}{}", random.of(&parts.first), random.of(&parts.last));
                let given = random.of(&parts.given).clone();
                if self.taken.insert(format!("{given} {surname}")) {
                    break Person { given, surname, by_given: culture == "indonesian" };
                }
            }
        };
        self.all.push(person);
        self.all.len() - 1
    }
}

impl CompanyParts {
    /// Different names, each a word and a sector.
    fn names(&self, random: &mut Random, count: usize, sectors: &[String]) -> Vec<String> {
        let most = self.first.len() * self.last.len() * sectors.len();
        let mut names = BTreeSet::new();
        let mut list = Vec::new();
        while list.len() < count.min(most / 2) {
            let name = format!("{}{} {}", random.of(&self.first), random.of(&self.last), random.of(sectors));
            if names.insert(name.clone()) {
                list.push(name);
            }
        }
        list
    }
}

impl AssociationParts {
    /// Associations, nearly all with an acronym of their own.
    fn all(&self, random: &mut Random, count: usize) -> Vec<Association> {
        let mut names = BTreeSet::new();
        let mut acronyms = BTreeSet::new();
        let mut list = Vec::new();
        while list.len() < count {
            let words = [&self.first, &self.second, &self.third, &self.last].map(|words| random.of(words).as_str());
            let acronym: String = words.iter().filter_map(|w| w.chars().next()).collect();
            let fresh = acronyms.insert(acronym.clone()) || random.percent(5);
            if fresh && names.insert(words) {
                list.push(Association { name: words.join(" "), acronym });
            }
        }
        list
    }
}
