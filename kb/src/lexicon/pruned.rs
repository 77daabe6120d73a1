//! The dictionary that goes into a pack: only the words that its texts contain, with their costs from the full one.

use std::collections::BTreeSet;

use rayon::prelude::*;
use sheda_core::text::{Dictionary, DictionaryBuilder, is_han};

use super::BaseDictionary;

/// The bytes of a pruned dictionary and its fingerprint.
pub struct PrunedDictionary {
    /// The pack's section: cost of an unlisted character, then the transducer.
    pub section: Vec<u8>,
    /// How many words it holds.
    pub words: u32,
}

impl PrunedDictionary {
    /// Opens it for use while building.
    ///
    /// # Errors
    /// Never for bytes that [`Pruner::finish`] wrote.
    pub fn open(&self) -> anyhow::Result<Dictionary<&[u8]>> {
        let (unknown, words) = self.section.split_at_checked(4).ok_or_else(|| anyhow::anyhow!("dictionary too short"))?;
        Ok(Dictionary::open(words, u32::from_le_bytes(unknown.try_into()?))?)
    }
}

/// Collects the words that must stay.
pub struct Pruner<'a> {
    base: &'a BaseDictionary,
    keep: Vec<u64>,
    own: BTreeSet<String>,
}

impl<'a> Pruner<'a> {
    /// Starts with no words.
    pub fn new(base: &'a BaseDictionary) -> Self {
        Self { base, keep: vec![0; base.len().div_ceil(64)], own: BTreeSet::new() }
    }

    /// Keeps every word that occurs in any of these normalised texts, so that they are cut exactly as with the full dictionary.
    pub fn keep_words_of(&mut self, texts: &[String]) {
        let base = self.base;
        let size = self.keep.len();
        let found = texts
            .par_chunks(256)
            .map(|chunk| {
                let mut bits = vec![0u64; size];
                for text in chunk {
                    base.occurring(text, |ordinal| bits[ordinal / 64] |= 1 << (ordinal % 64));
                }
                bits
            })
            .reduce(
                || vec![0; size],
                |mut a, b| {
                    a.iter_mut().zip(&b).for_each(|(a, b)| *a |= b);
                    a
                },
            );
        self.keep.iter_mut().zip(&found).for_each(|(keep, found)| *keep |= found);
    }

    /// Keeps every word seen at least `count` times that `wanted` accepts.
    pub fn keep_where(&mut self, count: u32, wanted: impl Fn(&str) -> bool) {
        let (base, keep) = (self.base, &mut self.keep);
        base.for_each(|ordinal, word| {
            if base.count(ordinal) >= count && wanted(word) {
                keep[ordinal / 64] |= 1 << (ordinal % 64);
            }
        });
    }

    /// Adds a domain word, which will be cut as one word whatever its parts.
    pub fn add_word(&mut self, word: &str) {
        if word.chars().all(is_han) && word.chars().nth(1).is_some() {
            self.own.insert(word.to_owned());
        }
    }

    /// Writes the dictionary. Costs are rounded up to multiples of `step` (fewer values take fewer bytes after
    /// compression), never down: a domain word must stay cheaper than its parts.
    ///
    /// # Errors
    /// If the transducer cannot be written.
    pub fn finish(self, step: u32) -> anyhow::Result<PrunedDictionary> {
        let mut builder = DictionaryBuilder::default();
        let mut words = 0;
        self.base.for_each(|ordinal, word| {
            if self.keep[ordinal / 64] >> (ordinal % 64) & 1 == 1 {
                builder.insert(word, self.base.cost(ordinal).div_ceil(step) * step);
                words += 1;
            }
        });
        for word in &self.own {
            // One step cheaper than the best way to cut it, so that it always stays whole.
            let cost = self.base.path_cost(word).saturating_sub(1);
            builder.insert(word, u32::try_from(cost).unwrap_or(u32::MAX) / step * step);
            words += u32::from(self.base.find(word).is_none_or(|ordinal| self.keep[ordinal / 64] >> (ordinal % 64) & 1 == 0));
        }
        let mut section = self.base.unknown_cost().to_le_bytes().to_vec();
        section.extend_from_slice(&builder.finish()?);
        Ok(PrunedDictionary { section, words })
    }
}
