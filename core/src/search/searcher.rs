//! One search: plan, sums of scores, filters, the leading candidates read again, hits.

use bytes::Bytes;
use serde::Serialize;

use super::bm25::Bm25;
use super::confidence::{CONFIDENT, Evidence, weigh};
use super::index::Index;
use super::meaning::Meaning;
use super::query::{Interpretation, Plan, shorten};
use super::ranking::Weights;
use super::record::{AnswerRef, AnswerStore, FacetNames, Facets, NATIONAL, as_text};
use super::route::Route;
use super::scan::{Found, Lookup, scan};
use super::snippet::{Reading, read};
use super::thesaurus::Thesaurus;
use crate::error::{Error, Result};
use crate::pack::{Pack, open_normalizer, section};
use crate::text::{Normalizer, Utf16Map, Utf16Span};

/// What to search for besides the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchOptions {
    /// How many hits to return; 0 means 10.
    pub limit: usize,
    /// 行政区划 code of the asker; 0 or [`NATIONAL`] for the whole country.
    pub region: u32,
    /// Only this 险种.
    pub insurance: Option<String>,
    /// Only this 事项.
    pub kind: Option<String>,
    /// Only this agency.
    pub agency: Option<String>,
    /// The day whose law is asked for, `yyyymmdd`; 0 for no check.
    pub as_of: u32,
}

/// One answer found. Serialised with these names in camelCase, absent values as `null`.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Hit {
    /// The answer's id.
    pub id: String,
    /// The question it answers.
    pub title: String,
    /// The sentences that answer, shortened.
    pub snippet: String,
    /// What to mark in `snippet`, in UTF-16 units.
    pub marks: Vec<Utf16Span>,
    /// The heading of the answer under which `snippet` stands, e.g. 办理流程; `None` for the answer itself.
    pub heading: Option<String>,
    /// Its relevance; comparable within one search only.
    pub score: f32,
    /// 行政区划 code.
    pub region: u32,
    /// 险种.
    pub insurance: String,
    /// 事项.
    pub kind: String,
    /// Who is in charge.
    pub agency: String,
    /// Its hotline.
    pub hotline: String,
    /// Legal basis, ready to read.
    pub basis: Vec<String>,
    /// First day in force, `YYYY-MM-DD`.
    pub effective: Option<String>,
    /// Last day in force.
    pub until: Option<String>,
    /// Last day on which an editor checked it.
    pub reviewed: Option<String>,
    /// Whether it is in force on the day asked for.
    pub state: State,
    /// Whether it was last checked more than a year before the day asked for.
    pub stale: bool,
}

/// Whether an answer is in force on a day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// No day was asked for.
    #[default]
    Unchecked,
    /// In force.
    Current,
    /// Not yet in force.
    Pending,
    /// No longer in force.
    Expired,
}

impl State {
    /// The state on a day, all as `yyyymmdd`; `day` 0 for no check.
    pub fn on(day: u32, effective: u32, until: u32) -> Self {
        match day {
            0 => Self::Unchecked,
            _ if day < effective => Self::Pending,
            _ if day > until => Self::Expired,
            _ => Self::Current,
        }
    }
}

/// What a search gives.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SearchResult {
    /// Best first.
    pub hits: Vec<Hit>,
    /// How many answers share at least one term with the question, after filters.
    pub total: u32,
    /// The region that was searched for: the one chosen, else one named in the question, else 0.
    pub region: u32,
    /// Whether the first hit very probably answers the question; if not, show `routes` before the hits.
    pub confident: bool,
    /// How much speaks for the first hit, 0 to 1; `confident` is this against a calibrated threshold.
    pub confidence: f32,
    /// What `confidence` was computed from.
    #[serde(skip)]
    pub evidence: Evidence,
    /// The agency of the topic that the question is about, if that is one the pack does not answer.
    #[serde(skip)]
    pub turn_to: Option<String>,
    /// Who knows, best first.
    pub routes: Vec<Route>,
    /// Parts of the question that were searched as something else, in order.
    pub interpreted: Vec<Interpretation>,
}

/// Search over one pack.
pub struct Searcher {
    index: Index,
    bm25: Bm25,
    meaning: Option<Meaning>,
    answers: AnswerStore,
    ids: fst::Map<Bytes>,
    facets: Bytes,
    names: FacetNames,
    thesaurus: Thesaurus,
    normalizer: Normalizer,
    weights: Weights,
}

impl Searcher {
    /// Opens the index of a pack.
    ///
    /// # Errors
    /// If a section is missing or is not what was written.
    pub fn open(pack: &Pack) -> Result<Self> {
        let answers = AnswerStore::open(pack.required(section::ANSWERS)?)?;
        let count = answers.len();
        let (names, facets) = split_facets(&pack.required(section::FACETS)?, count)?;
        let ids = fst::raw::Fst::new(pack.required(section::IDS)?).map_err(|error| Error::damaged(section::IDS, error))?;
        let (index, weights) = (Index::open(pack, count)?, Weights::default());
        Ok(Self {
            bm25: Bm25::new(index.lengths(), &weights),
            index,
            meaning: Meaning::open(pack, count)?,
            answers,
            ids: fst::Map::from(ids),
            facets,
            names,
            thesaurus: Thesaurus::open(pack)?,
            normalizer: open_normalizer(pack)?,
            weights,
        })
    }

    /// Ranks with other weights, for measurements.
    pub fn set_weights(&mut self, weights: Weights) {
        self.bm25 = Bm25::new(self.index.lengths(), &weights);
        self.weights = weights;
    }

    /// The values that can be filtered by.
    pub fn facet_names(&self) -> &FacetNames {
        &self.names
    }

    /// The answers, by number.
    pub fn answers(&self) -> &AnswerStore {
        &self.answers
    }

    /// The number of the answer with this id.
    pub fn find(&self, id: &str) -> Option<u32> {
        self.ids.get(id).map(|number| number as u32)
    }

    /// A text as the engine reads it.
    pub fn normalized(&self, text: &str) -> String {
        let mut out = String::new();
        self.normalizer.normalize_into(text, &mut out);
        out
    }

    /// Searches. An empty question, or one without a letter, digit or Han character, finds nothing.
    ///
    /// # Errors
    /// If the index is not what was written.
    pub fn search(&self, text: &str, options: &SearchOptions) -> Result<SearchResult> {
        let limit = if options.limit == 0 { 10 } else { options.limit };
        let normalized = self.normalized(text);
        let question = shorten(&normalized);
        let plan = self.plan(question);
        let (mut sums, worth) = self.sum(&plan);
        self.replace_overridden(&mut sums, options.region);
        let weights = &self.weights;
        let (mut leading, total) = self.leading(&sums, options, limit.max(weights.reread).max(weights.compared));
        let meant = self.meaning.as_ref().and_then(|meaning| Some((meaning, meaning.of(&plan.table)?)));
        let near = |number| meant.as_ref().map_or(0.0, |(meaning, question)| meaning.nearness(question, number).max(0.0));
        self.compare(&near, &mut leading);
        leading.truncate(limit.max(weights.reread));
        let lookup = Lookup::new(&plan.table);
        let mut found = Vec::with_capacity(leading.len());
        for (rank, candidate) in leading.into_iter().enumerate() {
            let number = candidate.number;
            let mut score = candidate.sum;
            let answer = self.answers.get(number)?;
            let mut reading = None;
            if rank < weights.reread && !answer.questions.is_empty() {
                score += weights.ask * self.best_ask(&answer, &lookup, &worth);
            } else if rank < weights.reread && weights.sentence > 0.0 {
                // Where editors wrote down how people ask, single sentences of the text add only noise (docs/search.md).
                let read = read(answer.text_bytes, &self.normalizer, &lookup, &worth, weights.sentence_length);
                score += weights.sentence * read.best;
                reading = Some(read);
            }
            found.push((number, score * candidate.favour, answer, reading));
        }
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let elsewhere = self.thesaurus.elsewhere(question);
        let evidence = match found.first() {
            Some((number, score, answer, _)) => {
                let next = found.get(1).map_or(0.0, |(_, score, _, _)| *score);
                let (stakes, known) = self.stakes(&plan, &worth);
                let mut evidence = weigh(&stakes, known, (*score, next), answer, &self.normalizer, &lookup);
                if !elsewhere.is_empty() {
                    let text = self.normalized(answer.text()?);
                    let foreign = elsewhere.iter().filter(|(word, _)| !text.contains(word) && !answer.title.contains(word));
                    evidence.elsewhere = (foreign.count() as f32).min(2.0) / 2.0;
                }
                evidence.near = near(*number);
                evidence.domain = (self.thesaurus.domain_length(question) as f32 / 8.0).min(1.0);
                evidence
            }
            None => Evidence::default(),
        };
        let hits = found.into_iter().take(limit).map(|(_, score, answer, reading)| {
            let read = || read(answer.text_bytes, &self.normalizer, &lookup, &worth, weights.sentence_length);
            hit(score, &answer, &reading.unwrap_or_else(read), options.as_of)
        });
        let hits = hits.collect::<Result<Vec<Hit>>>()?;
        let in_force = hits.first().is_none_or(|hit| matches!(hit.state, State::Unchecked | State::Current));
        Ok(SearchResult {
            total,
            region: options.region,
            confident: !hits.is_empty() && evidence.confidence() >= CONFIDENT && in_force,
            confidence: if hits.is_empty() { 0.0 } else { evidence.confidence() },
            evidence,
            hits,
            turn_to: elsewhere.first().map(|(_, agency)| (*agency).to_owned()).filter(|agency| !agency.is_empty()),
            routes: Vec::new(),
            interpreted: plan.interpreted,
        })
    }

    /// The terms that a question is searched by, with their weights: what another engine needs for the same ranking.
    /// Characters that are left out of the sums are left out here.
    pub fn weighted_terms(&self, text: &str) -> Vec<(String, f32)> {
        let normalized = self.normalized(text);
        let plan = self.plan(shorten(&normalized));
        let common = self.common();
        let searched = plan.table.terms.iter().filter(|term| {
            self.index.postings(&term.text).is_some_and(|postings| !term.single || postings.documents() <= common)
        });
        searched.map(|term| (term.text.clone().into_owned(), term.weight)).collect()
    }

    /// In how many documents a character may be and still count.
    fn common(&self) -> u32 {
        (self.weights.common * self.answers.len() as f32) as u32
    }

    pub(super) fn plan<'t>(&self, question: &'t str) -> Plan<'t> {
        Plan::new(question, &self.thesaurus, &self.weights, |gram| self.index.postings(gram).is_some())
    }

    /// The score of every answer, and what each term of the plan is worth (weight × idf).
    pub(super) fn sum(&self, plan: &Plan<'_>) -> (Vec<f32>, Vec<f32>) {
        let mut sums = vec![0f32; self.answers.len() as usize];
        let common = self.common();
        let worth = plan.table.terms.iter().map(|term| {
            let Some(postings) = self.index.postings(&term.text) else { return 0.0 };
            let worth = term.weight * self.bm25.idf(postings.documents());
            // The longest lists are of characters that say the least.
            if !term.single || postings.documents() <= common {
                self.bm25.accumulate(postings, worth, &mut sums);
            }
            worth
        });
        let worth = worth.collect();
        (sums, worth)
    }

    /// Brings the answers forward that are about what the question is about, whatever their words.
    fn compare(&self, near: &impl Fn(u32) -> f32, leading: &mut [Candidate]) {
        let Some(best) = leading.first().map(|best| best.sum) else { return };
        for candidate in leading.iter_mut() {
            candidate.sum += self.weights.meaning * best * near(candidate.number);
        }
        leading.sort_by(Candidate::order);
    }

    /// What each written term would be worth if the pack knew it, and the share of its pairs that the pack knows.
    fn stakes(&self, plan: &Plan<'_>, worth: &[f32]) -> (Vec<f32>, f32) {
        let strange = (1.0 + self.answers.len() as f32).ln();
        let (mut pairs, mut known) = (0f32, 0f32);
        let stakes = plan.table.terms.iter().zip(worth).map(|(term, &worth)| {
            if !term.literal || term.question {
                return 0.0;
            }
            if !term.single {
                pairs += 1.0;
                known += f32::from(u8::from(worth > 0.0));
            }
            // A pair that occurs nowhere may only straddle two words, so it weighs less than one that is known and missing here.
            if worth > 0.0 { worth } else { strange * if term.single { 1.0 } else { 0.5 } }
        });
        let stakes = stakes.collect();
        (stakes, if pairs > 0.0 { known / pairs } else { 1.0 })
    }

    /// The score of the title or authored question that matches best.
    fn best_ask(&self, answer: &AnswerRef<'_>, lookup: &Lookup<'_, '_>, worth: &[f32]) -> f32 {
        let mut best = 0f32;
        self.each_ask(answer, lookup, worth, |_, score| best = best.max(score));
        best
    }

    /// Calls `each` with the title and every authored question of an answer and its score: BM25 with the weights for questions.
    pub(super) fn each_ask<'a>(
        &self,
        answer: &AnswerRef<'a>,
        lookup: &Lookup<'_, '_>,
        worth: &[f32],
        mut each: impl FnMut(&'a str, f32),
    ) {
        let (k1, b) = (self.weights.ask_k1, self.weights.ask_b);
        let mut seen = vec![0u16; worth.len()];
        for (number, ask) in (1..).zip(std::iter::once(answer.title).chain(answer.questions.iter().copied())) {
            let (mut sum, mut units) = (0f32, 0u32);
            scan(ask.as_bytes(), &self.normalizer, lookup, |found| match found {
                Found::Units(count) => units += count,
                Found::Term { number: term, .. } if seen[term] != number => {
                    seen[term] = number;
                    sum += worth[term];
                }
                Found::Term { .. } | Found::End(_) => {}
            });
            each(ask, sum * (k1 + 1.0) / (1.0 + k1 * (1.0 - b + b * units as f32 / ASK_LENGTH)));
        }
    }

    /// Gives each regional answer that holds for the asker the place of the national answer that it replaces.
    fn replace_overridden(&self, sums: &mut [f32], region: u32) {
        if !self.names.regional || region == 0 || region == NATIONAL {
            return;
        }
        let mut replaced = Vec::new();
        for number in 0..self.answers.len() {
            let Some(facets) = Facets::read(&self.facets, number) else { continue };
            let of = facets.overrides as usize;
            if of < sums.len() && covers(facets.region, region) {
                sums[number as usize] = sums[number as usize].max(sums[of]);
                replaced.push(of);
            }
        }
        for of in replaced {
            sums[of] = 0.0;
        }
    }

    /// The best candidates after filters, best first, and how many there are in all.
    pub(super) fn leading(&self, sums: &[f32], options: &SearchOptions, count: usize) -> (Vec<Candidate>, u32) {
        let wanted = Wanted::new(options, &self.names);
        let mut kept: Vec<Candidate> = Vec::with_capacity(count * 2);
        let mut threshold = 0f32;
        let mut total = 0;
        for (number, &score) in sums.iter().enumerate() {
            if score <= 0.0 {
                continue;
            }
            let number = number as u32;
            // Most documents fall short; only those that might stay are looked up.
            if score * MOST_FAVOUR <= threshold && !wanted.narrows {
                total += 1;
                continue;
            }
            let Some(facets) = Facets::read(&self.facets, number).filter(|facets| wanted.admits(facets)) else { continue };
            total += 1;
            let candidate = Candidate { number, sum: score, favour: favour(&facets, wanted.region, options.as_of) };
            if candidate.score() <= threshold {
                continue;
            }
            kept.push(candidate);
            if kept.len() >= count * 2 {
                kept.select_nth_unstable_by(count - 1, Candidate::order);
                kept.truncate(count);
                threshold = kept.iter().map(Candidate::score).fold(f32::INFINITY, f32::min);
            }
        }
        kept.sort_by(Candidate::order);
        kept.truncate(count);
        (kept, total)
    }
}

fn hit(score: f32, answer: &AnswerRef<'_>, reading: &Reading, day: u32) -> Result<Hit> {
    let text = as_text(reading.needed(answer.text_bytes))?;
    let found = reading.snippet(text);
    let utf16 = Utf16Map::new(&found.text);
    let owned = |text: Option<&str>| text.map(str::to_owned);
    let number = |date: Option<&str>, default| date.and_then(|date| date.replace('-', "").parse().ok()).unwrap_or(default);
    Ok(Hit {
        id: answer.id.to_owned(),
        title: answer.title.to_owned(),
        marks: found.marks.iter().map(|&span| utf16.span(span)).collect(),
        snippet: found.text,
        heading: owned(reading.heading(text)),
        score,
        region: answer.region,
        insurance: answer.insurance.to_owned(),
        kind: answer.kind.to_owned(),
        agency: answer.agency.to_owned(),
        hotline: answer.hotline.to_owned(),
        basis: answer.basis.iter().map(|basis| basis.text.to_owned()).collect(),
        effective: owned(answer.effective),
        until: owned(answer.until),
        reviewed: owned(answer.reviewed),
        state: State::on(day, number(answer.effective, 0), number(answer.until, u32::MAX)),
        stale: day > 0 && number(answer.reviewed, day) + 10_000 < day,
    })
}

/// An answer that may be among the hits.
pub(super) struct Candidate {
    pub number: u32,
    /// Score of its words.
    sum: f32,
    /// Preference for where and when it holds.
    favour: f32,
}

impl Candidate {
    fn score(&self) -> f32 {
        self.sum * self.favour
    }

    /// Best first; equals in the order of the answers.
    fn order(a: &Self, b: &Self) -> std::cmp::Ordering {
        b.score().total_cmp(&a.score()).then(a.number.cmp(&b.number))
    }
}

/// Units of an authored question of middling length.
const ASK_LENGTH: f32 = 15.0;

/// The most that [`favour`] gives.
const MOST_FAVOUR: f32 = 1.25;

/// How much an answer is preferred for where and when it holds: the more local the better, and what is in force before
/// what is not.
fn favour(facets: &Facets, region: u32, day: u32) -> f32 {
    let local = match facets.region {
        0 | NATIONAL => 1.0,
        of if of == region => MOST_FAVOUR,
        _ => 1.15,
    };
    match State::on(day, facets.effective, facets.until) {
        State::Unchecked | State::Current => local,
        State::Pending | State::Expired => local * 0.5,
    }
}

/// Filters with names resolved to numbers.
struct Wanted {
    region: u32,
    insurance: Option<u8>,
    kind: Option<u8>,
    agency: Option<u8>,
    /// Whether the filters exclude answers that the region admits.
    narrows: bool,
}

impl Wanted {
    fn new(options: &SearchOptions, names: &FacetNames) -> Self {
        // A name that no answer has admits nothing.
        let resolve = |name: &Option<String>, known: &[String]| {
            name.as_ref().map(|name| known.iter().position(|k| k == name).map_or(u8::MAX, |at| at as u8))
        };
        Self {
            narrows: options.insurance.is_some() || options.kind.is_some() || options.agency.is_some() || names.regional,
            region: if options.region == 0 { NATIONAL } else { options.region },
            insurance: resolve(&options.insurance, &names.insurances),
            kind: resolve(&options.kind, &names.kinds),
            agency: resolve(&options.agency, &names.agencies),
        }
    }

    fn admits(&self, facets: &Facets) -> bool {
        let chosen = |wanted: Option<u8>, has: u8| wanted.is_none_or(|wanted| wanted == has);
        covers(facets.region, self.region)
            && chosen(self.insurance, facets.insurance)
            && chosen(self.kind, facets.kind)
            && chosen(self.agency, facets.agency)
    }
}

/// Whether an answer for region `of` holds for someone in region `asker`: its own region or one that contains it.
fn covers(of: u32, asker: u32) -> bool {
    of == 0 || of == NATIONAL || of == asker || of == asker / 100 * 100 || of == asker / 10_000 * 10_000
}

fn split_facets(bytes: &Bytes, count: u32) -> Result<(FacetNames, Bytes)> {
    let damaged = |cause: &str| Error::damaged(section::FACETS, cause);
    let length = bytes.get(..4).and_then(|b| b.try_into().ok()).map(u32::from_le_bytes).ok_or_else(|| damaged("没有长度"))?;
    let names_end = 4usize.saturating_add(length as usize);
    let names = bytes.get(4..names_end).ok_or_else(|| damaged("名称不全"))?;
    let names = postcard::from_bytes(names).map_err(|error| Error::damaged(section::FACETS, error))?;
    let entries = bytes.slice(names_end..bytes.len());
    if entries.len() != count as usize * Facets::SIZE {
        return Err(damaged("条数不符"));
    }
    Ok((names, entries))
}
