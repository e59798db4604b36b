//! Which names name the same thing within one article.

use super::{Manner, Mention, capital, keys};
use crate::analysis::{Analysis, Case};
use crate::language::Entry;
use crate::mention::{Name, Votes};
use crate::record::{Entity, EntityType};
use std::collections::{BTreeMap, BTreeSet};

/// How much must speak for a company that bears the surname of a person told of later.
const COMPANY: f32 = 4.0;

/// How often its name must stand alone.
const SEVERAL: usize = 3;

/// Names that are one thing.
pub(super) struct Cluster {
    pub(super) names: Vec<usize>,
    words: Vec<String>,
    pub(super) votes: Votes,
    pub(super) key: Option<String>,
    first: usize,
    pub(super) merged: Option<usize>,
}

impl Cluster {
    fn is_known(&self) -> bool {
        self.key.is_some()
    }
}

/// Entities and mentions of the names.
pub(super) fn cluster(analysis: &Analysis, names: &[Name]) -> (Vec<Entity>, Vec<Mention>) {
    let mut clusters = same_form(analysis, names);
    link_acronyms(analysis, names, &mut clusters);
    link_partial(analysis, names, &mut clusters);
    capital::fold(analysis, names, &mut clusters);
    build(analysis, names, &clusters)
}

/// The words of a name as they are compared: no case, no stops, no genitive mark.
fn words(analysis: &Analysis, name: &Name) -> Vec<String> {
    let tokens = &analysis.tokens[name.tokens.clone()];
    tokens.iter().filter(|t| t.is_word()).map(|t| t.lower.replace('.', "")).collect()
}

fn same_form(analysis: &Analysis, names: &[Name]) -> Vec<Cluster> {
    let mut by_form: BTreeMap<String, usize> = BTreeMap::new();
    let mut clusters: Vec<Cluster> = Vec::new();
    let last_words: BTreeSet<String> =
        names.iter().filter(|n| !n.institution).filter_map(|n| words(analysis, n).pop()).collect();
    // Known names by each of their forms, so that an unknown mention of the same form joins them.
    let mut known_forms: BTreeMap<String, String> = BTreeMap::new();
    for name in names.iter().filter(|n| !n.institution) {
        if let Some(known) = name.known.as_ref().filter(|k| !k.adjective) {
            known_forms.entry(words(analysis, name).join(" ")).or_insert_with(|| known.key.clone());
        }
    }
    for (i, name) in names.iter().enumerate() {
        let mut words = words(analysis, name);
        if analysis.language.capital_nouns && name.known.is_none() {
            without_genitive(&mut words, &last_words);
        }
        let form = words.join(" ");
        let key = name.known.as_ref().map(|k| k.key.clone()).or_else(|| known_forms.get(&form).cloned());
        let form = key.clone().unwrap_or(form);
        let at = *by_form.entry(form).or_insert_with(|| {
            clusters.push(Cluster {
                names: vec![],
                words: words.clone(),
                votes: Votes::default(),
                key,
                first: i,
                merged: None,
            });
            clusters.len() - 1
        });
        clusters[at].names.push(i);
        clusters[at].votes.merge(&name.votes);
    }
    clusters
}

/// Takes a German genitive s off a name whose last word stands without it elsewhere.
fn without_genitive(words: &mut [String], last_words: &BTreeSet<String>) {
    let Some(last) = words.last_mut() else { return };
    for ending in ["s", "es"] {
        if let Some(base) = last.strip_suffix(ending).filter(|b| b.chars().count() > 2 && last_words.contains(*b)) {
            *last = base.to_owned();
            return;
        }
    }
}

/// Makes two clusters one.
pub(super) fn merge(clusters: &mut [Cluster], from: usize, into: usize) {
    let votes = clusters[from].votes;
    let moved = std::mem::take(&mut clusters[from].names);
    clusters[into].names.extend(moved);
    // "Fleetwood" after "Tommy Fleetwood" is no town.
    let kind = clusters[into].votes.winner();
    let person = (kind == EntityType::Person && votes.winner() != kind)
        || (kind == EntityType::Organization && votes.winner() == EntityType::Place);
    if person {
        clusters[into].votes.add(kind, votes.of(kind));
    } else {
        clusters[into].votes.merge(&votes);
    }
    clusters[into].first = clusters[into].first.min(clusters[from].first);
    if clusters[into].key.is_none() && !person {
        clusters[into].key = clusters[from].key.clone();
    }
    clusters[from].merged = Some(into);
}

/// "Bureau of Industry and Security (BIS)", and acronyms that spell a name's capitals.
fn link_acronyms(analysis: &Analysis, names: &[Name], clusters: &mut [Cluster]) {
    for a in 0..clusters.len() {
        let Some(first) = clusters[a].names.first().map(|n| &names[*n]) else { continue };
        let upper = first.tokens.len() == 1
            && analysis.tokens[first.tokens.start].case != Case::Title
            && first.span.end - first.span.start <= 8;
        if !upper || clusters[a].words.len() != 1 || clusters[a].merged.is_some() {
            continue;
        }
        let found = (0..clusters.len()).find(|b| {
            *b != a && clusters[*b].merged.is_none() && stands_for(analysis, names, &clusters[a], &clusters[*b])
        });
        if let Some(b) = found {
            // "International Creatives Exchange (ICE)" is not the ICE that is known.
            if clusters[b].key.is_none() && bracketed(analysis, names, &clusters[a], &clusters[b]) {
                clusters[a].key = None;
                clusters[a].votes = Votes::default();
            }
            merge(clusters, a, b);
        }
    }
}

fn stands_for(analysis: &Analysis, names: &[Name], short: &Cluster, long: &Cluster) -> bool {
    if long.votes.winner() == EntityType::Person {
        return long.words.len() > 1
            && !short.is_known()
            && bracketed(analysis, names, short, long)
            && spells(analysis, names, short, long);
    }
    if long.words.len() < 2 || (long.is_known() && short.is_known() && long.key != short.key) {
        return false;
    }
    if short.key.as_ref().is_some_and(|k| k.starts_with("country:")) {
        return false;
    }
    spells(analysis, names, short, long) || bracketed(analysis, names, short, long)
}

/// Whether a short name is made of the initials of a long one.
fn spells(analysis: &Analysis, names: &[Name], short: &Cluster, long: &Cluster) -> bool {
    let initials = |all: bool| -> String {
        let tokens = &analysis.tokens[names[long.names[0]].tokens.clone()];
        tokens
            .iter()
            .filter(|t| all || t.is_capitalized())
            .filter_map(|t| t.lower.chars().next())
            .filter(|c| c.is_alphabetic())
            .collect()
    };
    short.words[0].len() >= 2 && (initials(false) == short.words[0] || initials(true) == short.words[0])
}

/// Whether a short name stands in brackets right after a long one.
fn bracketed(analysis: &Analysis, names: &[Name], short: &Cluster, long: &Cluster) -> bool {
    let acronym = &names[short.names[0]];
    long.names.iter().any(|n| {
        let end = names[*n].tokens.end;
        acronym.tokens.start == end + 1
            && analysis.tokens[end].lower == "("
            && analysis.tokens.get(acronym.tokens.end).is_some_and(|t| t.lower == ")")
    })
}

/// Surnames, short names of organisations, names without their country.
fn link_partial(analysis: &Analysis, names: &[Name], clusters: &mut [Cluster]) {
    let mut order: Vec<usize> = (0..clusters.len()).collect();
    order.sort_by_key(|i| clusters[*i].words.len());
    for a in order {
        if clusters[a].merged.is_some() || clusters[a].names.is_empty() {
            continue;
        }
        let candidates: Vec<usize> = (0..clusters.len())
            .filter(|b| {
                *b != a && clusters[*b].merged.is_none() && is_short_for(analysis, names, &clusters[a], &clusters[*b])
            })
            .collect();
        let before =
            candidates.iter().filter(|b| clusters[**b].first <= clusters[a].first).max_by_key(|b| clusters[**b].first);
        // Several fuller names, all told later: the short one is none of them ("X" beside "X Labs" and "X Group").
        let several = candidates.len() > 1 && clusters[a].votes.winner() != EntityType::Person;
        if let Some(b) = before.or(candidates.first().filter(|_| !several)) {
            merge(clusters, a, *b);
        }
    }
}

/// "Meridian" after "Meridian Press": the town's name as a company's, where nothing is said to be there.
fn is_namesake(analysis: &Analysis, names: &[Name], short: &Cluster, long: &Cluster) -> bool {
    let local = |n: &usize| {
        let start = names[*n].tokens.start;
        let sentence = analysis.sentences[analysis.tokens[start].sentence].clone();
        let wanted = |e: &Entry| matches!(e, Entry::Locative | Entry::Context(EntityType::Place));
        let before = (start.saturating_sub(2).max(sentence.start)..start).any(|i| analysis.at(i, wanted).is_some());
        before || analysis.tokens.get(names[*n].tokens.end).is_some_and(|t| t.lower == ",")
    };
    let town = short.names.iter().all(|n| names[*n].known.as_ref().is_some_and(|k| k.finer == Some("City")));
    town && long.first < short.first
        && !long.is_known()
        && long.words.len() > 1
        && long.words.starts_with(&short.words)
        && !short.names.iter().any(local)
}

fn is_short_for(analysis: &Analysis, names: &[Name], short: &Cluster, long: &Cluster) -> bool {
    use EntityType::*;
    if long.words.len() <= short.words.len() || short.words.is_empty() {
        return false;
    }
    let (a, b) = (short.votes.winner(), long.votes.winner());
    let suffix = long.words.ends_with(&short.words);
    // "Wijaya" for "PT Wijaya Karya": a form before the name is left out.
    let form = usize::from(b != Person && analysis.language.is_company_form(&long.words[0]));
    let prefix = long.words.starts_with(&short.words) || long.words[form..].starts_with(&short.words);
    let place = short.is_known() && a == Place || short.key.as_ref().is_some_and(|k| k.starts_with("place:"));
    if b == Person {
        // "Makedonia" is no short name of a person called "Slavia Makedonia".
        let country = short.key.as_ref().is_some_and(|k| k.starts_with("country:"));
        let gazetteer = &analysis.language.gazetteer;
        let person = |w: &String| gazetteer.is_given(w, true) || gazetteer.is_surname(w);
        let named = || short.words.iter().any(|w| person(&crate::language::capitalize(w)));
        if country && !named() {
            return false;
        }
        // "Schneider" before its owner "Karl Schneider" is named: "Schneider-Aktie", "bei Schneider".
        if short.first < long.first && short.votes.of(Organization) >= COMPANY && short.names.len() >= SEVERAL {
            return false;
        }
        // "Ford" of "Christine Blasey Ford" is no car maker, unless the company was named first.
        let family = suffix && long.first < short.first && long.votes.of(Person) >= 4.0;
        let other = short.is_known() && a != Person && !place && !family;
        let strong_place = place && short.votes.of(Person) < 1.0 && short.names.len() == 1 && !suffix;
        return !other && !strong_place && (suffix || (prefix && short.words.len() == 1)) && (!place || suffix);
    }
    // "Liverpool" for "FC Liverpool": the club that bears the town's name.
    if place && b == Organization && !short.key.as_ref().is_some_and(|k| k.starts_with("country:")) {
        let rest: Vec<&String> = long.words.iter().filter(|w| !short.words.contains(w)).collect();
        let sign = rest.iter().all(|w| w.len() <= 3 && analysis.language.head(&w.to_uppercase()) == Some(Organization));
        let club = (suffix || prefix) && sign && !rest.is_empty();
        return club || is_namesake(analysis, names, short, long);
    }
    // "Rosa" after "Hurricane Rosa"
    if b == Event && suffix && long.first < short.first && !short.is_known() && short.votes.of(Person) < 3.0 {
        return true;
    }
    if place
        || !matches!(b, Organization | GovernmentOrganization)
        || matches!(a, Person if short.is_known() || short.votes.of(Person) > 6.0)
    {
        return false;
    }
    if long.is_known() && short.is_known() && long.key != short.key {
        return false;
    }
    if prefix {
        let form = long.words.iter().filter(|w| !short.words.contains(w)).all(|w| is_form(analysis, w));
        let plain = [Person, Place, Product, Work, Event].iter().all(|kind| short.votes.of(*kind) <= 1.0);
        let spoken = plain || short.votes.of(Organization) >= 1.0;
        // "Danone" is not "Danone Indonesia".
        let subsidiary = long.words.len() == short.words.len() + 1;
        let country = subsidiary && long.words.last().is_some_and(|w| is_country(analysis, w));
        return form || (spoken && !country && long.first <= short.first && !short.is_known());
    }
    // "the Hawks" after "Memphis Hawks"
    let nickname = short.words.len() == 1
        && long.first < short.first
        && !short.is_known()
        && analysis.language.head(&crate::language::capitalize(&short.words[0])) == Some(Organization);
    let one_more = long.words.len() == short.words.len() + 1;
    // "Imipas" of "Menteri Imipas" beside "Kementerian Imipas"
    let head = || analysis.language.head(&crate::language::capitalize(&long.words[0]));
    let field = analysis.language.bare_genitive && !short.is_known() && head() == Some(GovernmentOrganization);
    suffix && (one_more && (short.words.len() > 1 || field) || nickname)
}

fn is_country(analysis: &Analysis, word: &str) -> bool {
    analysis.language.gazetteer.country(&crate::language::capitalize(word)).is_some()
}

/// A word that a short form of a company's name leaves out.
fn is_form(analysis: &Analysis, word: &str) -> bool {
    let capital = crate::language::capitalize(word);
    analysis.language.head(&capital).is_some() || analysis.language.is_company_form(word) || word.len() <= 3
}

fn build(analysis: &Analysis, names: &[Name], clusters: &[Cluster]) -> (Vec<Entity>, Vec<Mention>) {
    let mut order: Vec<usize> =
        (0..clusters.len()).filter(|i| clusters[*i].merged.is_none() && !clusters[*i].names.is_empty()).collect();
    order.sort_by_key(|i| clusters[*i].first);
    let mut entities = Vec::new();
    let mut mentions = Vec::new();
    for i in order {
        let cluster = &clusters[i];
        let index = entities.len();
        entities.push(entity(analysis, names, cluster));
        for n in &cluster.names {
            let name = &names[*n];
            let adjective = name.known.as_ref().is_some_and(|k| k.adjective);
            let manner = if adjective { Manner::Adjective } else { Manner::Name };
            mentions.push(Mention { tokens: name.tokens.clone(), span: name.span, entity: index, manner });
        }
    }
    mentions.sort_by_key(|m| (m.tokens.start, std::cmp::Reverse(m.tokens.end)));
    let language = analysis.language;
    let home = home_country(&entities);
    for entity in &mut entities {
        entity.keys = keys::of(entity, language, home.as_deref());
    }
    (entities, mentions)
}

/// The country that the article mentions most; an institution named without one is taken for its own.
fn home_country(entities: &[Entity]) -> Option<String> {
    let countries = entities
        .iter()
        .filter_map(|e| Some((e.mentions.len(), e.keys.iter().find_map(|k| k.strip_prefix("country:"))?)));
    countries.max_by_key(|(n, code)| (*n, std::cmp::Reverse(code.to_string()))).map(|(_, code)| code.to_owned())
}

fn entity(analysis: &Analysis, names: &[Name], cluster: &Cluster) -> Entity {
    let mut spans: Vec<_> = cluster.names.iter().map(|n| names[*n].span).collect();
    spans.sort();
    spans.dedup();
    let mut forms: Vec<(bool, usize, String)> = Vec::new();
    for (i, n) in cluster.names.iter().enumerate() {
        let form = analysis.words(names[*n].span).split_whitespace().collect::<Vec<_>>().join(" ");
        let adjective = names[*n].known.as_ref().is_some_and(|k| k.adjective);
        if forms.iter().all(|(_, _, f)| *f != form) {
            forms.push((adjective, i, form));
        }
    }
    // The fullest name first, then in the order of the text; adjectives last. A longer form of an organisation
    // that stands once beside a usual shorter one is rather a name with a stray word.
    let times = |form: &str| {
        cluster.names.iter().filter(|n| analysis.words(names[**n].span).split_whitespace().eq(form.split(' '))).count()
    };
    let usual = forms.iter().map(|(_, _, form)| times(form)).max().unwrap_or(0) >= 3;
    let organization = !matches!(cluster.votes.winner(), EntityType::Person | EntityType::Place);
    let stray: Vec<bool> = forms.iter().map(|(_, _, form)| organization && usual && times(form) == 1).collect();
    let mut ranked: Vec<(bool, (bool, usize, String))> = stray.into_iter().zip(forms).collect();
    ranked.sort_by_key(|(stray, (adjective, i, form))| {
        (*adjective, *stray, std::cmp::Reverse(form.split(' ').count()), *i)
    });
    let forms: Vec<(bool, usize, String)> = ranked.into_iter().map(|(_, form)| form).collect();
    let known =
        cluster.names.iter().filter_map(|n| names[*n].known.as_ref()).find(|k| Some(&k.key) == cluster.key.as_ref());
    let kind = cluster.votes.winner();
    let finer = known.filter(|k| k.kind == kind).and_then(|k| k.finer).map(str::to_owned);
    Entity {
        kind,
        finer: finer.into_iter().collect(),
        names: forms.into_iter().map(|f| f.2).collect(),
        unnamed: false,
        keys: cluster.key.clone().into_iter().collect(),
        mentions: spans,
    }
}
