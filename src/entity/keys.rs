//! Keys that do not depend on the language, by which fusion knows the same thing again.

use crate::language::LanguageData;
use crate::record::{Entity, EntityType};
use unicode_normalization::UnicodeNormalization;

/// A name folded for comparison: no case, accents, marks or leading article.
pub fn fold(name: &str) -> String {
    let plain: String = name
        .nfkd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect();
    let spaced: String = plain
        .chars()
        .filter(|c| !matches!(c, '.' | '\'' | '’'))
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The keys of an entity, strongest first. `home` is the code of the article's main country.
pub(super) fn of(entity: &Entity, language: &LanguageData, home: Option<&str>) -> Vec<String> {
    let mut keys = entity.keys.clone();
    let folded: Vec<String> = entity.names.iter().map(|n| fold(n)).filter(|n| !n.is_empty()).collect();
    if matches!(entity.kind, EntityType::Organization | EntityType::GovernmentOrganization) {
        keys.extend(entity.names.iter().filter_map(|n| concept_key(n, entity.kind, language, home)));
    }
    let country = keys.iter().any(|k| k.starts_with("country:"));
    for name in folded.iter().filter(|_| !country) {
        let word_count = name.split(' ').count();
        match entity.kind {
            EntityType::Person if word_count == 1 && folded.iter().any(|n| n.contains(' ')) => {}
            EntityType::Person if word_count == 1 => keys.push(format!("surname:{name}")),
            _ => keys.push(format!("name:{name}")),
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    keys.retain(|k| seen.insert(k.clone()));
    keys
}

/// An institution's name word by word as concepts ("inst:commerce ministry@US"), if every word is one.
fn concept_key(name: &str, kind: EntityType, language: &LanguageData, home: Option<&str>) -> Option<String> {
    let (mut concepts, country, others) = language.concepts(name)?;
    if concepts.is_empty()
        || (concepts.len() == 1 && others.is_empty() && country.is_none() && kind != EntityType::GovernmentOrganization)
    {
        return None;
    }
    concepts.extend(others.iter().map(|w| format!("\"{w}\"")));
    concepts.sort();
    concepts.dedup();
    let place = match (&country, kind) {
        (Some(code), _) => format!("@{code}"),
        (None, EntityType::GovernmentOrganization) if others.is_empty() => format!("@{}", home?),
        _ => String::new(),
    };
    Some(format!("inst:{}{place}", concepts.join(" ")))
}
