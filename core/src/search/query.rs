//! From a question to weighted terms.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::ranking::Weights;
use crate::text::{grams, units, ByteSpan};

/// One direction of a synonym: a question with `from` is also searched with `to`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Synonym {
    /// What people say, normalised.
    pub from: String,
    /// What the answers say, normalised.
    pub to: Vec<String>,
}

/// What the query plan knows about words, from the pack.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lexicon {
    /// Words that say how something is asked (怎么办, 多少), normalised.
    pub question_words: Vec<String>,
    /// Synonyms, by `from`.
    pub synonyms: Vec<Synonym>,
}

/// A term to look up, with its weight against the other terms.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Term {
    pub text: String,
    pub weight: f32,
}

/// The plan of one question.
#[derive(Debug, Clone, Default)]
pub(super) struct Plan {
    /// Characters and pairs, for the gram and ask fields.
    pub grams: Vec<Term>,
    /// Words of two and more characters, for the word field.
    pub words: Vec<Term>,
}

/// A query longer than this is cut: nobody asks in more, and cost grows with length.
pub(super) const LONGEST: usize = 600;

/// The first [`LONGEST`] units of a normalised text.
pub(super) fn shorten(text: &str) -> &str {
    match units(text).nth(LONGEST) {
        Some(unit) => &text[..unit.span.start],
        None => text,
    }
}

impl Lexicon {
    /// Spans of the text that are question words, longest match first, left to right.
    pub(super) fn question_spans(&self, text: &str) -> Vec<ByteSpan> {
        let mut spans = Vec::new();
        let mut at = 0;
        while at < text.len() {
            let rest = &text[at..];
            let longest = self.question_words.iter().filter(|word| rest.starts_with(word.as_str())).map(String::len).max();
            match longest.filter(|&length| length > 0) {
                Some(length) => {
                    spans.push(ByteSpan::new(at, at + length));
                    at += length;
                }
                None => at += rest.chars().next().map_or(1, char::len_utf8),
            }
        }
        spans
    }
}

/// Adds a term; a repetition adds `repeat` of its weight to the one that is already there.
fn add(terms: &mut Vec<Term>, seen: &mut HashMap<String, usize>, text: &str, weight: f32, repeat: f32) {
    if let Some(&at) = seen.get(text) {
        if let Some(term) = terms.get_mut(at) {
            term.weight += weight * repeat;
        }
        return;
    }
    seen.insert(text.to_owned(), terms.len());
    terms.push(Term { text: text.to_owned(), weight });
}

impl Plan {
    /// Plans a normalised, shortened question; `cut` calls back with each word's span.
    pub fn new(text: &str, lexicon: &Lexicon, weights: &Weights, cut: impl Fn(&str, &mut dyn FnMut(ByteSpan))) -> Self {
        let mut plan = Self::default();
        let (mut seen_grams, mut seen_words) = (HashMap::new(), HashMap::new());
        let questions = if weights.question_word < 1.0 { lexicon.question_spans(text) } else { Vec::new() };
        // A gram inside a question word counts less; one that reaches out of it counts fully.
        let weight_of = |span: ByteSpan| {
            let inside = questions.iter().any(|q| q.start <= span.start && span.end <= q.end);
            if inside { weights.question_word } else { 1.0 }
        };
        let base = text.as_ptr() as usize;
        grams(text, |token| {
            // Tokens of the text itself are slices of it; numerals put into digits are not, and count fully.
            let at = (token.as_ptr() as usize).wrapping_sub(base);
            let weight = if at < text.len() { weight_of(ByteSpan::new(at, at + token.len())) } else { 1.0 };
            add(&mut plan.grams, &mut seen_grams, token, weight, weights.repeat);
        });
        cut(text, &mut |span| {
            let word = span.of(text);
            if word.chars().nth(1).is_some() {
                add(&mut plan.words, &mut seen_words, word, weight_of(span), weights.repeat);
            }
        });
        plan
    }
}
