//! One pass over a text for the keys of all patterns.
//!
//! The keys are sorted by their first two characters when the rules are built, so opening a pack builds nothing; a small
//! bit set of those pairs, filled on opening, turns away nearly every place of a text at the cost of a multiplication.
//! (An Aho-Corasick automaton over the same keys scans as fast but takes milliseconds to build, every time a pack is opened.)

use serde::{Deserialize, Serialize};

#[cfg(feature = "write")]
use super::pattern::Pattern;

/// A key and the pattern that it belongs to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Key {
    /// First two characters, the second 0 for a key of one character.
    pair: u64,
    text: String,
    pattern: u32,
}

/// The keys of all patterns.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Index {
    keys: Vec<Key>,
}

/// An [`Index`] ready to scan with.
#[derive(Debug, Clone)]
pub struct Scanner {
    filter: Vec<u64>,
}

const FILTER_BITS: u32 = 16;

const fn pair(first: char, second: char) -> u64 {
    (first as u64) << 32 | second as u64
}

const fn slot(pair: u64) -> usize {
    (pair.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - FILTER_BITS)) as usize
}

impl Index {
    /// Sorts the keys of `patterns`.
    #[cfg(feature = "write")]
    pub fn new(patterns: &[Pattern]) -> Self {
        let mut keys = Vec::new();
        for (number, pattern) in patterns.iter().enumerate() {
            for text in pattern.keys() {
                let mut chars = text.chars();
                if let Some(first) = chars.next() {
                    keys.push(Key {
                        pair: pair(first, chars.next().unwrap_or('\0')),
                        text: text.clone(),
                        pattern: number as u32,
                    });
                }
            }
        }
        keys.sort();
        Self { keys }
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether every key belongs to one of `patterns` patterns.
    pub fn fits(&self, patterns: usize) -> bool {
        self.keys.iter().all(|key| (key.pattern as usize) < patterns)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Fills the filter.
    pub fn scanner(&self) -> Scanner {
        let mut filter = vec![0u64; (1 << FILTER_BITS) / 64];
        for key in &self.keys {
            let slot = slot(key.pair);
            filter[slot / 64] |= 1 << (slot % 64);
        }
        Scanner { filter }
    }

    /// Calls `found` with the pattern, start and end of every key in `text`, from left to right.
    pub fn scan(&self, scanner: &Scanner, text: &str, mut found: impl FnMut(u32, usize, usize)) {
        let mut chars = text.char_indices().peekable();
        while let Some((at, first)) = chars.next() {
            let second = chars.peek().map_or('\0', |&(_, c)| c);
            for wanted in [pair(first, second), pair(first, '\0')] {
                let slot = slot(wanted);
                if scanner.filter[slot / 64] >> (slot % 64) & 1 == 1 {
                    self.look_up(wanted, text, at, &mut found);
                }
                if second == '\0' {
                    break;
                }
            }
        }
    }

    fn look_up(&self, wanted: u64, text: &str, at: usize, found: &mut impl FnMut(u32, usize, usize)) {
        let first = self.keys.partition_point(|key| key.pair < wanted);
        let mut previous: Option<(&str, bool)> = None;
        for key in self.keys[first..].iter().take_while(|key| key.pair == wanted) {
            let here = match previous {
                Some((text, known)) if text == key.text => known,
                _ => text.as_bytes()[at..].starts_with(key.text.as_bytes()),
            };
            previous = Some((&key.text, here));
            if here {
                found(key.pattern, at, at + key.text.len());
            }
        }
    }
}
