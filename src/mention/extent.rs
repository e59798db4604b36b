//! How far a name reaches.

use super::name::{Finder, Style, is_initial};
use crate::analysis::Case;
use crate::language::{Entry, Known};
use crate::record::EntityType;
use std::ops::Range;

impl Finder<'_> {
    /// Where the name that begins at `at` ends.
    pub(super) fn extend(&self, at: usize, first: usize, known: Option<&Known>) -> usize {
        let mut end = at + first;
        let of_place = known.is_some_and(|k| k.adjective) && self.analysis.language.capital_nouns;
        if of_place && self.is_undeclined(at) && end < self.sentence.end && !self.is_plain_head(end) {
            return end;
        }
        // "dem Deutschen Schwimmverband": with a capital though it is declined.
        let declined = of_place
            && self.analysis.tokens[at].case == Case::Title
            && !is_initial(self.analysis, &self.sentence, at)
            && self.joins_next(at)
            && !self.analysis.language.gazetteer.is_given(self.form(end.min(self.sentence.end - 1)), true);
        let adjective =
            declined || known.is_none() && self.analysis.language.capital_nouns && self.is_capital_adjective(at);
        let country = known.is_some_and(|k| k.key.starts_with("country:"));
        let lowered = self.is_lowered(at);
        while end < self.sentence.end {
            let token = &self.analysis.tokens[end];
            if lowered && let Some(next) = self.lower_part(at, end) {
                end = next;
            } else if lowered
                && self.analysis.tokens[end - 1].case == Case::Lower
                && self.analysis.language.gazetteer.is_given(self.form(end), false)
            {
                // "Trésor américain Steven Mnuchin"
                break;
            } else if token.is_word() && self.continues(at, end, adjective && end == at + 1) {
                end += 1;
            } else if token.lower == "+" && token.span.start == self.analysis.tokens[end - 1].span.end {
                // "Canal+"
                end += 1;
                break;
            } else if let Some(next) = self.connected(at, end) {
                end = next;
            } else {
                break;
            }
        }
        if country && end > at + first && !self.keeps_country(at, at + first, end) {
            end = at + first;
        }
        // "Liga 1 Persita": a known name ends with its number.
        if known.is_some() && self.analysis.tokens[at + first - 1].case == Case::None {
            end = at + first;
        }
        let parts = known.is_some_and(|k| k.kind == EntityType::Person) && self.known_at(at + first).is_some();
        // "Ligue des champions PSG", "HBO Game of Thrones": two names.
        let apart = |next: EntityType| match known.map(|k| k.kind) {
            Some(EntityType::Place) => {
                // "Kuta Bali"
                let plain = !self.analysis.tokens[at + first].hyphenated
                    && self.analysis.language.head(self.form(at)).is_none();
                let outer = next == EntityType::Place && plain && self.analysis.language.bare_genitive;
                outer || matches!(next, EntityType::Organization | EntityType::Person)
            }
            Some(EntityType::Event) => matches!(next, EntityType::Organization | EntityType::Person),
            Some(EntityType::Organization) => matches!(next, EntityType::Person | EntityType::Work),
            _ => false,
        };
        // "PSG-Bayern"
        let paired = |next: EntityType| {
            self.analysis.tokens[at + first].hyphenated
                && matches!(next, EntityType::Organization | EntityType::Place)
                && known.is_some_and(|k| k.kind == EntityType::Organization && !k.doubtful)
        };
        let other = self
            .known_at(at + first)
            .is_some_and(|(_, k)| (apart(k.kind) || paired(k.kind)) && !k.doubtful && !k.adjective);
        if (parts || other) && end > at + first {
            end = at + first;
        }
        end
    }

    /// German: an adjective that has a capital everywhere and one form ("Berliner", "Schweizer").
    fn is_undeclined(&self, at: usize) -> bool {
        let lower = &self.analysis.tokens[at].lower;
        self.analysis.language.capital_nouns && !self.analysis.language.gazetteer.single(lower).any(|k| k.adjective)
    }

    /// A word that names are built with and that by itself tells not what somebody is: "Sparkasse", but no "Konzern".
    fn is_plain_head(&self, at: usize) -> bool {
        self.analysis.language.head(self.form(at)).is_some()
            && !self.is(at, |e| matches!(e, Entry::Context(_) | Entry::Epithet(_) | Entry::Title(_)))
    }

    /// Whether a name that begins here may go on in lower case: "Cour suprême", "Conseil de sécurité".
    pub(super) fn is_lowered(&self, at: usize) -> bool {
        self.analysis.language.lower_names
            && !self.is(at, |e| *e == Entry::Never)
            && matches!(
                self.analysis.language.head(self.form(at)),
                Some(EntityType::Organization | EntityType::GovernmentOrganization | EntityType::Event)
            )
    }

    /// The end of the lower-case adjective or field that begins at `end`.
    fn lower_part(&self, at: usize, end: usize) -> Option<usize> {
        let concept = |i: usize| {
            let token = self.analysis.tokens.get(i).filter(|_| i < self.sentence.end)?;
            let adjective = || self.known_at(i).is_some_and(|(l, k)| l == 1 && k.adjective);
            let head = self.analysis.language.head(&crate::language::capitalize(&token.lower)).is_some();
            (token.case == Case::Lower
                && !head
                && !self.is(i, |e| {
                    matches!(
                        e,
                        Entry::Title(_) | Entry::Article | Entry::Preposition | Entry::Speech | Entry::PassiveAuxiliary
                    )
                })
                && (self.analysis.language.is_concept(&token.lower, &token.lemma) || adjective()))
            .then_some(i + 1)
        };
        if let Some(next) = concept(end) {
            return Some(next);
        }
        if end > at + 3 || !self.is(end, |e| *e == Entry::Of) {
            return None;
        }
        let next = end + 1 + usize::from(self.is(end + 1, |e| *e == Entry::Article));
        concept(next)
    }

    /// A country stays part of a name that a head closes ("US Department of …", "British Airways").
    fn keeps_country(&self, at: usize, rest: usize, end: usize) -> bool {
        let language = self.analysis.language;
        if self.analysis.tokens[rest].hyphenated && language.capital_nouns {
            return false;
        }
        let person = language.gazetteer.is_given(self.form(rest), true) && end - rest >= 2;
        if person
            || self.known_at(rest).is_some_and(|(l, k)| rest + l == end && k.kind != EntityType::GovernmentOrganization)
        {
            return false;
        }
        // "perusahaan tambang Australia Coral Mining": whose it is, before what it is called.
        let noun = |i: usize| self.context_ending(i, false) == Some(EntityType::Organization);
        if language.bare_genitive
            && (noun(at) || (at > self.sentence.start && self.analysis.tokens[at - 1].common && noun(at - 1)))
            && language.head(self.form(rest)).is_none()
        {
            return false;
        }
        (at..end).any(|i| language.head(self.form(i)).is_some_and(|k| k != EntityType::Person))
    }

    /// Whether the token at `end` continues the name begun at `at`.
    fn continues(&self, at: usize, end: usize, after_adjective: bool) -> bool {
        let token = &self.analysis.tokens[end];
        let form = self.form(end);
        let language = self.analysis.language;
        if token.case == Case::None {
            // "Covid-19", "A-320"
            return token.hyphenated && self.analysis.tokens[end - 1].is_capitalized();
        }
        if !token.is_capitalized() {
            return token.hyphenated && !token.common && !self.is(end, |_| true);
        }
        if language.bare_genitive
            && end >= at + 2
            && token.case == Case::Title
            && !self.is(end - 1, |e| *e == Entry::Connector)
        {
            // "Divisi Pelayanan PT Wijaya": the company it belongs to.
            let company = self.is(end, |e| *e == Entry::CompanyForm) && language.head(form).is_none();
            let post = self.after_title(at) || self.is(at, |e| matches!(e, Entry::Title(_)));
            if company && !post && self.joins_next(end) && (at..end).all(|i| self.analysis.tokens[i].common) {
                return false;
            }
            // "Biro Industri Departemen Perdagangan": the institution it belongs to.
            let authority = |i: usize| language.head(self.form(i)) == Some(EntityType::GovernmentOrganization);
            if authority(end) && authority(at) {
                return false;
            }
            // "Desa Sukamaju Kecamatan Cibeber": the place that it lies in.
            let place = |i: usize| language.head(self.form(i)) == Some(EntityType::Place);
            if place(end)
                && (place(at) || authority(at))
                && self.joins_next(end)
                && self.is(end, |e| *e == Entry::Context(EntityType::Place))
            {
                return false;
            }
        }
        let given = language.gazetteer.is_given(self.form(end - 1), true);
        // "Tom Judge", "Mary Baker", but not "Indiana Gov. Eric Hall" or "Indiana Governor Eric Hall".
        let next = end + 1;
        let abbreviated = next + 1 < self.sentence.end && self.analysis.tokens[next].lower == ".";
        let another = next < self.sentence.end && language.gazetteer.is_given(self.form(next), true);
        let surname = given && !abbreviated && (language.gazetteer.is_surname(form) || !another);
        if self.is(end, |e| matches!(e, Entry::Title(_) | Entry::Honorific)) && !surname {
            // "Konsulat Jenderal": part of an authority's name.
            let authority = end == at + 1
                && language.bare_genitive
                && language.head(self.form(at)) == Some(EntityType::GovernmentOrganization);
            let headed = authority || self.analysis.at(end, |e| matches!(e, Entry::Head(_))).is_some();
            return headed && !self.names_person_after(end);
        }
        if self.is(end, |e| matches!(e, Entry::Month(_) | Entry::Weekday(_))) && !given {
            return false;
        }
        if self.style == Style::TitleCase {
            return !(token.common || self.is(end, |e| *e == Entry::Never))
                || language.gazetteer.is_name(form)
                || language.head(form).is_some();
        }
        if language.capital_nouns {
            let head = self.analysis.at(end, |e| matches!(e, Entry::Head(_) | Entry::CompanyForm)).is_some();
            let post = self.is(end, |e| matches!(e, Entry::Title(_) | Entry::Context(_) | Entry::Never));
            // "Karen Hunter", "Gabriel Deck": the surname may be a noun.
            if end == at + 1
                && token.case == Case::Title
                && !token.hyphenated
                && !post
                && language.gazetteer.is_given(self.form(at), false)
            {
                return true;
            }
            // "FC Rheintal", "VfL Osterwald": the letters of a club, then its town, which may look like a noun.
            let letters = matches!(self.analysis.tokens[at].case, Case::Upper | Case::Mixed);
            if end == at + 1
                && letters
                && token.case == Case::Title
                && !token.hyphenated
                && !post
                && language.head(self.form(at)) == Some(EntityType::Organization)
            {
                return true;
            }
            // "Gerrards Mannschaft", "Dolly Mengas Treffer": a genitive before a noun.
            let genitive = self.form(end - 1).ends_with('s') && !self.analysis.tokens[end - 1].common;
            if genitive
                && token.common
                && token.case == Case::Title
                && !token.hyphenated
                && !language.gazetteer.is_given(self.form(end - 1), true)
                && (head || (at..end).any(|i| language.gazetteer.is_given(self.form(i), true)))
            {
                return false;
            }
            let unknown =
                !token.common || language.gazetteer.is_name(form) || matches!(token.case, Case::Upper | Case::Mixed);
            if token.hyphenated && token.common && token.case == Case::Title {
                let authority = self
                    .analysis
                    .at(end, |e| {
                        matches!(e, Entry::Head(EntityType::GovernmentOrganization | EntityType::Organization))
                    })
                    .is_some();
                let known = self.known_at(at).is_some_and(|(l, _)| at + l == end);
                return head
                    && (authority || !known)
                    && self
                        .analysis
                        .at(end, |e| {
                            matches!(e, Entry::Context(_) | Entry::Epithet(_) | Entry::Frame(_) | Entry::Title(_))
                        })
                        .is_none();
            }
            return after_adjective
                || unknown
                || (head
                    && !token.hyphenated
                    && (end == at + 1
                        || (at..end).all(|i| {
                            !self.analysis.tokens[i].common
                                || self.analysis.tokens[i].case != Case::Title
                                || self.known_at(i).is_some()
                        })))
                || self.foreign_run(at, end)
                || (self.english_run(at) > end && self.known_at(at).is_none())
                || self.closes_english(end);
        }
        if token.hyphenated && token.common && self.is(end, |e| matches!(e, Entry::Frame(_) | Entry::Context(_))) {
            return false;
        }
        true
    }

    /// German: inside a name of foreign words every capitalised word belongs to it.
    pub(super) fn foreign_run(&self, at: usize, end: usize) -> bool {
        end >= at + 2 && (at..end).filter(|i| !self.analysis.tokens[*i].common).count() >= 2
    }

    /// Where English words in a row, all with capitals, end: "World Vision" in a German text.
    pub(super) fn english_run(&self, at: usize) -> usize {
        let language = self.analysis.language;
        let english = |i: usize| {
            let token = &self.analysis.tokens[i];
            let head = i > at && language.head(self.form(i)).is_some();
            token.case == Case::Title
                && !token.hyphenated
                && language.is_foreign_common(&token.lower)
                && !language.gazetteer.is_given(self.form(i), false)
                && !self.is(i, |e| match e {
                    Entry::Context(_) | Entry::Epithet(_) => !head,
                    _ => matches!(
                        e,
                        Entry::Title(_)
                            | Entry::Month(_)
                            | Entry::Weekday(_)
                            | Entry::Never
                            | Entry::Article
                            | Entry::Preposition
                            | Entry::Currency(_)
                            | Entry::Scale(_)
                            | Entry::IgnoredUnit
                    ),
                })
        };
        (at..self.sentence.end).find(|i| !english(*i)).unwrap_or(self.sentence.end)
    }

    /// English words in a row that a head closes: "State University" after "Louisiana".
    fn closes_english(&self, at: usize) -> bool {
        let end = self.english_run(at);
        end > at + 1 && self.analysis.language.head(self.form(end - 1)).is_some()
    }

    /// After a post stands a person's name: "Kaspersky Chief Executive Eugene Kaspersky".
    fn names_person_after(&self, title: usize) -> bool {
        let length = self.analysis.at(title, |e| matches!(e, Entry::Title(_))).unwrap_or(1);
        let next = title + length;
        next < self.sentence.end
            && self.analysis.tokens[next].is_capitalized()
            && self.analysis.language.gazetteer.is_given(self.form(next), true)
    }

    /// Lower-case words and marks inside a name: "Bank of America", "Ludwig van Beethoven", "AT & T".
    fn connected(&self, at: usize, end: usize) -> Option<usize> {
        let token = &self.analysis.tokens[end];
        let next = end + 1;
        let follows = |i: usize| {
            i < self.sentence.end
                && self.analysis.tokens[i].is_capitalized()
                && !self.is(i, |e| matches!(e, Entry::Title(_)))
        };
        if token.lower == "&" && follows(next) {
            return Some(next + 1);
        }
        // "St. Martin", "FC St. Pauli"
        let short = self.form(end - 1).len() == 2 && self.analysis.tokens[end - 1].case == Case::Title;
        if token.lower == "." && short && follows(next) && self.analysis.language.is_abbreviation(self.form(end - 1)) {
            return Some(next + 1);
        }
        if self.is(end, |e| *e == Entry::GenitiveMark)
            && !token.is_word()
            && follows(next)
            && self.is_possessed(at, end, next)
        {
            return Some(next + 1);
        }
        if token.case != Case::Lower || token.hyphenated {
            return None;
        }
        let native = self.is(end, |e| matches!(e, Entry::Article | Entry::Preposition | Entry::Locative));
        // "Ursula von der Leyen", but not "Sergio Agüero von Manchester City".
        let person = !native
            || (end == at + 1
                && !self.is(end, |e| *e == Entry::Locative)
                && self.known_at(next).is_none()
                && !self.analysis.tokens[next.min(self.sentence.end - 1)].common);
        if person
            && self.is(end, |e| *e == Entry::PersonConnector)
            && follows(next)
            && self.analysis.language.gazetteer.is_given(self.form(at), true)
            && !self.is(end, |e| *e == Entry::Conjunction)
        {
            return Some(next);
        }
        let mut second = next;
        while second < next + 2
            && !follows(second)
            && self.is(second, |e| matches!(e, Entry::Connector | Entry::Article))
        {
            second += 1;
        }
        if !self.is(end, |e| *e == Entry::Connector) || !follows(second) {
            return None;
        }
        let authority =
            |i: usize| self.analysis.language.head(self.form(i)) == Some(EntityType::GovernmentOrganization);
        if end > at + 2
            && authority(at)
            && authority(second)
            && self.is(end, |e| *e == Entry::Of)
            && self.is(second + 1, |e| *e == Entry::Of)
        {
            return None;
        }
        if self.analysis.language.capital_nouns
            && self.is(end, |e| matches!(e, Entry::Article | Entry::Locative | Entry::Of))
            && !self.is_foreign_connector(end)
        {
            // "Bundesamt für Sicherheit in der Informationstechnik", but not "Arena in Wheeling".
            let inside = (at..end)
                .any(|i| self.analysis.tokens[i].case == Case::Lower && self.is(i, |e| *e == Entry::Preposition));
            if !inside || self.known_at(second).is_some() {
                return None;
            }
        }
        self.head_joins(at, end, second).then_some(second)
    }

    /// "Rady Children's Hospital", "Belfast Magistrates' Court": a possessor inside a name that a head closes.
    fn is_possessed(&self, at: usize, end: usize, next: usize) -> bool {
        let language = self.analysis.language;
        let closed = next + 1 >= self.sentence.end || !self.analysis.tokens[next + 1].is_capitalized();
        let known = (at..end)
            .any(|i| self.known_at(i).is_some_and(|(l, k)| i + l == end && (i == at || k.kind != EntityType::Place)));
        let person =
            language.gazetteer.is_given(self.form(at), true) || language.gazetteer.is_surname(self.form(end - 1));
        let head = language
            .head(self.form(next))
            .is_some_and(|k| !matches!(k, EntityType::Person | EntityType::Product | EntityType::Work));
        closed
            && head
            && !known
            && !person
            && self.style == Style::Running
            && !self.is(next, |e| matches!(e, Entry::Never | Entry::Epithet(_) | Entry::Context(_)) && end == at + 1)
    }

    /// A capitalised common word that names what an institution is for.
    fn is_field(&self, at: usize) -> bool {
        let token = &self.analysis.tokens[at];
        let organized = |kind| matches!(kind, EntityType::Organization | EntityType::GovernmentOrganization);
        let head = self.analysis.language.head(self.form(at));
        token.common
            && token.case == Case::Title
            && !head.is_some_and(organized)
            && !self.known_at(at).is_some_and(|(_, k)| organized(k.kind) || k.kind == EntityType::Place)
            && !self.analysis.language.gazetteer.is_given(self.form(at), false)
            && !self.is(at, |e| matches!(e, Entry::Title(_) | Entry::Never))
    }

    /// A connector that is no word of the article's own language ("of").
    fn is_foreign_connector(&self, at: usize) -> bool {
        !self.is(at, |e| matches!(e, Entry::Article | Entry::Preposition))
    }

    /// A head before the connector ("Ministry of Defence") or, after "and", at the run's end.
    fn head_joins(&self, at: usize, end: usize, next: usize) -> bool {
        let language = self.analysis.language;
        let heads = |range: Range<usize>| {
            range.clone().any(|i| {
                language.head(self.form(i)).is_some_and(|k| !matches!(k, EntityType::Person | EntityType::Product))
            })
        };
        // "OTAN pour la Macédoine"
        if end == at + 1 && self.analysis.tokens[at].case == Case::Upper && self.known_at(at).is_some() {
            return false;
        }
        if self.is(end, |e| *e == Entry::Conjunction) {
            let connected = (at..end).any(|i| self.analysis.tokens[i].case == Case::Lower);
            let known = self.known_at(next).is_some_and(|(_, k)| !k.adjective);
            let mut close = next;
            while close < self.sentence.end && self.analysis.tokens[close].is_capitalized() {
                close += 1;
            }
            let authority =
                close > next + 1 && language.head(self.form(close - 1)) == Some(EntityType::GovernmentOrganization);
            let plain =
                (at..end).all(|i| !matches!(language.head(self.form(i)), Some(EntityType::GovernmentOrganization)));
            let whole = self.known_at(at).is_some_and(|(l, k)| at + l == end && k.kind != EntityType::Place);
            let office = authority && plain && !whole && end - at <= 2;
            // "Badan Pengkajian dan Penerapan Teknologi"
            let field = language.bare_genitive
                && self.style == Style::Running
                && language.head(self.form(at)) == Some(EntityType::GovernmentOrganization)
                && end > at + 1
                && (at + 1..=next).all(|i| i == end || self.is_field(i));
            return field
                || !known
                    && !language.capital_nouns
                    && (office
                        || (connected && heads(at..end))
                        || (heads(next + 1..close)
                            && !heads(at..end)
                            && end - at <= 2
                            && self.known_at(at).is_none()))
                || (language.capital_nouns && connected && self.foreign_run(at, end));
        }
        // "Wesbanco Arena de Wheeling", "Parti travailliste de Jeremy Corbyn": where the head comes first,
        // a name of other words ends before the place it lies in and the person it belongs to.
        let closed = (language.lower_names || language.bare_genitive)
            && end > at + 1
            && language.head(self.form(at)).is_none()
            && language.head(self.form(end - 1)).is_some()
            && !self.analysis.tokens[at].common;
        let person = language.lower_names
            && self.is(end, |e| *e == Entry::Of)
            && language.gazetteer.is_given(self.form(next), false)
            && self.analysis.tokens.get(next + 1).is_some_and(|t| t.case == Case::Title && !t.hyphenated);
        if person || (closed && self.is(end, |e| matches!(e, Entry::Of | Entry::Locative))) {
            return false;
        }
        let foreign = !self.is(end, |e| {
            matches!(e, Entry::Article | Entry::Preposition | Entry::Conjunction | Entry::Of | Entry::PersonConnector)
        });
        // "Game of Thrones" in a text of another language, "Color of Change".
        let single = end == at + 1
            && !is_initial(self.analysis, &self.sentence, at)
            && self.style == Style::Running
            && self.known_at(at).is_none()
            && self.known_at(next).is_none();
        let apart = self.is(at, |e| {
            matches!(e, Entry::Title(_) | Entry::Context(_) | Entry::Epithet(_) | Entry::Month(_) | Entry::Weekday(_))
        });
        let pure = !language.capital_nouns
            && !language.bare_genitive
            && !language.lower_names
            && single
            && !apart
            && self.is(end, |e| *e == Entry::Of)
            && !self.is(end, |e| *e == Entry::Locative)
            && self.analysis.tokens[at].common;
        if foreign || pure {
            return true;
        }
        let place = self.is(end, |e| *e == Entry::Locative)
            && self.known_at(next).is_some_and(|(_, k)| k.kind == EntityType::Place);
        let mixed =
            language.capital_nouns && !self.analysis.tokens[at].common && !self.is(end, |e| *e == Entry::Preposition);
        heads(at..end) && !place || mixed
    }
}
