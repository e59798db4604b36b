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
    let organization = matches!(entity.kind, EntityType::Organization | EntityType::GovernmentOrganization);
    let country = keys.iter().any(|k| k.starts_with("country:"));
    let several = entity.names.iter().any(|n| fold(n).contains(' '));
    for name in &entity.names {
        let folded = fold(name);
        let institution = if organization { Institution::of(name, language) } else { None };
        keys.extend(institution.as_ref().and_then(|i| i.key(entity.kind, home)));
        let general = institution.as_ref().is_some_and(|i| i.is_general(entity.kind));
        match entity.kind {
            _ if folded.is_empty() || country => {}
            EntityType::Person if several && !folded.contains(' ') => {}
            EntityType::Person if !folded.contains(' ') => keys.push(format!("surname:{folded}")),
            // "Supreme Court" is another one in every country.
            _ if general => keys.push(match (home, institution) {
                (None, Some(institution)) => format!("vague:{}", institution.concepts.join(" ")),
                (home, _) => format!("name:{folded}@{}", home.unwrap_or_default()),
            }),
            _ if organization => {
                let bare = without_legal_form(&folded, language);
                // Brands that are genitives lose the ending in other languages ("Moody's", "Moody").
                let brand = name.strip_suffix("'s").or_else(|| name.strip_suffix("’s")).map(fold);
                keys.push(format!("name:{folded}"));
                keys.extend(bare.into_iter().chain(brand).map(|name| format!("name:{name}")));
            }
            EntityType::Place => {
                // "Stadion Etihad", "Etihad Stadium", "Virginia Barat", "West Virginia": in the words of no language.
                let words = Institution::of(name, language).filter(|i| !i.others.is_empty());
                keys.push(format!("name:{folded}"));
                keys.extend(words.map(|i| format!("name:{}", i.concepts.join("+"))));
            }
            _ => keys.push(format!("name:{folded}")),
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    keys.retain(|k| seen.insert(k.clone()));
    keys
}

/// A folded name without the legal form at its end or its beginning; `None` if it has none.
fn without_legal_form(folded: &str, language: &LanguageData) -> Option<String> {
    let words: Vec<&str> = folded.split(' ').collect();
    let is_form = |word: &&&str| language.is_company_form(word);
    let before = words.iter().take_while(is_form).count();
    let after = words.iter().rev().take_while(is_form).count();
    let rest = words.get(before..words.len().saturating_sub(after)).filter(|rest| rest.len() < words.len())?;
    let rest = rest.join(" ");
    (rest.chars().count() > 2).then_some(rest)
}

/// A name whose words tell an institution.
struct Institution {
    concepts: Vec<String>,
    country: Option<String>,
    others: Vec<String>,
}

impl Institution {
    /// Reads a name word by word; `None` if no word of it is one of institutions' names.
    fn of(name: &str, language: &LanguageData) -> Option<Self> {
        let (mut concepts, country, others) = language.concepts(name)?;
        concepts.extend(others.iter().map(|w| format!("\"{w}\"")));
        concepts.sort();
        concepts.dedup();
        Some(Self { concepts, country, others })
    }

    /// Whether many countries have one of the name.
    fn is_general(&self, kind: EntityType) -> bool {
        kind == EntityType::GovernmentOrganization && self.others.is_empty() && self.country.is_none()
    }

    /// The institution in the words of no language ("inst:commerce ministry@US").
    fn key(&self, kind: EntityType, home: Option<&str>) -> Option<String> {
        let bare = self.concepts.len() == 1 && self.others.is_empty() && self.country.is_none();
        if bare && kind != EntityType::GovernmentOrganization {
            return None;
        }
        let place = match &self.country {
            Some(code) => format!("@{code}"),
            None if self.is_general(kind) => format!("@{}", home?),
            None => String::new(),
        };
        Some(format!("inst:{}{place}", self.concepts.join(" ")))
    }
}
