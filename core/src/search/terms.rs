//! Grams as numbers: comparing and counting them costs a few instructions instead of a string comparison.

use std::borrow::Cow;

use crate::text::is_han;

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
            (Some(c), None) if is_han(c) => Self::han_unit(c.into()),
            _ => {
                let mut run = RunKey::default();
                text.chars().for_each(|c| run.push(c));
                run.key()
            }
        }
    }

    /// The key of a Han character as a unit, given its code.
    pub fn han_unit(code: u32) -> Self {
        Self(u64::from(code))
    }

    /// The key of two neighbouring units.
    pub fn pair(self, next: Self) -> Self {
        if (self.0 | next.0) & RUN == 0 {
            Self(PAIR | self.0 << 24 | next.0)
        } else {
            Self((self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ next.0) | PAIR | RUN)
        }
    }

    /// The Han characters that the key is exactly: none if a run is part of it; the second is 0 for a single unit.
    pub fn han(self) -> Option<(u32, u32)> {
        match self.0 {
            key if key & RUN != 0 => None,
            key if key & PAIR != 0 => Some(((key & !PAIR) >> 24) as u32).zip(Some((key & 0xff_ffff) as u32)),
            key => Some((key as u32, 0)),
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

/// The distinct grams of a question, found by key.
#[derive(Debug, Clone, Default)]
pub(super) struct TermTable<'t> {
    pub terms: Vec<Term<'t>>,
    keys: Vec<Key>,
    /// Open addressing: number of the term + 1, or 0.
    slots: Vec<u16>,
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
