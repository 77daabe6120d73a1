//! What excuses a match: quotation, negation, supposition, history and whatever else a rule's author lists.

use serde::{Deserialize, Serialize};

use super::document::Document;
use super::facts::Facts;
use super::pattern::Pattern;
use super::rule::SetId;
use crate::text::ByteSpan;

/// A context; it holds if any of its conditions does.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Context {
    /// The match stands in quotation marks.
    pub quoted: bool,
    /// One of these ends where the match begins.
    pub just_before: Vec<Pattern>,
    /// One of these stands before the match in its clause.
    pub before: Vec<Pattern>,
    /// One of these stands before the match in its sentence.
    pub sentence_before: Vec<Pattern>,
    /// One of these begins where the match ends.
    pub just_after: Vec<Pattern>,
    /// One of these stands after the match in its clause.
    pub after: Vec<Pattern>,
    /// One of these stands after the match in its sentence.
    pub sentence_after: Vec<Pattern>,
    /// One of these stands anywhere in the sentence.
    pub sentence: Vec<Pattern>,
    /// One of these stands in the sentence or the one before.
    pub near: Vec<Pattern>,
    /// The match is part of one of these.
    pub inside: Vec<Pattern>,
    /// One of these stands anywhere in the reply.
    pub reply: Option<SetId>,
    /// One of these stands anywhere in the question.
    pub question: Option<SetId>,
}

impl Context {
    /// Whether the context holds for a match.
    pub fn holds(&self, document: &Document<'_>, span: ByteSpan, facts: &Facts<'_>) -> bool {
        let text = document.text();
        let any = |patterns: &[Pattern], window: ByteSpan| {
            !patterns.is_empty() && patterns.iter().any(|pattern| pattern.find(text, window).is_some())
        };
        if self.quoted && document.quoted(span) {
            return true;
        }
        if self.reply.is_some_and(|set| facts.reply_has(set)) || self.question.is_some_and(|set| facts.question_has(set)) {
            return true;
        }
        let clause = document.clause(span);
        let sentence = document.sentence(span);
        any(&self.before, ByteSpan::new(clause.start, span.start))
            || any(&self.after, ByteSpan::new(span.end, clause.end))
            || any(&self.sentence_before, ByteSpan::new(sentence.start, span.start))
            || any(&self.sentence_after, ByteSpan::new(span.end, sentence.end))
            || any(&self.sentence, sentence)
            || self.just_before.iter().any(|pattern| ends_at(pattern, text, sentence.start, span.start))
            || self.just_after.iter().any(|pattern| begins_at(pattern, text, span.end, sentence.end))
            || self.inside.iter().any(|pattern| contains(pattern, text, sentence, span))
            || !self.near.is_empty() && (any(&self.near, sentence) || any(&self.near, document.sentence_before(span)))
    }
}

/// Whether the pattern fits so that it ends at `end`.
fn ends_at(pattern: &Pattern, text: &str, floor: usize, end: usize) -> bool {
    every_place(pattern, text, ByteSpan::new(floor, end)).any(|span| span.end == end)
}

/// Whether the pattern fits so that it begins at `start`.
fn begins_at(pattern: &Pattern, text: &str, start: usize, ceiling: usize) -> bool {
    every_place(pattern, text, ByteSpan::new(start, ceiling)).any(|span| span.start == start)
}

/// Whether the pattern fits around `span`.
fn contains(pattern: &Pattern, text: &str, window: ByteSpan, span: ByteSpan) -> bool {
    every_place(pattern, text, window).any(|found| found.start <= span.start && span.end <= found.end)
}

fn every_place<'p>(pattern: &'p Pattern, text: &'p str, window: ByteSpan) -> impl Iterator<Item = ByteSpan> + 'p {
    let part = window.of(text);
    pattern.keys().iter().flat_map(move |key| {
        part.match_indices(key.as_str()).filter_map(move |(at, _)| {
            let start = window.start + at;
            pattern.around(text, ByteSpan::new(start, start + key.len()))
        })
    })
}
