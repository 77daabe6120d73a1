//! Grams as numbers: comparing and counting them costs a few instructions instead of a string comparison.

use std::borrow::Cow;

use crate::text::{Normalizer, is_han};

/// A gram's key. Han characters and pairs of them have exact keys; runs of letters and digits have hashed ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Key(u64);

const PAIR: u64 = 1 << 62;
const RUN: u64 = 1 << 63;

impl Key {
    /// The key of one unit, given its normalised characters.
    fn unit(text: &str) -> Self {
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) if is_han(c) => Self(u64::from(c)),
            _ => {
                let mut run = RunKey::default();
                text.chars().for_each(|c| run.push(c));
                run.key()
            }
        }
    }

    /// The key of two neighbouring units.
    pub fn pair(self, next: Self) -> Self {
        if (self.0 | next.0) & RUN == 0 {
            Self(PAIR | self.0 << 24 | next.0)
        } else {
            Self((self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ next.0) | PAIR | RUN)
        }
    }

    /// The key of a gram as [`crate::text::grams`] emits it.
    pub fn gram(text: &str) -> Self {
        let mut units = crate::text::units(text);
        match (units.next(), units.next()) {
            (Some(first), Some(second)) => Self::unit(first.span.of(text)).pair(Self::unit(second.span.of(text))),
            _ => Self::unit(text),
        }
    }
}

/// Hashes a run of letters and digits character by character (FNV-1a).
#[derive(Debug, Clone, Copy)]
pub(super) struct RunKey(u64);

impl Default for RunKey {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl RunKey {
    pub fn push(&mut self, c: char) {
        self.0 = (self.0 ^ u64::from(c)).wrapping_mul(0x0100_0000_01b3);
    }

    pub fn key(self) -> Key {
        Key((self.0 | RUN) & !PAIR)
    }
}

/// A gram to look up.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Term<'t> {
    pub text: Cow<'t, str>,
    /// Weight against the other grams of the question.
    pub weight: f32,
    /// Whether it is one character or run rather than a pair.
    pub single: bool,
    /// Whether it lies inside a question word.
    pub question: bool,
    /// Whether the asker wrote it, rather than a synonym or a correction.
    pub literal: bool,
}

/// Bits of [`TermTable::han`]: as many as the common block of characters has, so that few share one.
const HAN_BITS: usize = 1 << 15;

/// The distinct grams of a question, found by key.
#[derive(Debug, Clone, Default)]
pub(super) struct TermTable<'t> {
    pub terms: Vec<Term<'t>>,
    keys: Vec<Key>,
    /// Open addressing: number of the term + 1, or 0.
    slots: Vec<u16>,
    /// A bit for each Han character that some term has: most characters of a text end here.
    han: Vec<u64>,
}

impl<'t> TermTable<'t> {
    fn slot(&self, key: Key) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = (key.0.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as usize & mask;
        loop {
            match self.slots[at] {
                0 => return at,
                number if self.keys[usize::from(number) - 1] == key => return at,
                _ => at = (at + 1) & mask,
            }
        }
    }

    /// Whether some term has this Han character. Characters share bits, so it may err towards yes.
    #[inline]
    fn has_han(&self, c: u32) -> bool {
        let at = c as usize % HAN_BITS;
        self.han.get(at / 64).is_some_and(|bits| bits >> (at % 64) & 1 == 1)
    }

    /// The terms with their keys.
    pub fn entries(&self) -> impl Iterator<Item = (Key, &Term<'t>)> {
        self.keys.iter().copied().zip(&self.terms)
    }

    /// The number of the term with this key.
    pub fn find(&self, key: Key) -> Option<usize> {
        if self.slots.is_empty() {
            return None;
        }
        usize::from(self.slots[self.slot(key)]).checked_sub(1)
    }

    /// Adds a term; a repetition adds `repeat` of its weight to the one that is there.
    pub fn add(&mut self, text: Cow<'t, str>, weight: f32, repeat: f32, question: bool, literal: bool) {
        if self.terms.len() >= 8_000 {
            return;
        }
        if self.terms.len() * 2 >= self.slots.len() {
            self.grow();
        }
        self.han.resize(HAN_BITS / 64, 0);
        for c in text.chars().filter(|&c| is_han(c)) {
            let at = u32::from(c) as usize % HAN_BITS;
            self.han[at / 64] |= 1 << (at % 64);
        }
        let key = Key::gram(&text);
        let slot = self.slot(key);
        match self.slots[slot] {
            0 => {
                self.terms.push(Term { single: key.0 & PAIR == 0, question, text, weight, literal });
                self.keys.push(key);
                self.slots[slot] = self.terms.len() as u16;
            }
            number => {
                let term = &mut self.terms[usize::from(number) - 1];
                term.weight += weight * repeat;
                term.literal |= literal;
                term.question &= question;
            }
        }
    }

    /// Takes terms for what they stand for: they are no longer what the asker wrote.
    pub fn disown(&mut self, of: impl Fn(&str) -> bool) {
        self.terms.iter_mut().filter(|term| of(&term.text)).for_each(|term| term.literal = false);
    }

    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(128);
        self.slots = vec![0; size];
        for number in 0..self.keys.len() {
            let slot = self.slot(self.keys[number]);
            self.slots[slot] = number as u16 + 1;
        }
    }
}

/// What a scan of a text reports.
pub(super) enum Found {
    /// A unit or pair that is the term of this number, with its bytes in the original text.
    Term { number: usize, start: usize, end: usize },
    /// A unit, whether or not it is a term: counts towards the length.
    Unit,
    /// A sentence ends at this byte.
    End(usize),
}

/// Reads an original (not normalised) text once and reports the grams of the question that occur in it and the ends of sentences.
pub(super) fn scan(text: &str, normalizer: &Normalizer, table: &TermTable<'_>, mut report: impl FnMut(Found)) {
    let mut previous: Option<(Key, usize, usize)> = None;
    let mut run: Option<(RunKey, usize, usize)> = None;
    let (bytes, mut after) = (text.as_bytes(), 0);
    while let Some(original) = text[after..].chars().next() {
        let at = after;
        after += original.len_utf8();
        let Some(c) = normalizer.character(original) else {
            // An invisible character joins what it stands between.
            if let Some((_, _, end)) = &mut run {
                *end = after;
            } else if let Some((_, _, end)) = &mut previous
                && *end == at
            {
                *end = after;
            }
            continue;
        };
        let han = is_han(c);
        if !han && !is_mark(c) && (c.is_alphanumeric() || (run.is_some() && matches!(c, '.' | '%'))) {
            let (key, _, end) = run.get_or_insert((RunKey::default(), at, at));
            key.push(c);
            *end = after;
            continue;
        }
        if let Some((key, start, end)) = run.take() {
            unit(table, (key.key(), start, end), &mut previous, &mut report);
        }
        if han && !table.has_han(u32::from(c)) {
            report(Found::Unit);
            previous = None;
            // On to the next character that some term has, or that is not of the common block.
            while let Some(&[high @ 0xe4..=0xe9, middle, low]) = bytes.get(after..after + 3).and_then(|b| b.first_chunk()) {
                let code = u32::from(high & 15) << 12 | u32::from(middle & 63) << 6 | u32::from(low & 63);
                if code < 0x4e00 || table.has_han(normalizer.plain_han(code)) {
                    break;
                }
                report(Found::Unit);
                after += 3;
            }
        } else if han {
            unit(table, (Key(u64::from(c)), at, after), &mut previous, &mut report);
        } else if matches!(c, '。' | '！' | '？' | '；' | '!' | '?' | ';' | '\n') {
            report(Found::End(after));
        }
    }
    if let Some((key, start, end)) = run.take() {
        unit(table, (key.key(), start, end), &mut previous, &mut report);
    }
    report(Found::End(text.len()));
}

/// Reports a unit and the pair that it ends.
fn unit(
    table: &TermTable<'_>,
    (key, start, end): (Key, usize, usize),
    previous: &mut Option<(Key, usize, usize)>,
    report: &mut impl FnMut(Found),
) {
    report(Found::Unit);
    if let Some(number) = table.find(key) {
        report(Found::Term { number, start, end });
    }
    if let Some((before, first, _)) = previous.filter(|&(_, _, last)| last == start)
        && let Some(number) = table.find(before.pair(key))
    {
        report(Found::Term { number, start: first, end });
    }
    *previous = Some((key, start, end));
}

/// Whether a character is of the blocks of Chinese punctuation, which are no letters: asking Unicode's tables is slow.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{205f}' | '\u{3001}'..='\u{3004}' | '\u{3008}'..='\u{3020}' | '\u{ff01}'..='\u{ff0f}')
}
