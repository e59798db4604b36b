//! Loading and checking a language's data files.

use super::concepts::concepts;
use super::files::{self, Grammar, Names, Speech, Titles};
use super::frames::{Frame, Rule};
use super::gazetteer::{capitals, country_names, gazetteer, known};
use super::lemmas::Lemmas;
use super::lexicon::{Entry, Lexicon, Pronoun};
use super::multiword::Multiword;
use super::names::Gazetteer;
use super::read::{DataError, lemmas, lines, parse, relation_files, text};
use super::{Calibration, Language};
use crate::record::EntityType;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::OnceLock;

/// One language's data, ready for use.
pub struct LanguageData {
    /// Which language.
    pub language: Language,
    /// All phrases.
    pub lexicon: Lexicon,
    /// What the rules' certainty is worth.
    pub calibration: Calibration,
    /// Known names.
    pub gazetteer: Gazetteer,
    /// Posts and offices; [`Entry::Title`] points here.
    pub titles: Vec<files::Title>,
    /// Currency codes; [`Entry::Currency`] points here.
    pub currencies: Vec<String>,
    /// Compiled relation files; [`Entry::Frame`] points here.
    pub frames: Vec<Frame>,
    /// `numbers.toml`
    pub numbers: files::Numbers,
    /// `dates.toml`
    pub dates: files::Dates,
    /// `speech.toml`
    pub speech: Speech,
    /// `multiword.toml`
    pub multiword: Multiword,
    /// Endings that are words of their own (-nya), taken off to find a lemma.
    pub enclitics: Vec<String>,
    /// A verb's beginning that makes it passive.
    pub passive_prefix: Option<String>,
    /// Pronouns of reflexive verbs.
    pub reflexives: Vec<String>,
    /// Whether a number with a full stop is an ordinal ("20. Juli").
    pub ordinal_stop: bool,
    /// Whether common nouns are capitalised.
    pub capital_nouns: bool,
    /// Whether possessors follow their noun without a preposition.
    pub bare_genitive: bool,
    /// Whether what somebody's post is of may stand right before it ("Kaspersky CEO").
    pub owners_first: bool,
    /// Parties that one letter in brackets after a name stands for.
    pub party_letters: BTreeMap<String, String>,
    /// Names of the states in this language, by ISO 3166 code.
    pub country_names: BTreeMap<String, String>,
    capitals: HashMap<String, String>,
    progressive: Vec<String>,
    says_as: Vec<String>,
    parties: HashSet<&'static str>,
    particles: HashSet<String>,
    genitive_prepositions: Vec<String>,
    verb_forms: BTreeMap<String, Vec<String>>,
    genitive_articles: Vec<String>,
    addressing: Vec<String>,
    lemmas: Lemmas,
    words: HashSet<&'static str>,
    noun_endings: Vec<String>,
    english: Option<Lemmas>,
    /// Whether names of institutions go on in lower case ("Cour suprême").
    pub lower_names: bool,
    /// Whether persons are called by their first name alone.
    pub first_names: bool,
    generic: HashSet<String>,
    sport: HashSet<String>,
    no_team: HashSet<String>,
    abbreviations: HashSet<String>,
    company_forms: HashSet<String>,
    pub(super) concepts: HashMap<String, String>,
    posts: HashMap<String, usize>,
    genitive_endings: Vec<String>,
    sounds: Vec<[String; 2]>,
    heads: HashMap<String, EntityType>,
    /// The same in lower case.
    lower_heads: HashMap<String, EntityType>,
}

impl LanguageData {
    /// The data of a language, loaded on first use.
    ///
    /// # Panics
    /// If the files built into the program are faulty; a test loads all of them.
    pub fn of(language: Language) -> &'static LanguageData {
        static LOADED: [OnceLock<LanguageData>; 4] = [const { OnceLock::new() }; 4];
        LOADED[language as usize].get_or_init(|| Self::load(language).unwrap_or_else(|e| panic!("{e}")))
    }

    /// Loads and checks a language's files.
    ///
    /// # Errors
    /// Names the file and what is wrong with it.
    pub fn load(language: Language) -> Result<Self, DataError> {
        let code = language.code();
        let read = |name: &str| format!("{code}/{name}");
        let mut grammar: Grammar = parse(&read("grammar.toml"))?;
        grammar.company_forms.extend(lines("common/legal_forms.txt").map(str::to_owned));
        let names: Names = parse(&read("names.toml"))?;
        let titles: Titles = parse(&read("titles.toml"))?;
        let speech: Speech = parse(&read("speech.toml"))?;
        let numbers: files::Numbers = parse(&read("numbers.toml"))?;
        let dates: files::Dates = parse(&read("dates.toml"))?;
        let coref: files::Coref = parse(&read("coref.toml"))?;
        let frames = relation_files(code)?;
        let calibration = parse("common/confidence.toml")?;
        let mut data = Self {
            calibration,
            language,
            lexicon: Lexicon::default(),
            multiword: Multiword::new(parse(&read("multiword.toml"))?),
            gazetteer: gazetteer(code)?,
            titles: titles.title.clone(),
            currencies: Vec::new(),
            enclitics: grammar.enclitics.clone(),
            passive_prefix: grammar.passive_prefix.clone(),
            reflexives: grammar.reflexives.clone(),
            party_letters: names.party_letters.clone(),
            parties: lines("common/parties.txt").collect(),
            says_as: grammar.says_as.clone(),
            ordinal_stop: dates.ordinals.iter().any(|o| o == "."),
            capital_nouns: grammar.capital_nouns,
            bare_genitive: grammar.of.iter().any(String::is_empty),
            owners_first: grammar.capital_nouns || !grammar.genitive_marks.is_empty(),
            country_names: country_names(code)?,
            capitals: capitals(code)?,
            progressive: grammar.progressive.clone(),
            verb_forms: grammar.verb_forms.clone(),
            genitive_prepositions: grammar.genitive_prepositions.clone(),
            particles: grammar.particles.iter().cloned().collect(),
            genitive_articles: grammar.genitive_articles.clone(),
            addressing: speech.to.iter().filter(|w| !w.is_empty()).cloned().collect(),
            lemmas: lemmas(code)?,
            words: text(&format!("{code}/words.txt"))
                .unwrap_or_default()
                .lines()
                .filter(|l| !l.starts_with('#'))
                .collect(),
            noun_endings: names.noun_endings.clone(),
            english: if code == "en" { None } else { Some(lemmas("en")?) },
            lower_names: names.lower_names,
            first_names: names.first_names,
            generic: names.generic.iter().cloned().collect(),
            sport: names.sport.iter().map(|w| w.to_lowercase()).collect(),
            abbreviations: abbreviations(&grammar, &names),
            company_forms: grammar.company_forms.iter().map(|w| w.to_lowercase().replace('.', "")).collect(),
            no_team: names.no_team.iter().cloned().collect(),
            concepts: concepts(code)?,
            posts: posts(&titles),
            genitive_endings: grammar.genitive_endings.clone(),
            sounds: grammar.sounds.clone(),
            heads: heads(&names).rev().collect(),
            lower_heads: heads(&names).map(|(head, kind)| (head.to_lowercase(), kind)).collect(),
            frames,
            numbers,
            dates,
            speech,
        };
        data.gazetteer.inflects = grammar.capital_nouns;
        data.add_grammar(&grammar);
        data.add_names(&names);
        data.add_rest(&coref);
        data.add_frames(&grammar);
        Ok(data)
    }

    /// The lemma of a word, and whether the dictionary has it as a common word.
    pub fn lemma(&self, form: &str, lower: &str) -> (String, bool) {
        if self.capital_nouns && form != lower {
            return self.noun_lemma(form, lower);
        }
        match self.lemmas.get(lower) {
            Some(lemma) => (lemma.to_lowercase(), true),
            None => match self.without_clitic(lower) {
                Some(stem) => (self.lemmas.get(stem).unwrap_or_else(|| stem.to_owned()).to_lowercase(), true),
                None => (lower.to_owned(), self.words.contains(lower) || self.ends_as_noun(lower)),
            },
        }
    }

    /// Whether a word is in the dictionary, in its own spelling or in small letters.
    pub fn has_lemma(&self, word: &str) -> bool {
        self.lemmas.has(word) || self.lemmas.has(&word.to_lowercase())
    }

    /// Whether a word of a text in another language is a common word of English.
    pub fn is_foreign_common(&self, lower: &str) -> bool {
        self.english.as_ref().is_some_and(|e| e.has(lower))
    }

    /// The code of the country that a city is the capital of.
    pub fn capital_of(&self, city: &str) -> Option<&str> {
        self.capitals.get(city).map(String::as_str)
    }

    /// Whether an institution's noun with no more than a country is too general to be a name ("US authorities").
    pub fn is_generic(&self, lower: &str) -> bool {
        self.generic.contains(lower)
    }

    /// Whether a word tells of matches between teams.
    pub fn is_sport(&self, lower: &str, lemma: &str) -> bool {
        self.sport.contains(lower) || self.sport.contains(lemma)
    }

    /// Whether a place's name can be a team's in a report of a match; a continent's cannot.
    pub fn can_be_team(&self, name: &str) -> bool {
        !self.no_team.contains(name)
    }

    /// Whether a word stands for a concept that names of institutions are built of.
    pub fn is_concept(&self, lower: &str, lemma: &str) -> bool {
        self.concepts.contains_key(lower) || self.concepts.contains_key(lemma)
    }

    /// The concept of a post: of the words that tell it, or of the first of them that tell one.
    pub fn post(&self, words: &str) -> Option<&str> {
        let lower = words.to_lowercase();
        let mut ends = lower.char_indices().filter(|(_, c)| *c == ' ').map(|(i, _)| i).collect::<Vec<_>>();
        ends.push(lower.len());
        let found = ends.iter().rev().find_map(|end| self.posts.get(&lower[..*end]));
        found.map(|title| self.titles[*title].concept.as_str())
    }

    /// Whether names take these letters at their end in the genitive.
    pub fn is_genitive_ending(&self, letters: &str) -> bool {
        self.genitive_endings.iter().any(|e| e == letters)
    }

    /// A folded name's last word without what it takes in the genitive, if it ends so.
    pub fn without_genitive<'w>(&self, word: &'w str) -> &'w str {
        self.genitive_endings.iter().find_map(|e| word.strip_suffix(e.as_str())).unwrap_or(word)
    }

    /// Whether a folded word of a name says what kind of thing it names, or its legal form.
    pub fn is_kind_word(&self, word: &str) -> bool {
        self.lower_heads.contains_key(word) || self.is_company_form(word)
    }

    /// A folded word with its letters as they sound.
    pub fn sounds(&self, word: &str) -> String {
        let mut read = String::with_capacity(word.len());
        let mut rest = word;
        while let Some(letter) = rest.chars().next() {
            let found = self.sounds.iter().find(|[from, _]| rest.starts_with(from.as_str()));
            let (length, to) = found.map_or((letter.len_utf8(), None), |[from, to]| (from.len(), Some(to)));
            match to {
                Some(to) => read.push_str(to),
                None => read.push(letter),
            }
            rest = &rest[length..];
        }
        read
    }

    fn noun_lemma(&self, form: &str, lower: &str) -> (String, bool) {
        if let Some(lemma) = self.lemmas.get(form) {
            return (lemma.to_lowercase(), true);
        }
        if let Some(lemma) = self.lemmas.get(lower) {
            return (lemma.to_lowercase(), true);
        }
        match self.compound_tail(form) {
            Some((head, lemma)) => (format!("{}{}", head.to_lowercase(), lemma.to_lowercase()), true),
            None => (lower.to_owned(), self.words.contains(form) || self.ends_as_noun(lower)),
        }
    }

    /// "Denuklearisierung", "évidemment": an ending that only common words have.
    fn ends_as_noun(&self, lower: &str) -> bool {
        lower.chars().count() > 8 && self.noun_endings.iter().any(|e| lower.ends_with(e.as_str()))
    }

    /// Splits a German compound: the part before its longest listed tail, and that tail's lemma.
    pub fn compound_tail<'w>(&self, form: &'w str) -> Option<(&'w str, String)> {
        let starts = form.char_indices().map(|(i, _)| i).filter(|i| *i >= 3 && form.len() - i >= 4);
        for at in starts {
            let tail = capitalize(&form[at..]);
            if let Some(lemma) = self.lemmas.get(&tail) {
                let head = &form[..at];
                let bare = head.strip_suffix('s').unwrap_or(head);
                if tail.chars().count() > 5
                    || self.lemmas.has(head)
                    || self.lemmas.has(bare)
                    || self.lemmas.has(&format!("{head}e"))
                    || self.lemmas.has(&head.to_lowercase())
                    || self.lemmas.has(&format!("{}en", head.to_lowercase()))
                {
                    return Some((head, lemma));
                }
            }
        }
        None
    }

    /// A word without its enclitic ("perusahaannya"), if the dictionary has what is left.
    fn without_clitic<'w>(&self, lower: &'w str) -> Option<&'w str> {
        let stem = self.enclitics.iter().find_map(|c| lower.strip_suffix(c.as_str()))?;
        self.lemmas.has(stem).then_some(stem)
    }

    /// Whether a capitalised form is listed in lower case only, as an adjective is.
    pub fn is_adjective_form(&self, form: &str, lower: &str) -> bool {
        !self.lemmas.has(form) && self.lemmas.has(lower)
    }

    /// Whether the dictionary has exactly this form.
    pub fn knows(&self, form: &str) -> bool {
        self.lemmas.has(form)
    }

    /// Whether the dictionary has this form as the lemma of itself.
    pub fn is_own_lemma(&self, form: &str) -> bool {
        self.lemmas.get(form).is_some_and(|lemma| lemma == form)
    }

    /// Whether the word before a full stop is an abbreviation.
    pub fn is_abbreviation(&self, word: &str) -> bool {
        self.abbreviations.contains(word)
    }

    /// The type that a word of a name gives it; in German also the end of a compound.
    pub fn head(&self, word: &str) -> Option<EntityType> {
        let exact = self.heads.get(word).copied();
        if exact.is_some() || !self.capital_nouns {
            return exact;
        }
        let bare = word.strip_suffix("es").or_else(|| word.strip_suffix('s')).unwrap_or(word);
        let ends = |whole: &str| {
            let starts = whole.char_indices().map(|(i, _)| i).filter(|i| *i > 0 && whole.len() - i >= 3);
            let ends = starts.map(|i| &whole[i..]).filter(|end| word.len() > end.len() + 2);
            ends.filter_map(|end| Some((end.len(), *self.lower_heads.get(end)?))).next()
        };
        let whole = self.heads.get(bare).map(|kind| (bare.len(), *kind));
        [whole, ends(word), ends(bare)].into_iter().flatten().max_by_key(|(length, _)| *length).map(|(_, kind)| kind)
    }

    /// Whether a word makes a name one of an organisation or authority.
    pub fn is_institution(&self, word: &str) -> bool {
        matches!(self.head(word), Some(EntityType::Organization | EntityType::GovernmentOrganization))
    }

    /// Whether a verb form is never a passive participle ("acquiring").
    pub fn is_progressive(&self, lower: &str) -> bool {
        self.progressive.iter().any(|e| lower.ends_with(e.as_str()))
    }

    /// Whether forms of verbs are listed because the dictionary takes many for nouns or adjectives.
    pub fn has_verb_forms(&self) -> bool {
        !self.verb_forms.is_empty()
    }

    /// The forms of a verb phrase whose first word is an infinitive, by its ending or as a whole.
    fn forms(&self, phrase: &str) -> Vec<String> {
        let (verb, rest) = phrase.split_once(' ').map_or((phrase, String::new()), |(v, r)| (v, format!(" {r}")));
        let entry = self
            .verb_forms
            .iter()
            .filter_map(|(ending, forms)| Some((verb.strip_suffix(ending.as_str())?, ending.len(), forms)))
            .max_by_key(|e| e.1);
        entry
            .into_iter()
            .flat_map(|(stem, _, forms)| forms.iter().map(|f| format!("{stem}{f}{rest}")).collect::<Vec<_>>())
            .collect()
    }

    fn add_verbs(&mut self, phrases: &[String], entry: Entry) {
        let forms: Vec<String> = phrases.iter().flat_map(|p| self.forms(p)).collect();
        self.add_all(&forms, entry);
    }

    /// Whether a word may be the particle of a separable verb.
    pub fn is_particle(&self, lower: &str) -> bool {
        self.particles.contains(lower)
    }

    /// Whether a name is a political party's: listed, or with a word that parties are named with.
    pub fn is_party(&self, name: &str) -> bool {
        let listed = |w: &str| self.parties.contains(w);
        listed(name) || name.split([' ', '-']).any(|w| w.chars().count() > 4 && listed(w))
    }

    /// Whether a word says as what somebody acts ("as", "en tant que").
    pub fn says_as(&self, lower: &str) -> bool {
        self.says_as.iter().any(|w| w == lower)
    }

    /// Whether a preposition or article joins a thing to what it is part of.
    pub fn joins_whole(&self, lower: &str) -> bool {
        self.is_genitive(lower) || self.genitive_prepositions.iter().any(|p| p == lower)
    }

    /// Whether an article marks the genitive.
    pub fn is_genitive(&self, lower: &str) -> bool {
        self.genitive_articles.iter().any(|a| a == lower)
    }

    /// Whether a preposition leads to the one told.
    pub fn is_addressing(&self, lower: &str) -> bool {
        self.addressing.iter().any(|a| a == lower)
    }

    /// Whether a lower-cased word without stops is a company's legal form.
    pub fn is_company_form(&self, word: &str) -> bool {
        self.company_forms.contains(word)
    }

    fn add_all(&mut self, phrases: &[String], entry: Entry) {
        phrases.iter().filter(|p| !p.is_empty()).for_each(|p| self.lexicon.add(p, entry));
    }

    fn add_grammar(&mut self, g: &Grammar) {
        let lists = [
            (&g.articles, Entry::Article),
            (&g.definite, Entry::Definite),
            (&g.prepositions, Entry::Preposition),
            (&g.of, Entry::Of),
            (&g.genitive_marks, Entry::GenitiveMark),
            (&g.genitive_articles, Entry::GenitiveArticle),
            (&g.locative, Entry::Locative),
            (&g.by, Entry::By),
            (&g.from, Entry::From),
            (&g.until, Entry::Until),
            (&g.conjunctions, Entry::Conjunction),
            (&g.subordinators, Entry::Subordinator),
            (&g.relatives, Entry::Relative),
            (&g.negations, Entry::Negation),
            (&g.not_negations, Entry::NotNegation),
            (&g.passive_auxiliaries, Entry::PassiveAuxiliary),
            (&g.copulas, Entry::Copula),
            (&g.future, Entry::Future),
            (&g.conditional, Entry::Conditional),
            (&g.past_marks, Entry::PastMark),
            (&g.support_verbs, Entry::SupportVerb),
            (&g.undergo_verbs, Entry::UndergoVerb),
            (&g.happens, Entry::Happens),
            (&g.hedges, Entry::Hedge),
            (&g.company_forms, Entry::CompanyForm),
        ];
        lists.into_iter().for_each(|(phrases, entry)| self.add_all(phrases, entry));
    }

    fn add_names(&mut self, names: &Names) {
        self.add_all(&names.never, Entry::Never);
        self.add_all(&names.connectors, Entry::Connector);
        self.add_all(&names.person_connectors, Entry::PersonConnector);
        self.add_all(&names.honorifics, Entry::Honorific);
        self.add_all(&names.belongings, Entry::Belonging);
        for (kind, words) in &names.heads {
            self.add_all(words, Entry::Head(*kind));
        }
        for (kind, words) in &names.context {
            self.add_all(words, Entry::Context(*kind));
        }
        for (kind, words) in &names.seated {
            self.add_all(words, Entry::Seated(*kind));
        }
        for (kind, words) in &names.known {
            for word in words {
                self.gazetteer.add(word, known(*kind, None, format!("known:{word}")));
            }
        }
    }

    fn add_rest(&mut self, coref: &files::Coref) {
        let titles: Vec<(usize, Vec<String>)> = self.titles.iter().map(|t| t.word.clone()).enumerate().collect();
        titles.iter().for_each(|(i, words)| self.add_all(words, Entry::Title(*i)));
        let speech = [
            (self.speech.verbs.clone(), Entry::Speech),
            (self.speech.to.clone(), Entry::SpeechTo),
            (self.speech.interviews.clone(), Entry::Interview),
            (self.speech.verbs_to_object.clone(), Entry::SpeechToObject),
            (self.speech.according.clone(), Entry::According),
            (self.speech.hearsay.clone(), Entry::Hearsay),
            (self.numbers.bounds.min.clone(), Entry::Minimum),
            (self.numbers.bounds.max.clone(), Entry::Maximum),
            (self.numbers.bounds.about.clone(), Entry::About),
            (self.numbers.percent.clone(), Entry::Percent),
            (self.numbers.ignore_units.clone(), Entry::IgnoredUnit),
            (self.numbers.bounds.min_after.clone(), Entry::MinimumAfter),
            (self.numbers.bounds.max_after.clone(), Entry::MaximumAfter),
            (self.numbers.bounds.further.clone(), Entry::Further),
            (self.numbers.owners.reaches.clone(), Entry::Reaches),
            (self.numbers.owners.levels.clone(), Entry::Level),
            (self.numbers.owners.part_of.clone(), Entry::PartOf),
            (self.numbers.owners.public.clone(), Entry::Public),
            (self.numbers.owners.figures.clone(), Entry::Figure),
            (self.numbers.owners.toll.clone(), Entry::Toll),
            (self.numbers.owners.held.clone(), Entry::Held),
            (self.numbers.owners.each.clone(), Entry::Each),
        ];
        speech.iter().for_each(|(words, entry)| self.add_all(words, *entry));
        for (word, value) in self.numbers.words.clone() {
            self.lexicon.add(&word, Entry::NumberWord(value));
        }
        for (word, value) in self.numbers.scales.clone() {
            self.lexicon.add(&word, Entry::Scale(value));
        }
        for (word, code) in self.numbers.currencies.clone() {
            self.currencies.push(code);
            self.lexicon.add(&word, Entry::Currency(self.currencies.len() - 1));
        }
        for (word, month) in self.dates.months.clone() {
            self.lexicon.add(&word, Entry::Month(month));
        }
        for (word, day) in self.dates.weekdays.clone() {
            self.lexicon.add(&word, Entry::Weekday(day));
        }
        for (word, day) in self.dates.relative_days.clone() {
            self.lexicon.add(&word, Entry::RelativeDay(day));
        }
        for (kind, words) in &coref.pronouns {
            let kind = match kind.as_str() {
                "Person" => Pronoun::Person,
                "plural" => Pronoun::Plural,
                _ => Pronoun::Organization,
            };
            self.add_all(words, Entry::Pronoun(kind));
        }
        for (kind, words) in &coref.epithets {
            self.add_all(words, Entry::Epithet(*kind));
        }
    }

    fn add_frames(&mut self, g: &Grammar) {
        let prepositions: Vec<String> = self.frames.iter().flat_map(|f| prepositions(&f.rule)).collect();
        self.add_all(&prepositions, Entry::Preposition);
        let words: Vec<(usize, Vec<String>)> =
            self.frames.iter().enumerate().map(|(i, f)| (i, frame_words(&f.rule))).collect();
        for (i, list) in &words {
            let entry = Entry::Frame(*i);
            self.add_all(list, entry);
            if !matches!(self.frames[*i].rule, Rule::Verb(_)) {
                continue;
            }
            self.add_verbs(list, entry);
            // "se retirer" is also "s'est retiré".
            let reflexive = |w: &String| {
                w.split_once(' ').filter(|(r, _)| g.reflexives.iter().any(|x| x == r)).map(|w| w.1.to_owned())
            };
            for verb in list.iter().filter_map(reflexive) {
                let mut forms = self.forms(&verb);
                forms.push(verb);
                for pronoun in &g.reflexives {
                    let between =
                        g.reflexive_auxiliaries.iter().map(|a| format!("{pronoun} {a}")).chain([pronoun.clone()]);
                    between.for_each(|b| forms.iter().for_each(|f| self.lexicon.add(&format!("{b} {f}"), entry)));
                }
            }
        }
        self.add_verbs(&g.support_verbs, Entry::SupportVerb);
        self.add_verbs(&g.undergo_verbs, Entry::UndergoVerb);
        self.add_verbs(&g.happens, Entry::Happens);
    }
}

/// The prepositions of several words that a rule asks for; single ones are listed with the grammar.
fn prepositions(rule: &Rule) -> Vec<String> {
    let all = match rule {
        Rule::Verb(r) => [&r.prep[..], &r.agent_prep].concat(),
        Rule::Noun(r) => [&r.patient_prep[..], &r.agent_prep].concat(),
        Rule::Role(_) | Rule::Pattern(_) => Vec::new(),
    };
    all.into_iter().filter(|p| p.contains(' ')).collect()
}

fn frame_words(rule: &Rule) -> Vec<String> {
    match rule {
        Rule::Role(r) => r.word.clone(),
        Rule::Verb(r) => r.word.clone(),
        Rule::Noun(r) => r.word.clone(),
        Rule::Pattern(_) => Vec::new(),
    }
}

pub(crate) fn capitalize(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|c| c.to_uppercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}

fn abbreviations(grammar: &Grammar, names: &Names) -> HashSet<String> {
    let lists = grammar.company_forms.iter().chain(&names.honorifics).chain(&names.never);
    lists
        .filter_map(|w| w.strip_suffix('.'))
        .map(str::to_owned)
        .chain(["No", "vs", "St", "Inc", "Corp", "Ltd", "Co"].map(String::from))
        .chain(grammar.abbreviations.iter().cloned())
        .collect()
}

/// The words of posts, in lower case, with their place in the list.
fn posts(titles: &Titles) -> HashMap<String, usize> {
    let words = titles.title.iter().enumerate().flat_map(|(i, t)| t.word.iter().map(move |w| (w.to_lowercase(), i)));
    words.collect()
}

fn heads(names: &Names) -> impl DoubleEndedIterator<Item = (String, EntityType)> {
    let all: Vec<_> = names.heads.iter().flat_map(|(kind, words)| words.iter().map(|w| (w.clone(), *kind))).collect();
    all.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_data_file_loads() {
        for language in Language::ALL {
            let data = LanguageData::load(language).unwrap_or_else(|e| panic!("{e}"));
            assert!(data.titles.len() > 20 && data.frames.len() > 50, "{}", language.code());
        }
    }
}
