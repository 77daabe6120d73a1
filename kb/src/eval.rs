//! Measuring retrieval on a set: `docs.jsonl` {id, title, text} and `queries.jsonl` {id, text, relevant[]}.

use std::path::Path;
use std::time::Instant;

use serde::{Deserialize, Serialize};
use sheda_core::pack::Pack;
use sheda_core::search::{Answer, SearchOptions, Searcher, Weights};

use crate::builder::{Parts, build};
use crate::json_lines;
use crate::lexicon::LexiconSource;
use crate::progress::unheard;
use crate::recipe::Recipe;
use crate::sources::PackInfo;

/// One question of a set.
#[derive(Debug, Clone, Deserialize)]
pub struct Query {
    /// Its id.
    pub id: String,
    /// The question.
    pub text: String,
    /// Ids of the documents that answer it.
    pub relevant: Vec<String>,
}

#[derive(Deserialize)]
struct Document {
    id: String,
    #[serde(default)]
    title: String,
    text: String,
}

/// Quality and cost of one ranking on one set.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Figures {
    /// What was measured.
    pub name: String,
    /// How many questions.
    pub queries: usize,
    /// Share of questions with a right document first.
    #[serde(rename = "success@1")]
    pub success_1: f64,
    /// Share with a right document among the first five.
    #[serde(rename = "success@5")]
    pub success_5: f64,
    /// Mean reciprocal rank of the first right document among ten.
    #[serde(rename = "mrr@10")]
    pub mrr_10: f64,
    /// Normalised discounted cumulative gain over ten.
    #[serde(rename = "ndcg@10")]
    pub ndcg_10: f64,
    /// Median time of a search in microseconds.
    pub p50_us: f64,
    /// 99th percentile in microseconds.
    pub p99_us: f64,
}

/// A set, built and opened.
pub struct Set {
    /// Its questions.
    pub queries: Vec<Query>,
    /// The engine over its documents.
    pub searcher: Searcher,
    /// Bytes of index and dictionary.
    pub index_bytes: usize,
    /// Seconds that building took.
    pub build_seconds: f64,
    /// Milliseconds that opening took.
    pub open_ms: f64,
    /// The pack.
    pub pack: Vec<u8>,
}

/// The documents of a set as answers without questions.
///
/// # Errors
/// If the file cannot be read; the message names file and line.
pub fn documents(path: &Path) -> anyhow::Result<Vec<Answer>> {
    let documents: Vec<Document> = json_lines::read(path)?;
    Ok(documents.into_iter().map(|d| Answer { id: d.id, title: d.title, text: d.text, ..Answer::default() }).collect())
}

impl Set {
    /// Reads, builds and opens a set.
    ///
    /// # Errors
    /// If a file cannot be read or the pack cannot be built.
    pub fn open(folder: &Path, recipe: &Recipe) -> anyhow::Result<Self> {
        let queries = json_lines::read(&folder.join("queries.jsonl"))?;
        let documents = documents(&folder.join("docs.jsonl"))?;
        let started = Instant::now();
        let info = PackInfo { id: "eval".into(), title: folder.display().to_string(), version: "0".into() };
        let pack = build(&documents, &LexiconSource::builtin()?, &info, Parts::default(), recipe, &unheard)?;
        let build_seconds = started.elapsed().as_secs_f64();
        let bytes = pack.clone();
        let started = Instant::now();
        let opened = Pack::open(bytes)?;
        let searcher = Searcher::open(&opened)?;
        let open_ms = started.elapsed().as_secs_f64() * 1e3;
        let index_bytes =
            opened.sections().filter(|(name, _)| name.starts_with("index/") || *name == "dictionary").map(|(_, size)| size).sum();
        Ok(Self { queries, searcher, index_bytes, build_seconds, open_ms, pack })
    }

    /// Measures one ranking.
    ///
    /// # Errors
    /// If a search fails.
    pub fn measure(&mut self, name: &str, weights: Weights) -> anyhow::Result<Figures> {
        self.searcher.set_weights(weights);
        measure(name, &self.searcher, &self.queries)
    }
}

/// Runs every question once and scores the first ten hits.
///
/// # Errors
/// If a search fails.
pub fn measure(name: &str, searcher: &Searcher, queries: &[Query]) -> anyhow::Result<Figures> {
    let options = SearchOptions { limit: 10, ..SearchOptions::default() };
    let mut figures = Figures { name: name.to_owned(), queries: queries.len(), ..Figures::default() };
    let mut times = Vec::with_capacity(queries.len());
    for query in queries {
        let started = Instant::now();
        let result = searcher.search(&query.text, &options)?;
        times.push(started.elapsed().as_secs_f64() * 1e6);
        let right: Vec<bool> = result.hits.iter().map(|hit| query.relevant.contains(&hit.id)).collect();
        let first = right.iter().position(|&right| right);
        figures.success_1 += f64::from(u8::from(first == Some(0)));
        figures.success_5 += f64::from(u8::from(first.is_some_and(|rank| rank < 5)));
        figures.mrr_10 += first.map_or(0.0, |rank| 1.0 / (rank as f64 + 1.0));
        let discount = |rank: usize| 1.0 / (rank as f64 + 2.0).log2();
        let gain: f64 = right.iter().enumerate().filter(|&(_, &right)| right).map(|(rank, _)| discount(rank)).sum();
        let ideal: f64 = (0..query.relevant.len().min(10)).map(discount).sum();
        figures.ndcg_10 += if ideal > 0.0 { gain / ideal } else { 0.0 };
    }
    let count = queries.len().max(1) as f64;
    for figure in [&mut figures.success_1, &mut figures.success_5, &mut figures.mrr_10, &mut figures.ndcg_10] {
        *figure /= count;
    }
    times.sort_by(f64::total_cmp);
    let percentile = |share: f64| times.get(((times.len() as f64 * share) as usize).min(times.len().saturating_sub(1))).copied();
    figures.p50_us = percentile(0.5).unwrap_or(0.0);
    figures.p99_us = percentile(0.99).unwrap_or(0.0);
    Ok(figures)
}
