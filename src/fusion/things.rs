//! The things that the sets of entities are: their type, labels and slugs.

use crate::entity::keys::fold;
use crate::language::{Language, LanguageData, country_authorities};
use crate::record::{ArticleRecord, EntityType};
use std::collections::{BTreeMap, BTreeSet};

/// One real thing with the article entities that are it.
#[derive(Debug, Clone)]
pub struct Thing {
    /// The end of its IRI.
    pub slug: String,
    /// Base type.
    pub kind: EntityType,
    /// Finer schema.org classes.
    pub finer: BTreeSet<String>,
    /// Preferred name by language code.
    pub labels: BTreeMap<&'static str, String>,
    /// Every other name seen, by language code.
    pub others: BTreeSet<(&'static str, String)>,
    /// What it is called by other authorities: IRIs that name the same thing.
    pub same_as: BTreeSet<String>,
    /// Article index and entity index.
    pub members: Vec<(usize, usize)>,
}

impl Thing {
    /// Whether the graph says the same of both, whoever their members are.
    pub fn is_named_as(&self, other: &Self) -> bool {
        let Self { slug, kind, finer, labels, others, same_as, members: _ } = self;
        *slug == other.slug
            && *kind == other.kind
            && *finer == other.finer
            && *labels == other.labels
            && *others == other.others
            && *same_as == other.same_as
    }
}

/// The thing that entities of articles are.
pub(super) fn thing(records: &[&ArticleRecord], members: Vec<(usize, usize)>) -> Thing {
    let entity = |(a, e): (usize, usize)| &records[a].entities[e];
    let mut kinds: BTreeMap<EntityType, usize> = BTreeMap::new();
    let mut finer = BTreeSet::new();
    let mut counts: BTreeMap<(&'static str, &str), (usize, usize)> = BTreeMap::new();
    let mut country = None;
    for member in &members {
        let one = entity(*member);
        *kinds.entry(one.kind).or_default() += one.mentions.len().max(1);
        finer.extend(one.finer.iter().cloned());
        country = country.or_else(|| one.keys.iter().find_map(|k| k.strip_prefix("country:")).map(str::to_owned));
        let language = records[member.0].document.language.code();
        for (rank, name) in one.names.iter().enumerate() {
            let count = counts.entry((language, name)).or_default();
            count.0 += usize::from(rank == 0);
            count.1 += 1;
        }
    }
    let kind = *kinds.iter().max_by_key(|(k, n)| (**n, std::cmp::Reverse(**k))).expect("a thing has members").0;
    let mut labels: BTreeMap<&'static str, String> = BTreeMap::new();
    for language in counts.keys().map(|k| k.0).collect::<BTreeSet<_>>() {
        let own = country.as_ref().and_then(|code| country_name(language, code));
        let best = counts
            .iter()
            .filter(|((l, _), _)| *l == language)
            .max_by_key(|((_, name), count)| (**count, std::cmp::Reverse(*name)));
        labels.insert(language, own.unwrap_or_else(|| best.expect("a language has names").0.1.to_owned()));
    }
    let others = counts
        .keys()
        .filter(|(l, n)| labels.get(l).is_none_or(|x| x != n))
        .map(|(l, n)| (*l, (*n).to_owned()))
        .collect();
    let slug = slug(&labels, country.as_deref());
    let same_as = country.iter().flat_map(|code| country_authorities(code)).collect();
    Thing { slug, kind, finer, labels, others, same_as, members }
}

fn country_name(language: &str, code: &str) -> Option<String> {
    let data = LanguageData::of(Language::from_code(language)?);
    data.country_names.get(code).cloned()
}

/// From the English name of a country, else the English label, else the first language's.
fn slug(labels: &BTreeMap<&'static str, String>, country: Option<&str>) -> String {
    let english = country.and_then(|c| country_name("en", c));
    let label = english
        .as_ref()
        .or_else(|| labels.get("en"))
        .or_else(|| labels.values().next())
        .map_or("thing", String::as_str);
    let slug = slug_of_name(label);
    if slug.is_empty() { "thing".to_owned() } else { slug }
}

/// The slug that a name gives.
pub(super) fn slug_of_name(name: &str) -> String {
    fold(name).replace(' ', "-")
}

/// Two things of one slug: the type is added, then a number drawn from their content.
pub(super) fn unique_slugs(records: &[&ArticleRecord], things: &mut [Thing]) {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    things.iter().for_each(|t| *count.entry(t.slug.clone()).or_default() += 1);
    for thing in things.iter_mut().filter(|t| count[&t.slug] > 1) {
        thing.slug = format!("{}-{}", thing.slug, format!("{:?}", thing.kind).to_lowercase());
    }
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    things.iter().for_each(|t| *count.entry(t.slug.clone()).or_default() += 1);
    for thing in things.iter_mut().filter(|t| count[&t.slug] > 1) {
        let (article, entity) = thing.members[0];
        thing.slug = format!("{}-{}-{entity}", thing.slug, &records[article].id()[..8]);
    }
}
