//! A capital's name for the government that sits there: "Washington accused Beijing".

use super::cluster::{Cluster, merge};
use crate::analysis::Analysis;
use crate::language::Entry;
use crate::mention::Name;
use crate::record::EntityType;

/// Counts the capitals that act and are nowhere told of as places among the names of their countries.
pub(super) fn fold(analysis: &Analysis, names: &[Name], clusters: &mut [Cluster]) {
    for c in 0..clusters.len() {
        let Some(country) = country(analysis, names, &clusters[c]) else { continue };
        let key = format!("country:{country}");
        let same =
            (0..clusters.len()).find(|b| clusters[*b].merged.is_none() && clusters[*b].key.as_ref() == Some(&key));
        match same {
            Some(b) => merge(clusters, c, b),
            None => clusters[c].key = Some(key),
        }
    }
}

/// The country whose capital a cluster names as one who acts.
fn country<'a>(analysis: &'a Analysis, names: &[Name], cluster: &Cluster) -> Option<&'a str> {
    if cluster.merged.is_some() || cluster.votes.winner() != EntityType::Place || cluster.names.is_empty() {
        return None;
    }
    let code = |n: &usize| analysis.language.capital_of(analysis.words(names[*n].span));
    let country = code(&cluster.names[0])?;
    let manners: Vec<Manner> = cluster.names.iter().map(|n| manner(analysis, names, &names[*n])).collect();
    (manners.contains(&Manner::Acts)
        && !manners.contains(&Manner::Place)
        && cluster.names.iter().all(|n| code(n) == Some(country)))
    .then_some(country)
}

/// How a mention of a capital tells of it.
#[derive(PartialEq)]
enum Manner {
    /// As one who says or does something.
    Acts,
    /// As a place.
    Place,
    /// As either.
    Open,
}

fn manner(analysis: &Analysis, names: &[Name], name: &Name) -> Manner {
    let at = name.tokens.start;
    let sentence = &analysis.sentences[analysis.tokens[at].sentence];
    let is =
        |i: usize, wanted: &dyn Fn(&Entry) -> bool| sentence.contains(&i) && analysis.at(i, |e| wanted(e)).is_some();
    let inside = names
        .iter()
        .any(|n| n.tokens.len() > name.tokens.len() && n.tokens.start <= at && n.tokens.end >= name.tokens.end);
    let first = at == sentence.start;
    let dateline = first && analysis.tokens.get(name.tokens.end).is_some_and(|t| !t.is_word() || t.hyphenated);
    if inside || dateline || (!first && is(at - 1, &|e| *e == Entry::Locative)) {
        return Manner::Place;
    }
    let syntax = &analysis.syntax[analysis.tokens[at].sentence];
    let words = analysis.words_of(at);
    let Some(word) = syntax.words.get(words.start) else { return Manner::Open };
    let Some(head) = word.head.checked_sub(1) else { return Manner::Open };
    let told = |i: usize| is(i, &|e| matches!(e, Entry::Speech | Entry::SupportVerb | Entry::Frame(_)));
    let verb = analysis.tokens_of(analysis.tokens[at].sentence, head).any(told);
    let agent =
        word.deprel == "obl:agent" || (word.deprel.starts_with("obl") && !first && is(at - 1, &|e| *e == Entry::By));
    match word.deprel {
        "nsubj" if verb => Manner::Acts,
        _ if agent => Manner::Acts,
        _ => Manner::Open,
    }
}
