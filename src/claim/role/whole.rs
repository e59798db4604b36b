//! What a role is of: "owner of Office Smith", "Kaspersky CEO", "président américain".

use super::{Item, Role, meaning};
use crate::analysis::syntax::Upos;
use crate::claim::argument::Arguments;
use crate::claim::tree::Tree;
use crate::entity::{Manner, Mention, Resolved};
use crate::language::files::Argument;
use crate::language::{Entry, Pronoun, Rule};
use crate::ontology::Ontology;
use crate::record::EntityType;
use std::ops::Range;

/// How many words may tell what a post is for.
const LONGEST_FIELD: usize = 6;

/// The thing that the role is "of".
pub(super) struct Whole {
    pub(super) mention: Mention,
    /// Whether it stands after the noun.
    pub(super) after: bool,
    /// The words between the noun and its joint ("of sales" in "head of sales at X"); none where they only
    /// introduce the name.
    pub(super) field: Option<Range<usize>>,
}

pub(super) fn organization(resolved: &Resolved, role: &Role) -> Option<Whole> {
    // "the German supplier X" supplies no country, "the German chancellor X" leads one.
    let titled = role.items.iter().any(|i| meaning(resolved, i).title);
    let fits = |w: &Whole| titled || w.mention.manner != Manner::Adjective;
    let before = || before(resolved, role).map(|mention| Whole { mention, after: false, field: None });
    after(resolved, role)
        .filter(fits)
        .or_else(|| by_pronoun(resolved, role))
        .or_else(|| by_kin(resolved, role))
        .or_else(|| before().filter(fits))
        .or_else(|| by_noun(resolved, role))
        .or_else(|| by_possessive(resolved, role))
}

pub(super) fn whole(resolved: &Resolved, mention: &Mention) -> bool {
    resolved.kind(mention) != EntityType::Person && mention.manner != Manner::Description
}

/// What a role may be of: a person only where the relation takes one ("wife of", "ally of").
fn can_be_of(resolved: &Resolved, role: &Role, mention: &Mention) -> bool {
    let person = resolved.kind(mention) == EntityType::Person && mention.manner != Manner::Description;
    whole(resolved, mention) || person && role.items.iter().all(|i| takes_person(resolved, i))
}

/// Whether a role noun that is no post can be of a person.
fn takes_person(resolved: &Resolved, item: &Item) -> bool {
    let meaning = meaning(resolved, item);
    let relation = meaning.relation.as_ref().and_then(|r| Ontology::get().relations.get(r));
    let side = relation.map(|r| if meaning.bearer == Argument::Subject { &r.range } else { &r.domain });
    !meaning.title && side.is_some_and(|types| types.is_empty() || types.contains(&EntityType::Person))
}

fn is_organization(resolved: &Resolved, mention: &Mention) -> bool {
    matches!(resolved.kind(mention), EntityType::Organization | EntityType::GovernmentOrganization)
}

/// "of Office Smith", "des Handelsministeriums", "président américain", "presiden Telkom", "of sales at Corvex".
fn after(resolved: &Resolved, role: &Role) -> Option<Whole> {
    let arguments = Arguments::new(resolved, role.tokens.start);
    let analysis = resolved.analysis;
    let end = past_bracket(resolved, role.tokens.end);
    let found = |mention: Mention, field| Some(Whole { mention, after: true, field });
    // "Direktur Operasional DNR": the name may be read with the post's last word.
    let around = |m: &&Mention| m.tokens.contains(&end) && m.tokens.start > role.tokens.start;
    let direct = resolved.starting(end).or_else(|| resolved.within(role.tokens.clone()).find(around));
    // "putra Presiden Yusuf Karim"
    let titled = || {
        let title = analysis.at(end, |e| matches!(e, Entry::Title(_) | Entry::Honorific))?;
        resolved.starting(end + title).filter(|_| is_kinship(resolved, role))
    };
    let direct = direct.or_else(titled).filter(|m| arguments.sentence.contains(&m.tokens.start));
    if let Some(mention) = direct {
        let adjective = mention.manner == Manner::Adjective && !analysis.tokens[end].is_capitalized();
        let kin = mention.manner == Manner::Name && is_kinship(resolved, role);
        let bare = analysis.language.bare_genitive && (whole(resolved, mention) || kin);
        // "Präsident Frankreichs"
        let country = |word: &str| analysis.language.gazetteer.country(word).is_some();
        let genitive =
            analysis.language.capital_nouns && analysis.words(mention.span).strip_suffix('s').is_some_and(country);
        if adjective || bare || genitive {
            return found(mention.clone(), None);
        }
    }
    // "président exécutif de X", "head of research at X": a few plain words before the joint.
    let of_first = arguments.is(end, |e| matches!(e, Entry::Of | Entry::GenitiveArticle));
    if let Some(whole) = past_qualifiers(resolved, role, &arguments, end).filter(|_| !of_first) {
        return Some(whole);
    }
    let reach = if of_first || begins_field(&arguments, end) { 9 } else { 2 };
    for joint in end..(end + reach).min(arguments.sentence.end) {
        let of = arguments.is(joint, |e| matches!(e, Entry::Of | Entry::GenitiveArticle));
        let place = of_first && joint > end && arguments.is(joint, |e| *e == Entry::Locative);
        if of || place {
            let field = Some(end..joint).filter(|f| of_first && !introduces(&arguments, f.clone()));
            let land = |m: &Mention| !place && resolved.kind(m) == EntityType::Place;
            let fits = |m: &Mention| field.is_none() && !place || is_organization(resolved, m) || land(m);
            if let Some(mention) = past_articles(resolved, role, &arguments, joint + 1).filter(fits) {
                if let Some(outer) = beyond(resolved, &arguments, &mention) {
                    let joint = outer.tokens.start - 1;
                    return found(outer, Some(end..joint));
                }
                // "of the province of X": a place has no parts that somebody else heads.
                let field = field.filter(|_| !land(&mention));
                return found(mention, field);
            }
        } else if !is_field_word(resolved, &arguments, joint) {
            return None;
        }
    }
    None
}

/// "direktur atletik LSU", "profesor hukum tata negara di X", "presiden baru Prancis": the name past what a post is for or
/// what it is like, where possessors follow bare.
fn past_qualifiers(resolved: &Resolved, role: &Role, arguments: &Arguments, end: usize) -> Option<Whole> {
    let analysis = resolved.analysis;
    let meaning = role.items.last().map(|i| meaning(resolved, i)).filter(|m| m.title && !m.plural)?;
    let tree = Tree::new(resolved, role.tokens.start);
    let tag = |i: usize| tree.head_of(i..i + 1).map(|word| tree.word(word).upos);
    let qualifies = |i: &usize| {
        is_field_word(resolved, arguments, *i)
            && matches!(tag(*i), Some(Upos::Noun | Upos::Adj))
            && !arguments.is(*i, |e| matches!(e, Entry::Definite | Entry::Of))
    };
    let reach = end..(end + LONGEST_FIELD).min(arguments.sentence.end);
    let past = reach.take_while(qualifies).last().filter(|_| analysis.language.bare_genitive)? + 1;
    let joint = past < arguments.sentence.end && arguments.is(past, |e| *e == Entry::Of);
    // "pemilik perusahaan pelayaran Sevmar": from there on what introduces the name.
    let introduced = (end..past).find(|i| arguments.is(*i, |e| matches!(e, Entry::Context(_) | Entry::Epithet(_))));
    let field = Some(end..introduced.unwrap_or(past)).filter(|f| f.clone().any(|i| tag(i) == Some(Upos::Noun)));
    let mention =
        resolved.starting(past + usize::from(joint)).filter(|m| arguments.sentence.contains(&m.tokens.start))?;
    let place = resolved.kind(mention) == EntityType::Place;
    let fits =
        mention.manner == Manner::Name && (is_organization(resolved, mention) || place && meaning.of_place && !joint);
    fits.then(|| Whole { mention: mention.clone(), after: true, field: field.filter(|_| !place) })
}

/// "adik Budi Santoso": whether a role is one of persons to persons. After an article, or with a possessive ending, its
/// bearer follows ("sang istri Sari", "istrinya Sari").
fn is_kinship(resolved: &Resolved, role: &Role) -> bool {
    let start = role.tokens.start;
    let article = start > 0 && resolved.analysis.at(start - 1, |e| *e == Entry::Article).is_some();
    let noun = &resolved.analysis.tokens[role.tokens.end - 1].lower;
    let possessed = resolved.analysis.language.enclitics.iter().any(|e| noun.ends_with(e.as_str()));
    !article && !possessed && is_kin(resolved, role)
}

/// Whether a role is one that only persons have, to persons.
fn is_kin(resolved: &Resolved, role: &Role) -> bool {
    use EntityType::{Organization, Person};
    let ontology = Ontology::get();
    let kinship = |relation: String| {
        ontology.allows(&relation, Person, Person)
            && !ontology.allows(&relation, Organization, Person)
            && !ontology.allows(&relation, Person, Organization)
    };
    role.items.iter().any(|item| meaning(resolved, item).relation.is_some_and(kinship))
}

/// Whether a word may stand in what a post is for: no verb, name, mark or foreign joint.
fn is_field_word(resolved: &Resolved, arguments: &Arguments, at: usize) -> bool {
    let analysis = resolved.analysis;
    let token = &analysis.tokens[at];
    // "gouverneur de la province du Kasaï"
    let place = |e: &Entry| matches!(e, Entry::Context(EntityType::Place) | Entry::Epithet(EntityType::Place));
    let of_place = arguments.is(at, place);
    let field = begins_field(arguments, at);
    let stops = |e: &Entry| match e {
        Entry::Conjunction | Entry::Speech | Entry::Copula | Entry::Relative => true,
        // By its form, not its lemma ("teratas" is no "atas").
        Entry::Preposition => token.lower == token.lemma && !arguments.is(at, |e| *e == Entry::Article) && !field,
        Entry::Frame(i) => !of_place && !matches!(analysis.language.frames[*i].rule, Rule::Noun(_)),
        _ => false,
    };
    token.is_word() && (!token.is_capitalized() || analysis.language.capital_nouns) && !arguments.is(at, stops)
}

/// "professeur en droit", "expert in tax law": whether a preposition joins a post to its field.
fn begins_field(arguments: &Arguments, at: usize) -> bool {
    let next = at + 1;
    let token = arguments.resolved.analysis.tokens.get(next).filter(|_| arguments.sentence.contains(&next));
    arguments.is(at, |e| *e == Entry::Locative)
        && token.is_some_and(|t| t.common && !t.is_capitalized())
        && !arguments.is(next, |e| matches!(e, Entry::Article | Entry::Context(_) | Entry::Epithet(_)))
}

/// Whether words only introduce the name after them ("of the province of").
fn introduces(arguments: &Arguments, mut words: Range<usize>) -> bool {
    words.all(|i| {
        arguments.is(i, |e| {
            matches!(
                e,
                Entry::Of
                    | Entry::Article
                    | Entry::GenitiveArticle
                    | Entry::Context(_)
                    | Entry::Epithet(_)
                    | Entry::Head(_)
            )
        })
    })
}

/// The mention after a joint: past articles and the nouns that introduce a name, or a noun that points back.
fn past_articles(resolved: &Resolved, role: &Role, arguments: &Arguments, from: usize) -> Option<Mention> {
    let analysis = resolved.analysis;
    let mut next = from;
    while next < from + 3 && arguments.is(next, |e| matches!(e, Entry::Article | Entry::GenitiveArticle | Entry::Of)) {
        next += 1;
    }
    // "of Germany's Solent AG"
    let origin = resolved.starting(next).filter(|m| resolved.kind(m) == EntityType::Place);
    if let Some(origin) = origin.filter(|m| resolved.genitive_mark(m.tokens.end) > 0) {
        next = origin.tokens.end + resolved.genitive_mark(origin.tokens.end);
    }
    let plain = |k: usize| {
        arguments.is(k, |e| matches!(e, Entry::Context(_) | Entry::Epithet(_)))
            || !analysis.tokens[k].is_capitalized()
                && analysis.tokens[k].is_word()
                && !arguments.is_verb(k)
                && !arguments.is(k, |e| {
                    matches!(
                        e,
                        Entry::Preposition | Entry::Conjunction | Entry::Copula | Entry::Speech | Entry::Relative
                    )
                })
    };
    let reach = next..(next + 4).min(arguments.sentence.end);
    let named = reach
        .into_iter()
        .find_map(|j| resolved.starting(j).filter(|m| can_be_of(resolved, role, m) && (next..j).all(plain)));
    named.map(|m| narrowed(resolved, m)).or_else(|| pointing_back(resolved, arguments, next))
}

/// "Platform Solutions for Ascom" taken for one name: the part after its joint, if that is a name of its own.
fn narrowed(resolved: &Resolved, mention: &Mention) -> Mention {
    let analysis = resolved.analysis;
    let joints = mention.tokens.clone().skip(1);
    let tail = joints.filter(|k| analysis.at(*k, |e| *e == Entry::Of).is_some()).find_map(|k| {
        let tokens = k + 1..mention.tokens.end;
        let words = (!tokens.is_empty()).then(|| analysis.words(analysis.span(tokens.clone())).to_owned())?;
        let named = |e: &crate::record::Entity| e.kind == EntityType::Organization && e.names.contains(&words);
        let entity = resolved.entities.iter().position(named).filter(|e| *e != mention.entity)?;
        Some(Mention { span: analysis.span(tokens.clone()), tokens, entity, manner: Manner::Name })
    });
    tail.unwrap_or_else(|| mention.clone())
}

/// "General Manager of Life Care Solutions at Corvex": the organisation beyond a name that stands nowhere else.
fn beyond(resolved: &Resolved, arguments: &Arguments, mention: &Mention) -> Option<Mention> {
    let joint = mention.tokens.end;
    let once = resolved.entities[mention.entity].mentions.len() == 1 && mention.manner == Manner::Name;
    let joins = arguments.is(joint, |e| *e == Entry::Locative) && arguments.is(joint, |e| *e == Entry::Of);
    let next = (joint + 1..joint + 3).find(|i| !arguments.is(*i, |e| *e == Entry::Article))?;
    (once && joins)
        .then(|| resolved.starting(next))
        .flatten()
        .filter(|m| is_organization(resolved, m) && arguments.sentence.contains(&m.tokens.start))
        .cloned()
}

/// "du groupe", "des Konzerns": a noun for the organisation last told of.
fn pointing_back(resolved: &Resolved, arguments: &Arguments, at: usize) -> Option<Mention> {
    let noun = |e: &Entry| *e == Entry::Epithet(EntityType::Organization);
    let length = resolved.analysis.at(at, noun).filter(|_| arguments.sentence.contains(&at))?;
    let end = at + length;
    if let Some(named) = arguments.after_comma(end).filter(|m| is_organization(resolved, m)) {
        return Some(named.clone());
    }
    let closed = end >= arguments.sentence.end
        || !resolved.analysis.tokens[end].is_word()
        || arguments.is(end, |e| matches!(e, Entry::Speech | Entry::Copula | Entry::Conjunction));
    let entity = closed.then(|| last_organization(resolved, at)).flatten()?.entity;
    Some(Mention { tokens: at..end, span: resolved.analysis.span(at..end), entity, manner: Manner::Epithet })
}

/// "a company spokesperson", "club captain Jane Roe": the noun before the role points to the one last told of.
fn by_noun(resolved: &Resolved, role: &Role) -> Option<Whole> {
    let at = role.tokens.start.checked_sub(1)?;
    let arguments = Arguments::new(resolved, role.tokens.start);
    let noun = arguments.is(at, |e| *e == Entry::Epithet(EntityType::Organization))
        && !resolved.analysis.language.capital_nouns
        && !resolved.analysis.language.bare_genitive
        && !resolved.analysis.tokens[at].is_capitalized();
    // "the disaster agency spokesman": told as one of its own.
    let tree = Tree::new(resolved, at);
    let told = at > arguments.sentence.start
        && tree.words_of(at - 1..at).any(|w| tree.word(w).upos == Upos::Noun && tree.relation(w) == "compound");
    let entity = (noun && !told).then(|| last_organization(resolved, at)).flatten()?.entity;
    let mention =
        Mention { tokens: at..at + 1, span: resolved.analysis.span(at..at + 1), entity, manner: Manner::Epithet };
    Some(Whole { mention, after: false, field: None })
}

/// "its chief executive", "its Danish rival", "whose owner": the pronoun before the role points to an organisation.
fn by_pronoun(resolved: &Resolved, role: &Role) -> Option<Whole> {
    let arguments = Arguments::new(resolved, role.tokens.start);
    let analysis = resolved.analysis;
    let lowest = role.tokens.start.saturating_sub(4).max(arguments.sentence.start);
    let possessive = |i: usize| {
        let pronouns = analysis.hits[i].iter().filter(|h| matches!(h.entry, Entry::Pronoun(_)));
        let mut pronouns = pronouns.map(|h| h.entry == Entry::Pronoun(Pronoun::Organization)).peekable();
        pronouns.peek().is_some() && pronouns.all(|organization| organization)
    };
    let plain = |i: usize| {
        let adjective = resolved.starting(i).is_some_and(|m| m.manner == Manner::Adjective);
        adjective || is_field_word(resolved, &arguments, i)
    };
    let at = (lowest..role.tokens.start).rev().find(|i| possessive(*i) || !plain(*i))?;
    let entity = match possessive(at) {
        true => resolved.possessor(at)?,
        // "Jinhe Energy, whose general manager"
        false => {
            let clause =
                at > lowest && arguments.is(at, |e| *e == Entry::Relative) && analysis.tokens[at - 1].lower == ",";
            let fits = |m: &&Mention| can_be_of(resolved, role, m) && resolved.kind(m) != EntityType::Place;
            clause.then(|| resolved.ending(at - 1)).flatten().filter(fits)?.entity
        }
    };
    let tokens = at..at + 1;
    let mention = Mention { span: analysis.span(tokens.clone()), tokens, entity, manner: Manner::Pronoun };
    Some(Whole { mention, after: false, field: None })
}

/// "Jane Roe et son mari", "X, sa femme Y et son fils": whose kin a possessive that may point to persons and to things
/// tells of.
fn by_kin(resolved: &Resolved, role: &Role) -> Option<Whole> {
    let arguments = Arguments::new(resolved, role.tokens.start);
    let subjects = &resolved.analysis.language.speech.subjects;
    let possessive = |i: usize| {
        arguments.is(i, |e| *e == Entry::Pronoun(Pronoun::Person))
            && !subjects.contains(&resolved.analysis.tokens[i].lower)
    };
    let lowest = role.tokens.start.saturating_sub(3).max(arguments.sentence.start);
    let at = (lowest..role.tokens.start).rev().find(|i| possessive(*i))?;
    let between = |i: usize| arguments.is(i, |e| *e == Entry::PastMark) || is_field_word(resolved, &arguments, i);
    if !is_kin(resolved, role) || !(at + 1..role.tokens.start).all(between) {
        return None;
    }
    // "the singer left her husband": of a subject without a name.
    let tree = Tree::new(resolved, role.tokens.start);
    let noun = tree.head_of(role.tokens.clone());
    let subject = noun.and_then(|noun| Some((noun, tree.subject(tree.parent(noun)?)?)));
    let unnamed = |(noun, subject): (usize, usize)| {
        subject != noun && tree.word(subject).upos == Upos::Noun && tree.fillers(subject).is_empty()
    };
    let told = || (!subject.is_some_and(unnamed)).then(|| resolved.person_told(at)).flatten();
    let entity = resolved.kin_beside(at).or_else(told)?;
    let mention =
        Mention { tokens: at..at + 1, span: resolved.analysis.span(at..at + 1), entity, manner: Manner::Pronoun };
    Some(Whole { mention, after: false, field: None })
}

/// "sa directrice générale", "son ancien patron": a possessive before a leader's, founder's or spokesman's post stands
/// for the organisation that the sentence, or the nearest before it that tells of anyone, begins with.
fn by_possessive(resolved: &Resolved, role: &Role) -> Option<Whole> {
    let arguments = Arguments::new(resolved, role.tokens.start);
    let post = |item: &Item| {
        let meaning = meaning(resolved, item);
        meaning.of_topic || meaning.title && meaning.relation.is_some_and(|r| r != "worksFor")
    };
    let possessive = |i: usize| {
        let subjects = &resolved.analysis.language.speech.subjects;
        arguments.is(i, |e| *e == Entry::Pronoun(Pronoun::Organization))
            && !subjects.contains(&resolved.analysis.tokens[i].lower)
    };
    let lowest = role.tokens.start.saturating_sub(2).max(arguments.sentence.start);
    let at = (lowest..role.tokens.start).rev().find(|i| possessive(*i))?;
    let between = |i: usize| arguments.is(i, |e| *e == Entry::PastMark) || resolved.analysis.tokens[i].common;
    if !role.items.iter().all(post) || !(at + 1..role.tokens.start).all(between) {
        return None;
    }
    let sentence = resolved.analysis.tokens[at].sentence;
    let first = (sentence.saturating_sub(2)..=sentence).rev().find_map(|s| {
        let range = resolved.analysis.sentences[s].clone();
        let acts = |m: &&Mention| resolved.kind(m) == EntityType::Person || is_organization(resolved, m);
        let told = |m: &&Mention| m.manner != Manner::Adjective && acts(m);
        resolved.within(range.start..range.end.min(at)).find(told)
    })?;
    let span = resolved.analysis.span(at..at + 1);
    let mention = Mention { tokens: at..at + 1, span, entity: first.entity, manner: Manner::Pronoun };
    is_organization(resolved, first).then_some(Whole { mention, after: false, field: None })
}

/// The one organisation that the sentence, or the nearest of the two before it that tells of any, tells of;
/// of several, the one that the article speaks of far more than of the others.
pub(in crate::claim) fn last_organization(resolved: &Resolved, at: usize) -> Option<Mention> {
    let sentence = resolved.analysis.tokens[at].sentence;
    (sentence.saturating_sub(2)..=sentence).rev().find_map(|s| {
        let range = resolved.analysis.sentences[s].clone();
        let told = |m: &&Mention| is_organization(resolved, m) && m.manner != Manner::Adjective;
        let mut found: Vec<&Mention> = resolved.within(range.start..range.end.min(at)).filter(told).collect();
        let times = |m: &Mention| resolved.entities[m.entity].mentions.len();
        found.sort_by_key(|m| (std::cmp::Reverse(times(m)), m.entity));
        found.dedup_by_key(|m| m.entity);
        match found[..] {
            [] => None,
            [only] => Some(Some(only.clone())),
            [main, next, ..] => Some((times(main) > 2 * times(next)).then(|| main.clone())),
        }
    })?
}

/// Past a short stretch in brackets at a token ("(CEO)", "(DEN)").
pub(super) fn past_bracket(resolved: &Resolved, at: usize) -> usize {
    let tokens = &resolved.analysis.tokens;
    let same = |i: usize| tokens.get(i).is_some_and(|t| t.sentence == tokens[at.saturating_sub(1)].sentence);
    if !same(at) || tokens[at].lower != "(" {
        return at;
    }
    (at + 1..at + 5).find(|i| same(*i) && tokens[*i].lower == ")").map_or(at, |i| i + 1)
}

/// "Kaspersky CEO", "Zielpunkt-Eigentümer", "WeWork's founder", "russischer Präsident".
fn before(resolved: &Resolved, role: &Role) -> Option<Mention> {
    if !resolved.analysis.language.owners_first {
        return None;
    }
    let arguments = Arguments::new(resolved, role.tokens.start);
    let lowest = role.tokens.start.saturating_sub(5).max(arguments.sentence.start);
    let mut at = role.tokens.start;
    while at > lowest {
        if let Some(mention) = resolved.ending(at).filter(|m| m.tokens.start >= arguments.sentence.start) {
            let adjacent = at == role.tokens.start || mention.manner == Manner::Adjective;
            let glued = !resolved.analysis.language.capital_nouns
                || resolved.analysis.tokens[at].hyphenated
                || is_genitive(resolved, mention)
                || mention.manner == Manner::Adjective;
            return (adjacent
                && glued
                && can_be_of(resolved, role, mention)
                && !resolved.analysis.language.bare_genitive)
                .then(|| mention.clone());
        }
        at -= 1;
        if arguments.is(at, |e| *e == Entry::GenitiveMark) {
            return resolved.ending(at).filter(|m| can_be_of(resolved, role, m)).cloned();
        }
        let token = &resolved.analysis.tokens[at];
        let plain = token.is_word()
            && !arguments.is(at, |e| {
                matches!(
                    e,
                    Entry::Preposition
                        | Entry::Conjunction
                        | Entry::Speech
                        | Entry::Article
                        | Entry::Copula
                        | Entry::PassiveAuxiliary
                )
            });
        if !plain || token.is_capitalized() && resolved.analysis.language.capital_nouns {
            return None;
        }
    }
    None
}

/// "Liverpools Torwart": a name in the genitive, before its noun.
fn is_genitive(resolved: &Resolved, mention: &Mention) -> bool {
    mention.manner == Manner::Name && resolved.analysis.tokens[mention.tokens.end - 1].lower.ends_with('s')
}
