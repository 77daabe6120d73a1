//! The sentence that answers, with what to mark in it.

use super::scan::{Found, Lookup, scan};
use crate::text::{ByteSpan, Normalizer};

/// Longest snippet, in characters.
const LONGEST: usize = 96;

/// What one candidate's text says about the question, from one pass over it.
#[derive(Debug, Clone, Default)]
pub(super) struct Reading {
    /// Score of the best sentence.
    pub best: f32,
    /// The sentence to show.
    shown: ByteSpan,
    /// Bytes of the question's pairs in the text, in order of their ends.
    marks: Vec<ByteSpan>,
    /// Ends of sentences.
    ends: Vec<usize>,
}

/// Reads a text; `worth` has the weight × idf of each term, `length` the units that halve a sentence's score.
pub(super) fn read(text: &[u8], normalizer: &Normalizer, lookup: &Lookup<'_, '_>, worth: &[f32], length: f32) -> Reading {
    // Room for what a text of usual length has.
    let mut out = Reading { marks: Vec::with_capacity(64), ends: Vec::with_capacity(16), ..Reading::default() };
    // The sentence in which each term was last seen, so that repetitions count once.
    let mut seen = vec![0u32; worth.len()];
    let (mut sentence, mut start, mut sum, mut units) = (1u32, 0usize, 0f32, 0u32);
    let mut best_shown = -1f32;
    scan(text, normalizer, lookup, |found| match found {
        Found::Units(count) => units += count,
        Found::Term { number, start, end } => {
            if seen[number] != sentence {
                seen[number] = sentence;
                sum += worth[number];
            }
            if worth[number] > 0.0 && end - start > 4 {
                out.marks.push(ByteSpan::new(start, end));
            }
        }
        Found::End(end) => {
            if units > 0 {
                let score = sum * length / (length + units as f32);
                out.best = out.best.max(score);
                // The first sentence is the answer itself: others must say clearly more to be shown instead.
                let shown = if start == 0 { score * 3.0 } else { score };
                if shown > best_shown {
                    best_shown = shown;
                    out.shown = ByteSpan::new(start, end);
                }
                out.ends.push(end);
            }
            (start, sum, units) = (end, 0.0, 0);
            sentence += 1;
        }
    });
    out
}

/// A shortened text with spans to mark.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snippet {
    /// One or two sentences of the answer.
    pub text: String,
    /// What to mark in `text`, in bytes, in order, not overlapping.
    pub marks: Vec<ByteSpan>,
}

impl Reading {
    /// The beginning of a text that holds all that [`Reading::snippet`] and [`Reading::heading`] look at.
    pub fn needed<'t>(&self, text: &'t [u8]) -> &'t [u8] {
        // No character has more than four bytes; the next end of a sentence tells whether the snippet was cut.
        let reach = self.shown.end.max(self.shown.start + LONGEST * 4);
        let end = self.ends.iter().find(|&&end| end > reach).map_or(text.len(), |&end| end);
        text.get(..end).unwrap_or(text)
    }

    /// The heading under which the shown sentence stands; `None` for the answer itself.
    pub fn heading<'t>(&self, text: &'t str) -> Option<&'t str> {
        // The sentence may begin with the heading: a heading has no full stop of its own.
        let until = text.get(..self.shown.end)?.trim_end();
        until.lines().rev().find_map(|line| line.strip_prefix("## "))
    }

    /// The sentence to show and, where there is room, the next ones.
    pub fn snippet(&self, text: &str) -> Snippet {
        let (start, mut end) = (self.shown.start, self.shown.end);
        let after = end;
        for &next in self.ends.iter().filter(|&&next| next > after) {
            if text.get(start..next).is_none_or(|part| part.chars().count() > LONGEST) {
                break;
            }
            end = next;
        }
        let Some(part) = text.get(start..end) else { return Snippet::default() };
        let start = start + (part.len() - part.trim_start().len());
        let end = start + part.trim().len();
        let (start, end) = self.window(text, start, end);
        let cut = end < text.len()
            && !text[..end].ends_with(['。', '！', '？', '；', '\n', '!', '?', ';'])
            && !text[end..].starts_with('\n');
        let mut out = Snippet::default();
        // Where each byte of the original went: markers and line breaks read as one line.
        let mut places: Vec<(usize, usize)> = Vec::new();
        let mut at = start;
        for line in text[start..end].split_inclusive('\n') {
            let shown = line.trim_end_matches('\n');
            let heading = shown.starts_with("## ");
            let row = shown.starts_with("| ") && shown.ends_with(" |");
            let inner = if row { &shown[2..shown.len() - 2] } else { shown.strip_prefix("## ").unwrap_or(shown) };
            let offset = inner.as_ptr() as usize - shown.as_ptr() as usize;
            for (number, cell) in inner.split(" | ").enumerate() {
                if number > 0 {
                    out.text.push('：');
                }
                places.push((at + offset + (cell.as_ptr() as usize - inner.as_ptr() as usize), out.text.len()));
                out.text.push_str(cell);
            }
            match (heading, row, line.ends_with('\n')) {
                (true, ..) => out.text.push('：'),
                (_, true, true) => out.text.push('；'),
                (_, _, true) => out.text.push(' '),
                _ => {}
            }
            at += line.len();
        }
        let place = |byte: usize| {
            let found = places.partition_point(|&(from, _)| from <= byte);
            let (from, to) = *places.get(found.checked_sub(1)?)?;
            Some(to + (byte - from))
        };
        for mark in self.marks.iter().filter(|mark| start <= mark.start && mark.end <= end) {
            let (Some(from), Some(to)) = (place(mark.start), place(mark.end - 1).map(|last| last + 1)) else { continue };
            if to > out.text.len() || to <= from {
                continue;
            }
            match out.marks.last_mut() {
                Some(last) if from <= last.end => last.end = last.end.max(to),
                _ => out.marks.push(ByteSpan::new(from, to)),
            }
        }
        if cut {
            out.text.push('…');
        }
        out
    }

    /// Cuts an overlong sentence to a window that begins shortly before the first mark.
    fn window(&self, text: &str, start: usize, end: usize) -> (usize, usize) {
        let part = &text[start..end];
        if part.chars().count() <= LONGEST {
            return (start, end);
        }
        let first = self.marks.iter().map(|mark| mark.start).find(|&mark| mark >= start && mark < end).unwrap_or(start);
        let lead = text[start..first].char_indices().rev().nth(15).map_or(start, |(at, _)| start + at);
        let lead = if text[lead..end].chars().count() < LONGEST { start } else { lead };
        let stop = text[lead..end].char_indices().nth(LONGEST).map_or(end, |(at, _)| lead + at);
        (lead, stop)
    }
}
