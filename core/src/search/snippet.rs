//! The sentences that answer, with what to mark in them.

use super::query::Term;
use crate::text::{grams, sentences, ByteSpan, Normalizer};

/// What the grams of a question are worth, for scoring and marking sentences.
#[derive(Debug)]
pub struct Marks {
    /// Sorted by text.
    worth: Vec<(String, f32)>,
}

impl Marks {
    pub(super) fn new(terms: &[Term], gain: &[f32]) -> Self {
        let mut worth: Vec<(String, f32)> =
            terms.iter().zip(gain).filter(|&(_, &g)| g > 0.0).map(|(term, &g)| (term.text.clone(), g)).collect();
        worth.sort_by(|a, b| a.0.cmp(&b.0));
        Self { worth }
    }

    fn find(&self, token: &str) -> Option<usize> {
        self.worth.binary_search_by(|(text, _)| text.as_str().cmp(token)).ok()
    }

    /// The summed worth of the distinct grams of the question that occur in a normalised text.
    fn covered(&self, text: &str, seen: &mut Vec<bool>) -> (f32, usize) {
        seen.clear();
        seen.resize(self.worth.len(), false);
        let (mut sum, mut length) = (0.0, 0);
        grams(text, |token| {
            length += 1;
            if let Some(at) = self.find(token)
                && !std::mem::replace(&mut seen[at], true)
            {
                sum += self.worth[at].1;
            }
        });
        (sum, length)
    }
}

/// The score of the best single sentence of a normalised text.
pub(super) fn sentence_score(text: &str, marks: &Marks) -> f32 {
    let mut seen = Vec::new();
    sentences(text)
        .map(|span| {
            let (sum, length) = marks.covered(span.of(text), &mut seen);
            // A mild length term: of two sentences with the same words the shorter says it more directly.
            sum * 60.0 / (60.0 + 0.3 * length as f32)
        })
        .fold(0.0, f32::max)
}

/// A shortened text with spans to mark.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snippet {
    /// One or two sentences of the answer.
    pub text: String,
    /// What to mark in `text`, in bytes, in order, not overlapping.
    pub marks: Vec<ByteSpan>,
}

/// Longest snippet, in characters.
const LONGEST: usize = 90;

/// The part of `text` that says most about the question: the sentence that covers it best and, if there is room, the next.
pub fn snippet(text: &str, normalizer: &Normalizer, marks: &Marks) -> Snippet {
    let normalized = normalizer.normalize(text);
    let mut seen = Vec::new();
    let spans: Vec<ByteSpan> = sentences(&normalized.text).collect();
    let mut best: Option<(usize, f32)> = None;
    for (at, span) in spans.iter().enumerate() {
        let (sum, length) = marks.covered(span.of(&normalized.text), &mut seen);
        // The first sentence is the answer itself: others must say clearly more.
        let score = sum * 60.0 / (60.0 + 0.3 * length as f32) * if at == 0 { 1.25 } else { 1.0 };
        if best.is_none_or(|(_, b)| score > b) {
            best = Some((at, score));
        }
    }
    let Some((at, _)) = best else { return Snippet::default() };
    let mut span = spans[at];
    for next in &spans[at + 1..] {
        if normalized.text[span.start..next.end].chars().count() > LONGEST {
            break;
        }
        span.end = next.end;
    }
    let (span, cut) = shorten(&normalized.text, span, marks);
    let original = normalized.origin(span, text);
    let mut out = Snippet { text: original.of(text).replace('\n', " "), marks: Vec::new() };
    let shown = normalizer.normalize(&out.text);
    out.marks = marked(&shown.text, marks).into_iter().map(|span| shown.origin(span, &out.text)).collect();
    if cut {
        out.text.push('…');
    }
    out
}

/// Cuts an overlong sentence to the window that begins shortly before the first marked gram.
fn shorten(text: &str, span: ByteSpan, marks: &Marks) -> (ByteSpan, bool) {
    let part = span.of(text);
    if part.chars().count() <= LONGEST {
        return (span, false);
    }
    let first = marked(part, marks).first().map_or(0, |mark| mark.start);
    let lead = part[..first].char_indices().rev().nth(15).map_or(0, |(at, _)| at);
    let lead = if part[lead..].chars().count() < LONGEST { 0 } else { lead };
    let window = &part[lead..];
    let end = window.char_indices().nth(LONGEST).map_or(window.len(), |(at, _)| at);
    (ByteSpan::new(span.start + lead, span.start + lead + end), end < window.len())
}

/// Pairs of the question that occur in a normalised text, merged where they touch.
fn marked(text: &str, marks: &Marks) -> Vec<ByteSpan> {
    let base = text.as_ptr() as usize;
    let mut out: Vec<ByteSpan> = Vec::new();
    grams(text, |token| {
        let start = (token.as_ptr() as usize).wrapping_sub(base);
        if start >= text.len() || token.chars().nth(1).is_none() || marks.find(token).is_none() {
            return;
        }
        let span = ByteSpan::new(start, start + token.len());
        match out.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => out.push(span),
        }
    });
    out
}
