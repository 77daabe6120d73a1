//! One search: plan, sums of scores, filters, the leading candidates read again, hits.

use std::cmp::Ordering;

use serde::Serialize;
use tantivy::directory::OwnedBytes;
use tantivy::Index;

use super::field::{FieldIndex, Saturation};
use super::query::{shorten, Interpretation, Plan};
use super::ranking::Weights;
use super::route::Route;
use super::record::{AnswerRef, AnswerStore, FacetNames, Facets, NATIONAL};
use super::schema::{ASK, GRAM};
use super::snippet::{read, Reading};
use super::thesaurus::Thesaurus;
use crate::error::{Error, Result};
use crate::pack::{open_normalizer, section, Pack};
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
}

/// What a search gives.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SearchResult {
    /// Best first.
    pub hits: Vec<Hit>,
    /// How many answers share at least one term with the question, after filters.
    pub total: u32,
    /// Whether the first hit very probably answers the question; if not, show `routes` before the hits.
    pub confident: bool,
    /// How much speaks for the first hit, 0 to 1; `confident` is this against a calibrated threshold.
    pub confidence: f32,
    /// Who knows, best first.
    pub routes: Vec<Route>,
    /// Parts of the question that were searched as something else, in order.
    pub interpreted: Vec<Interpretation>,
}

/// Search over one pack.
pub struct Searcher {
    gram: FieldIndex,
    ask: Option<FieldIndex>,
    answers: AnswerStore,
    ids: fst::Map<OwnedBytes>,
    facets: OwnedBytes,
    names: FacetNames,
    /// For each authored question, the number of its answer.
    owners: Vec<u32>,
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
        let damaged = |error: tantivy::TantivyError| Error::damaged("index", error);
        let index = Index::open(pack.directory()).map_err(damaged)?;
        let segments = index.searchable_segments().map_err(damaged)?;
        let segment = segments.first().ok_or_else(|| Error::damaged("index", "没有段"))?;
        let reader = tantivy::SegmentReader::open(segment).map_err(damaged)?;

        let answers = AnswerStore::open(pack.required(section::ANSWERS)?)?;
        let owners: Vec<u32> = pack
            .required(section::ASKS)?
            .chunks_exact(4)
            .filter_map(|bytes| bytes.try_into().ok().map(u32::from_le_bytes))
            .collect();
        let count = answers.len();
        if owners.iter().any(|&owner| owner >= count) {
            return Err(Error::damaged(section::ASKS, "编号越界"));
        }
        let (names, facets) = split_facets(&pack.required(section::FACETS)?, count)?;
        let ids = fst::raw::Fst::new(pack.required(section::IDS)?).map_err(|error| Error::damaged(section::IDS, error))?;
        Ok(Self {
            gram: FieldIndex::open(&reader, GRAM, 0, count)?,
            ask: if owners.is_empty() { None } else { Some(FieldIndex::open(&reader, ASK, count, owners.len() as u32)?) },
            answers,
            ids: fst::Map::from(ids),
            facets,
            names,
            owners,
            thesaurus: Thesaurus::open(pack)?,
            normalizer: open_normalizer(pack)?,
            weights: Weights::default(),
        })
    }

    /// Ranks with other weights, for measurements.
    pub fn set_weights(&mut self, weights: Weights) {
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
        let mut normalized = String::new();
        self.normalizer.normalize_into(text, &mut normalized);
        let question = shorten(&normalized);
        let known = |gram: &str| self.gram.knows(gram);
        let plan = Plan::new(question, &self.thesaurus, &self.weights, known);
        let (sums, worth) = self.sum(&plan)?;
        let reread = self.weights.reread;
        let all: f32 = worth.iter().sum::<f32>().max(f32::MIN_POSITIVE);
        let (leading, total) = self.leading(&sums, options, limit.max(reread));
        let mut found = Vec::with_capacity(leading.len());
        for (rank, (number, mut score)) in leading.into_iter().enumerate() {
            let answer = self.answers.get(number)?;
            let reading = read(answer.text, &self.normalizer, &plan.table, &worth, self.weights.sentence_length);
            if rank < reread {
                let covered: f32 = worth.iter().zip(&reading.occurs).filter(|&(_, &occurs)| occurs).map(|(worth, _)| worth).sum();
                score += self.weights.sentence * reading.best + self.weights.coverage * covered * covered / all;
            }
            found.push((number, score, answer, reading));
        }
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let hits = found.into_iter().take(limit).map(|(_, score, answer, reading)| hit(score, &answer, &reading)).collect();
        Ok(SearchResult { hits, total, confident: true, confidence: 1.0, routes: Vec::new(), interpreted: plan.interpreted })
    }

    /// The score of every answer, and what each term of the plan is worth (weight × idf).
    fn sum(&self, plan: &Plan<'_>) -> Result<(Vec<f32>, Vec<f32>)> {
        let weights = &self.weights;
        let mut sums = vec![0f32; self.answers.len() as usize];
        let saturation = self.gram.saturation(weights.k1, weights.b, weights);
        let mut gains = Vec::with_capacity(plan.table.terms.len());
        for term in &plan.table.terms {
            let mut worth = 0.0;
            if let Some((postings, idf)) = self.gram.postings(&term.text, &saturation)? {
                worth = term.weight * idf;
                self.gram.accumulate(postings, worth, &saturation, &mut sums);
            }
            gains.push(worth);
        }
        if let Some(ask) = self.ask.as_ref().filter(|_| weights.ask > 0.0) {
            let saturation = ask.saturation(weights.ask_k1, weights.ask_b, weights);
            self.sum_asks(ask, plan, &saturation, &mut sums)?;
        }
        Ok((sums, gains))
    }

    /// Adds to each answer the score of the one authored question that matches best.
    fn sum_asks(&self, ask: &FieldIndex, plan: &Plan<'_>, saturation: &Saturation, sums: &mut [f32]) -> Result<()> {
        let mut asked = vec![0f32; ask.documents() as usize];
        for term in &plan.table.terms {
            if let Some((postings, idf)) = ask.postings(&term.text, saturation)? {
                ask.accumulate(postings, term.weight * idf, saturation, &mut asked);
            }
        }
        // Questions of one answer stand together.
        let mut best = (u32::MAX, 0f32);
        let mut settle = |(owner, score): (u32, f32)| {
            if let Some(sum) = sums.get_mut(owner as usize) {
                *sum += self.weights.ask * score;
            }
        };
        for (&owner, &score) in self.owners.iter().zip(&asked) {
            if owner == best.0 {
                best.1 = best.1.max(score);
            } else {
                settle(best);
                best = (owner, score);
            }
        }
        settle(best);
        Ok(())
    }

    /// The best candidates after filters, best first, and how many there are in all.
    fn leading(&self, sums: &[f32], options: &SearchOptions, count: usize) -> (Vec<(u32, f32)>, u32) {
        let wanted = Wanted::new(options, &self.names);
        let mut kept: Vec<(u32, f32)> = Vec::with_capacity(count * 2);
        let mut threshold = 0f32;
        let mut total = 0;
        let better = |a: &(u32, f32), b: &(u32, f32)| b.1.partial_cmp(&a.1).unwrap_or(Ordering::Equal).then(a.0.cmp(&b.0));
        for (number, &score) in sums.iter().enumerate() {
            if score <= 0.0 {
                continue;
            }
            let number = number as u32;
            if let Some(wanted) = &wanted
                && !Facets::read(&self.facets, number).is_some_and(|facets| wanted.admits(&facets))
            {
                continue;
            }
            total += 1;
            if score <= threshold {
                continue;
            }
            kept.push((number, score));
            if kept.len() >= count * 2 {
                kept.select_nth_unstable_by(count - 1, better);
                kept.truncate(count);
                threshold = kept.iter().map(|&(_, score)| score).fold(f32::INFINITY, f32::min);
            }
        }
        kept.sort_by(better);
        kept.truncate(count);
        (kept, total)
    }
}

fn hit(score: f32, answer: &AnswerRef<'_>, reading: &Reading) -> Hit {
    let found = reading.snippet(answer.text);
    let utf16 = Utf16Map::new(&found.text);
    let owned = |text: Option<&str>| text.map(str::to_owned);
    Hit {
        id: answer.id.to_owned(),
        title: answer.title.to_owned(),
        marks: found.marks.iter().map(|&span| utf16.span(span)).collect(),
        snippet: found.text,
        score,
        region: answer.region,
        insurance: answer.insurance.to_owned(),
        kind: answer.kind.to_owned(),
        agency: answer.agency.to_owned(),
        hotline: answer.hotline.to_owned(),
        basis: answer.basis.iter().map(|basis| basis.text.clone()).collect(),
        effective: owned(answer.effective),
        until: owned(answer.until),
        reviewed: owned(answer.reviewed),
    }
}

/// Filters with names resolved to numbers; `None` where nothing is filtered.
struct Wanted {
    region: u32,
    as_of: u32,
    insurance: Option<u8>,
    kind: Option<u8>,
    agency: Option<u8>,
}

impl Wanted {
    fn new(options: &SearchOptions, names: &FacetNames) -> Option<Self> {
        // A name that no answer has admits nothing.
        let resolve = |name: &Option<String>, known: &[String]| {
            name.as_ref().map(|name| known.iter().position(|k| k == name).map_or(u8::MAX, |at| at as u8))
        };
        let wanted = Self {
            region: if options.region == 0 { NATIONAL } else { options.region },
            as_of: options.as_of,
            insurance: resolve(&options.insurance, &names.insurances),
            kind: resolve(&options.kind, &names.kinds),
            agency: resolve(&options.agency, &names.agencies),
        };
        Some(wanted)
    }

    fn admits(&self, facets: &Facets) -> bool {
        let chosen = |wanted: Option<u8>, has: u8| wanted.is_none_or(|wanted| wanted == has);
        covers(facets.region, self.region)
            && (self.as_of == 0 || (facets.effective <= self.as_of && self.as_of <= facets.until))
            && chosen(self.insurance, facets.insurance)
            && chosen(self.kind, facets.kind)
            && chosen(self.agency, facets.agency)
    }
}

/// Whether an answer for region `of` holds for someone in region `asker`: its own region or one that contains it.
fn covers(of: u32, asker: u32) -> bool {
    of == 0 || of == NATIONAL || of == asker || of == asker / 100 * 100 || of == asker / 10_000 * 10_000
}

fn split_facets(bytes: &OwnedBytes, count: u32) -> Result<(FacetNames, OwnedBytes)> {
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
