//! The pattern language of the rules: literal text, alternatives, bounded gaps and numbers.
//!
//! Every part is bounded, so trying a pattern at one place costs a constant and a whole text costs its length.

use serde::{Deserialize, Serialize};

use super::number;
use crate::text::ByteSpan;

/// One part of a pattern.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Part {
    /// One of these texts; an empty one makes the part optional.
    Any(Vec<String>),
    /// At most `max` characters that do not end a sentence or a quotation, nor a clause if `clause` is set.
    Gap {
        /// Most characters skipped.
        max: u8,
        /// Whether a comma ends the gap too.
        clause: bool,
    },
    /// A numeral in digits or Chinese characters that passes the test.
    Number(NumberTest),
    /// Punctuation or spaces that may be there, at most three characters.
    Pause,
    /// The beginning of a clause: after punctuation or at the start of the text.
    ClauseStart,
    /// The end of a clause.
    ClauseEnd,
}

/// What a numeral must satisfy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum NumberTest {
    /// Any numeral.
    Any,
    /// Greater than.
    Over(f64),
    /// Less than.
    Under(f64),
    /// None of these.
    Not(Vec<f64>),
    /// One of these.
    Is(Vec<f64>),
}

impl NumberTest {
    fn passes(&self, value: f64) -> bool {
        let same = |other: &f64| (other - value).abs() < 1e-9;
        match self {
            Self::Any => true,
            Self::Over(bound) => value > *bound,
            Self::Under(bound) => value < *bound,
            Self::Not(values) => !values.iter().any(same),
            Self::Is(values) => values.iter().any(same),
        }
    }
}

/// Most texts that neighbouring alternatives may be multiplied into.
const MOST_KEYS: usize = 64;

/// A compiled pattern.
///
/// A pack holds its parts as they were written; they are arranged for matching when it is read, since alternatives that are
/// multiplied out take half as much room again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(from = "Written", into = "Written")]
pub struct Pattern {
    /// Its parts as written; empty once it was read from a pack.
    written: Vec<Part>,
    /// Its parts in order.
    parts: Vec<Part>,
    /// Which part is looked up in the index: an [`Part::Any`] without an empty text.
    key: u8,
    /// Whether both ends must lie between two words.
    pub words: bool,
}

/// A pattern in a pack.
#[derive(Serialize, Deserialize)]
struct Written {
    parts: Vec<Part>,
    words: bool,
}

impl From<Pattern> for Written {
    fn from(pattern: Pattern) -> Self {
        Self { parts: pattern.written, words: pattern.words }
    }
}

impl From<Written> for Pattern {
    fn from(written: Written) -> Self {
        Self::arranged(Vec::new(), written.parts, written.words)
    }
}

/// Whether a character ends a sentence (normalised text).
pub const fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '!' | '?' | ';' | '\n')
}

/// Whether a character ends a clause.
pub const fn ends_clause(c: char) -> bool {
    ends_sentence(c) || matches!(c, ',' | ':' | '…' | '—')
}

/// Whether no gap reaches over a character.
const fn stops(c: char) -> bool {
    ends_sentence(c) || matches!(c, '“' | '”' | '「' | '」')
}

/// Whether a character may stand where a pattern has a pause.
const fn is_pause(c: char) -> bool {
    ends_clause(c) || matches!(c, ' ' | '、' | '.' | '~' | '"' | '”' | '“' | '·')
}

impl Pattern {
    /// Arranges parts for matching; without [`Pattern::keys`] if none is certain enough to look up.
    pub fn new(parts: Vec<Part>, words: bool) -> Self {
        Self::arranged(parts.clone(), parts, words)
    }

    fn arranged(written: Vec<Part>, parts: Vec<Part>, words: bool) -> Self {
        let parts = merge(parts);
        let key = key(&parts).unwrap_or(u8::MAX);
        Self { written, parts, key, words }
    }

    /// Its parts in order, arranged for matching.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Whether it can be written into a pack: one that was read from a pack cannot.
    #[cfg(feature = "write")]
    pub fn is_writable(&self) -> bool {
        !self.written.is_empty()
    }

    /// The texts of which one is looked up in the index.
    pub fn keys(&self) -> &[String] {
        match self.parts.get(usize::from(self.key)) {
            Some(Part::Any(texts)) => texts,
            _ => &[],
        }
    }

    /// The span of the pattern in `text` given where one of its keys stands, if the rest fits around it.
    pub fn around(&self, text: &str, key: ByteSpan) -> Option<ByteSpan> {
        let at = usize::from(self.key);
        let end = forward(self.parts.get(at + 1..)?, text, key.end)?;
        let start = backward(self.parts.get(..at)?, text, key.start)?;
        Some(ByteSpan::new(start, end))
    }

    /// The first place within `window` of `text` where the pattern fits, ignoring word boundaries.
    pub fn find(&self, text: &str, window: ByteSpan) -> Option<ByteSpan> {
        let part = window.of(text);
        let mut best: Option<ByteSpan> = None;
        for key in self.keys() {
            let mut from = 0;
            while let Some(found) = part.get(from..).and_then(|rest| rest.find(key.as_str())) {
                let start = window.start + from + found;
                let span = self.around(text, ByteSpan::new(start, start + key.len()));
                if let Some(span) = span.filter(|span| window.start <= span.start && span.end <= window.end) {
                    best = Some(best.map_or(span, |known| if span.start < known.start { span } else { known }));
                    break;
                }
                from += found + key.chars().next().map_or(1, char::len_utf8);
            }
        }
        best
    }
}

/// Multiplies neighbouring alternatives out, so that `[你|您]懂` has keys of two characters.
fn merge(parts: Vec<Part>) -> Vec<Part> {
    let mut out: Vec<Part> = Vec::new();
    for part in parts {
        if let (Some(Part::Any(left)), Part::Any(right)) = (out.last_mut(), &part)
            && left.len() * right.len() <= MOST_KEYS
        {
            let mut product: Vec<String> =
                left.iter().flat_map(|a| right.iter().map(move |b| [a.as_str(), b.as_str()].concat())).collect();
            product.sort_unstable_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
            product.dedup();
            *left = product;
            continue;
        }
        out.push(part);
    }
    out
}

/// The part that decides earliest: the one whose shortest text is longest, then the one with the fewest texts.
fn key(parts: &[Part]) -> Option<u8> {
    let mut best: Option<(usize, usize, usize)> = None;
    for (at, part) in parts.iter().enumerate() {
        let Part::Any(texts) = part else { continue };
        let shortest = texts.iter().map(|text| text.chars().count()).min().unwrap_or(0);
        if shortest == 0 {
            continue;
        }
        let better = best
            .is_none_or(|(length, count, _)| (shortest.min(4), usize::MAX - texts.len()) > (length.min(4), usize::MAX - count));
        if better {
            best = Some((shortest, texts.len(), at));
        }
    }
    best.and_then(|(_, _, at)| u8::try_from(at).ok())
}

/// Whether a text begins with an option. Chinese characters differ most in their third byte, so nearly all fail there.
fn begins(text: &str, option: &str) -> bool {
    let (text, option) = (text.as_bytes(), option.as_bytes());
    option.get(2).is_none_or(|third| text.get(2) == Some(third)) && text.starts_with(option)
}

/// Whether a text ends with an option; nearly all fail at the last byte.
fn ends(text: &str, option: &str) -> bool {
    let (text, option) = (text.as_bytes(), option.as_bytes());
    option.last().is_none_or(|last| text.last() == Some(last)) && text.ends_with(option)
}

/// Matches `parts` from `at` on and returns where they end, trying short gaps first.
fn forward(parts: &[Part], text: &str, at: usize) -> Option<usize> {
    let Some((part, rest)) = parts.split_first() else { return Some(at) };
    let tail = text.get(at..)?;
    match part {
        Part::Any(texts) => {
            texts.iter().filter(|option| begins(tail, option)).find_map(|option| forward(rest, text, at + option.len()))
        }
        Part::Gap { max, clause } => {
            let mut here = at;
            let mut chars = tail.chars();
            for _ in 0..=*max {
                if let Some(end) = forward(rest, text, here) {
                    return Some(end);
                }
                let c = chars.next().filter(|&c| !(stops(c) || *clause && ends_clause(c)))?;
                here += c.len_utf8();
            }
            None
        }
        Part::Number(test) => {
            let (length, value) = number::leading(tail)?;
            // 1万/150% and the like are other numbers; a numeral is matched whole or not at all.
            if number::continues_before(&text[..at]) || !test.passes(value) {
                return None;
            }
            forward(rest, text, at + length)
        }
        Part::Pause => {
            let length: usize = tail.chars().take(3).take_while(|&c| is_pause(c)).map(char::len_utf8).sum();
            forward(rest, text, at + length)
        }
        Part::ClauseStart => clause_start(text, at).then(|| forward(rest, text, at))?,
        Part::ClauseEnd => clause_end(text, at).then(|| forward(rest, text, at))?,
    }
}

/// Matches `parts` so that they end at `at` and returns where they begin.
fn backward(parts: &[Part], text: &str, at: usize) -> Option<usize> {
    let Some((part, rest)) = parts.split_last() else { return Some(at) };
    let head = text.get(..at)?;
    match part {
        Part::Any(texts) => {
            texts.iter().filter(|option| ends(head, option)).find_map(|option| backward(rest, text, at - option.len()))
        }
        Part::Gap { max, clause } => {
            let mut here = at;
            let mut chars = head.chars().rev();
            for _ in 0..=*max {
                if let Some(start) = backward(rest, text, here) {
                    return Some(start);
                }
                let c = chars.next().filter(|&c| !(stops(c) || *clause && ends_clause(c)))?;
                here -= c.len_utf8();
            }
            None
        }
        Part::Number(test) => {
            let (length, value) = number::trailing(head)?;
            test.passes(value).then(|| backward(rest, text, at - length))?
        }
        Part::Pause => {
            let length: usize = head.chars().rev().take(3).take_while(|&c| is_pause(c)).map(char::len_utf8).sum();
            backward(rest, text, at - length)
        }
        Part::ClauseStart => clause_start(text, at).then(|| backward(rest, text, at))?,
        Part::ClauseEnd => clause_end(text, at).then(|| backward(rest, text, at))?,
    }
}

fn clause_start(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_none_or(|c| is_pause(c) || c == '(' || c == '『' || c == '「')
}

fn clause_end(text: &str, at: usize) -> bool {
    text[at..].chars().next().is_none_or(|c| is_pause(c) || c == ')' || c == '』' || c == '」')
}
