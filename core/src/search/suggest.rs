//! Completions as one types: the questions that editors wrote down are what people are about to ask.

use serde::Serialize;

use super::query::shorten;
use super::scan::Lookup;
use super::searcher::{SearchOptions, Searcher};
use crate::error::Result;
use crate::text::{ByteSpan, Utf16Map, Utf16Span};

/// A question that what was typed may become.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Suggestion {
    /// The question, as its editor wrote it.
    pub text: String,
    /// The answer that it leads to.
    pub id: String,
    /// That answer's title.
    pub title: String,
    /// Where what was typed stands in `text`, in UTF-16 units; empty if it was typed in pinyin or stands nowhere as a whole.
    pub marks: Vec<Utf16Span>,
}

/// How much a question that begins with what was typed is preferred, and one that contains it.
const BEGINS: f32 = 3.0;
const CONTAINS: f32 = 1.5;

impl Searcher {
    /// Completes what was typed; one suggestion an answer, `limit` 0 means 8.
    ///
    /// # Errors
    /// If the index is not what was written.
    pub fn suggest(&self, typed: &str, limit: usize, region: u32) -> Result<Vec<Suggestion>> {
        let limit = if limit == 0 { 8 } else { limit };
        let normalized = self.normalized(typed);
        let question = shorten(normalized.trim());
        if question.is_empty() {
            return Ok(Vec::new());
        }
        let plan = self.plan(question);
        let (sums, worth) = self.sum(&plan);
        let options = SearchOptions { region, ..SearchOptions::default() };
        let (leading, _) = self.leading(&sums, &options, limit * 2);
        let lookup = Lookup::new(&plan.table);
        let mut found = Vec::with_capacity(leading.len());
        for candidate in leading {
            let answer = self.answers().get(candidate.number)?;
            let mut best: (f32, &str) = (0.0, "");
            self.each_ask(&answer, &lookup, &worth, |ask, score| {
                let plain = self.normalized(ask);
                let factor = if plain.starts_with(question) {
                    BEGINS
                } else if plain.contains(question) {
                    CONTAINS
                } else {
                    1.0
                };
                if score * factor > best.0 {
                    best = (score * factor, ask);
                }
            });
            if !best.1.is_empty() {
                found.push((
                    best.0,
                    Suggestion {
                        text: best.1.to_owned(),
                        id: answer.id.to_owned(),
                        title: answer.title.to_owned(),
                        marks: Vec::new(),
                    },
                ));
            }
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.id.cmp(&b.1.id)));
        found.truncate(limit);
        let marked = found.into_iter().map(|(_, mut suggestion)| {
            // Normalising keeps one character for one in what editors write, so the place in the plain text is the place here.
            let plain = self.normalized(&suggestion.text);
            if let Some(at) = plain.find(question).filter(|_| plain.len() == suggestion.text.len()) {
                suggestion.marks = vec![Utf16Map::new(&suggestion.text).span(ByteSpan::new(at, at + question.len()))];
            }
            suggestion
        });
        Ok(marked.collect())
    }
}
