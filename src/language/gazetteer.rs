//! Known names of a language: countries, places, people's names, and what all languages know.

use super::data::capitalize;
use super::files;
use super::names::{Gazetteer, Known};
use super::read::{DataError, lines, parse, text};
use crate::record::EntityType;
use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

/// Where the Publications Office of the European Union lists countries by their ISO 3166 codes of three letters.
const PUBLICATIONS_OFFICE: &str = "http://publications.europa.eu/resource/authority/country/";

/// Where Wikidata's items are.
const WIKIDATA: &str = "http://www.wikidata.org/entity/";

pub(super) fn known(kind: EntityType, finer: Option<&'static str>, key: String) -> Known {
    Known { kind, finer, key, adjective: false, doubtful: false }
}

pub(super) fn gazetteer(code: &str) -> Result<Gazetteer, DataError> {
    let mut gazetteer = Gazetteer::default();
    add_countries(&mut gazetteer, code, true)?;
    add_places(&mut gazetteer, code)?;
    add_common(&mut gazetteer)?;
    if code != "en" {
        add_countries(&mut gazetteer, "en", false)?;
    }
    Ok(gazetteer)
}

pub(super) fn country_names(code: &str) -> Result<BTreeMap<String, String>, DataError> {
    let countries: BTreeMap<String, files::Country> = parse(&format!("{code}/countries.toml"))?;
    Ok(countries.into_iter().map(|(iso, c)| (iso, c.names[0].clone())).collect())
}

/// The capitals in this language with the codes of their countries.
pub(super) fn capitals(code: &str) -> Result<HashMap<String, String>, DataError> {
    let countries: BTreeMap<String, files::Country> = parse(&format!("{code}/countries.toml"))?;
    Ok(countries.into_iter().flat_map(|(iso, c)| c.capital.into_iter().map(move |n| (n, iso.clone()))).collect())
}

fn add_countries(gazetteer: &mut Gazetteer, code: &str, own: bool) -> Result<(), DataError> {
    let countries: BTreeMap<String, files::Country> = parse(&format!("{code}/countries.toml"))?;
    for (iso, country) in &countries {
        let key = format!("country:{iso}");
        let (kind, finer) =
            if iso == "EU" { (EntityType::GovernmentOrganization, None) } else { (EntityType::Place, Some("Country")) };
        for name in &country.names {
            gazetteer.add(name, known(kind, finer, key.clone()));
        }
        if own {
            for adjective in &country.adjectives {
                gazetteer.add(adjective, Known { adjective: true, ..known(kind, finer, key.clone()) });
                let capital = capitalize(adjective);
                gazetteer.add(&capital, Known { adjective: true, ..known(kind, finer, key.clone()) });
            }
        }
    }
    Ok(())
}

fn add_places(gazetteer: &mut Gazetteer, code: &str) -> Result<(), DataError> {
    let places: files::Places = parse(&format!("{code}/places.toml"))?;
    for (name, english) in &places.exonyms {
        gazetteer.add(name, known(EntityType::Place, None, format!("place:{english}")));
    }
    for name in &places.names {
        gazetteer.add(name, known(EntityType::Place, None, format!("place:{name}")));
    }
    for (name, adjectives) in &places.adjectives {
        let english = places.exonyms.get(name).unwrap_or(name);
        let of = Known { adjective: true, ..known(EntityType::Place, None, format!("place:{english}")) };
        for adjective in adjectives {
            gazetteer.add(adjective, of.clone());
            gazetteer.add(&capitalize(adjective), of.clone());
        }
    }
    Ok(())
}

/// The names that all languages share; missing files add nothing.
fn add_common(gazetteer: &mut Gazetteer) -> Result<(), DataError> {
    for (path, doubtful) in [("common/known.toml", false), ("common/known_ambiguous.toml", true)] {
        if text(path).is_none() {
            continue;
        }
        let table: BTreeMap<EntityType, BTreeMap<String, Vec<String>>> = parse(path)?;
        for (kind, entries) in &table {
            for (name, others) in entries {
                let key = if *kind == EntityType::Place { format!("place:{name}") } else { format!("known:{name}") };
                for form in std::iter::once(name).chain(others) {
                    gazetteer.add(form, Known { doubtful, ..known(*kind, None, key.clone()) });
                }
            }
        }
    }
    for line in text("common/cities.tsv").unwrap_or_default().lines().filter(|l| !l.starts_with('#')) {
        let mut fields = line.split('\t');
        let name = fields.next().unwrap_or_default();
        let doubtful = fields.nth(2).is_some_and(|f| f.contains('?'));
        gazetteer.add(name, Known { doubtful, ..known(EntityType::Place, Some("City"), format!("place:{name}")) });
    }
    lines("common/given_names.txt").for_each(|l| gazetteer.add_given(l));
    lines("common/surnames.txt").for_each(|l| gazetteer.add_surname(l));
    Ok(())
}

/// IRIs of a country by other authorities: Wikidata, and the Publications Office of the European Union.
pub fn country_authorities(code: &str) -> Vec<String> {
    static ROWS: OnceLock<HashMap<&'static str, (&'static str, &'static str)>> = OnceLock::new();
    let rows = ROWS.get_or_init(|| {
        let rows = lines("common/countries.tsv").map(|line| line.splitn(3, '\t').collect::<Vec<_>>());
        rows.filter_map(|row| Some((*row.first()?, (*row.get(1)?, row.get(2).copied().unwrap_or_default())))).collect()
    });
    let Some((alpha3, item)) = rows.get(code) else { return Vec::new() };
    let office = (!alpha3.is_empty()).then(|| format!("{PUBLICATIONS_OFFICE}{alpha3}"));
    let wikidata = (!item.is_empty()).then(|| format!("{WIKIDATA}{item}"));
    office.into_iter().chain(wikidata).collect()
}

/// The code of the country that a city lies in; of several cities of one name, the largest.
pub fn country_of_city(name: &str) -> Option<&'static str> {
    static COUNTRIES: OnceLock<HashMap<&'static str, &'static str>> = OnceLock::new();
    let countries = COUNTRIES.get_or_init(|| {
        let rows = lines("common/cities.tsv").filter_map(|line| line.split_once('\t'));
        let rows = rows.filter_map(|(name, rest)| Some((name, rest.split('\t').next()?)));
        // Cities stand in the order of their size.
        rows.collect::<Vec<_>>().into_iter().rev().collect()
    });
    countries.get(name).copied()
}
