//! One pass over a text for the keys of all patterns.
//!
//! The keys are sorted by their first two characters on the first check; a small bit set of those pairs turns away nearly
//! every place of a text at the cost of a multiplication. (An Aho-Corasick automaton over the same keys scans as fast but
//! takes longer to build and more room.)

use super::pattern::Pattern;

/// A key: one of the texts of a pattern's key part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Key {
    pattern: u16,
    option: u16,
}

/// The keys of all patterns, sorted by their texts' first two characters.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Index {
    keys: Vec<Key>,
}

/// An [`Index`] ready to scan with.
#[derive(Debug, Clone)]
pub struct Scanner {
    filter: Vec<u64>,
    /// The pair of characters that each key begins with, in the order of the keys.
    pairs: Vec<u64>,
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
    pub fn new(patterns: &[Pattern]) -> Self {
        let mut keys = Vec::new();
        for (pattern, compiled) in (0..=u16::MAX).zip(patterns) {
            for (option, text) in (0..=u16::MAX).zip(compiled.keys()) {
                keys.push((pair_of(text), text.as_str(), Key { pattern, option }));
            }
        }
        keys.sort_unstable_by(|a, b| (a.0, a.1, a.2.pattern).cmp(&(b.0, b.1, b.2.pattern)));
        Self { keys: keys.into_iter().map(|(_, _, key)| key).collect() }
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Fills the filter.
    pub fn scanner(&self, patterns: &[Pattern]) -> Scanner {
        let mut filter = vec![0u64; (1 << FILTER_BITS) / 64];
        let pairs: Vec<u64> = self.keys.iter().map(|key| text_of(*key, patterns).map_or(0, pair_of)).collect();
        for &pair in &pairs {
            let slot = slot(pair);
            filter[slot / 64] |= 1 << (slot % 64);
        }
        Scanner { filter, pairs }
    }

    /// Calls `found` with the number of the pattern, start and end of every key in `text`, from left to right.
    pub fn scan(&self, scanner: &Scanner, patterns: &[Pattern], text: &str, mut found: impl FnMut(usize, usize, usize)) {
        let mut chars = text.char_indices().peekable();
        while let Some((at, first)) = chars.next() {
            let second = chars.peek().map_or('\0', |&(_, c)| c);
            for wanted in [pair(first, second), pair(first, '\0')] {
                let slot = slot(wanted);
                if scanner.filter[slot / 64] >> (slot % 64) & 1 == 1 {
                    self.look_up(scanner, patterns, wanted, &text[at..], |pattern, length| found(pattern, at, at + length));
                }
                if second == '\0' {
                    break;
                }
            }
        }
    }

    fn look_up(&self, scanner: &Scanner, patterns: &[Pattern], wanted: u64, tail: &str, mut found: impl FnMut(usize, usize)) {
        let first = scanner.pairs.partition_point(|&pair| pair < wanted);
        let same = scanner.pairs[first..].iter().take_while(|&&pair| pair == wanted).count();
        for key in &self.keys[first..first + same] {
            if let Some(text) = text_of(*key, patterns)
                && tail.starts_with(text)
            {
                found(usize::from(key.pattern), text.len());
            }
        }
    }
}

fn text_of(key: Key, patterns: &[Pattern]) -> Option<&str> {
    Some(patterns.get(usize::from(key.pattern))?.keys().get(usize::from(key.option))?.as_str())
}

fn pair_of(text: &str) -> u64 {
    let mut chars = text.chars();
    pair(chars.next().unwrap_or('\0'), chars.next().unwrap_or('\0'))
}
