//! The inverted index: for each unit (a character or a run of letters and digits) and each pair of neighbouring units,
//! the documents that have it and how often.
//!
//! A format of our own, because a client downloads it: pairs are stored under their first unit as differences of unit
//! numbers, so that no term is spelt out, and the many pairs that only one document has cost three bytes each. The same
//! postings in tantivy's files are twice the size after brotli and half as fast to read (docs/search.md has the table).
//!
//! ```text
//! index/units    texts of the units, one a line, most frequent first; the line's number is the unit's number
//! index/terms    for each unit three varints: its documents, bytes of its postings, bytes of its pairs
//! index/lengths  for each document u16: grams in it, at most 65,535
//! index/singles  the postings of the units, one after another
//! index/pairs    for each unit the pairs that begin with it:
//!                  pairs · pairs with one document · bytes of `seconds` · bytes of `facts` (varints)
//!                  seconds   numbers of the second units, ascending, as differences − 1
//!                  facts     0–3: one document, which has it that often + 1; more: documents + 2, then bytes − documents + 1,
//!                            or 0 where the postings were left out
//!                  lone      for each pair with one document its number, in as many bytes as the number of documents needs
//!                  postings  of all other pairs
//! postings       none where they were left out, else for each document: (difference − 1) · 2 + (1 if more than once); if more than once, a byte: times − 2
//! ```

mod postings;
#[cfg(feature = "write")]
pub mod write;

use std::collections::HashMap;

use bytes::Bytes;

pub use postings::Postings;
use postings::{lone_width, varint};

use crate::error::{Error, Result};
use crate::pack::{Pack, section};
use crate::text::units;

const FIRST_HAN: u32 = 0x4e00;
const LAST_HAN: u32 = 0x9fff;

/// An opened index; the postings stay in the pack.
pub struct Index {
    /// Number + 1 of each Han character from U+4E00 on, 0 for none: most lookups are of these.
    han: Vec<u16>,
    /// Numbers of all other units.
    others: HashMap<Box<str>, u32>,
    units: Vec<Unit>,
    singles: Bytes,
    pairs: Bytes,
    lengths: Vec<u16>,
}

/// Where a unit's bytes lie.
#[derive(Debug, Clone, Copy)]
struct Unit {
    documents: u32,
    postings: (u32, u32),
    pairs: (u32, u32),
}

impl Index {
    /// Opens the index of a pack of `documents` documents.
    ///
    /// # Errors
    /// If a section is missing or is not what was written.
    pub fn open(pack: &Pack, documents: u32) -> Result<Self> {
        let names = pack.required(section::INDEX_UNITS)?;
        let names = std::str::from_utf8(&names).map_err(|error| Error::damaged(section::INDEX_UNITS, error))?;
        let (singles, pairs) = (pack.required(section::INDEX_SINGLES)?, pack.required(section::INDEX_PAIRS)?);
        let terms = pack.required(section::INDEX_TERMS)?;
        let (mut han, mut others, mut units) = (vec![0u16; (LAST_HAN - FIRST_HAN + 1) as usize], HashMap::new(), Vec::new());
        let (mut rest, mut single, mut pair) = (&terms[..], 0u32, 0u32);
        let cut = || Error::damaged(section::INDEX_TERMS, "条目不全");
        for (number, name) in (0u32..).zip(names.lines()) {
            let mut next = || varint(&mut rest).ok_or_else(cut);
            let (documents, postings, following) = (next()?, next()?, next()?);
            let ends = single.checked_add(postings).zip(pair.checked_add(following));
            let (single_end, pair_end) =
                ends.filter(|&(s, p)| s as usize <= singles.len() && p as usize <= pairs.len()).ok_or_else(cut)?;
            units.push(Unit { documents, postings: (single, single_end), pairs: (pair, pair_end) });
            (single, pair) = (single_end, pair_end);
            match (place(name), u16::try_from(number + 1)) {
                (Some(at), Ok(number)) => han[at] = number,
                _ => drop(others.insert(name.into(), number)),
            }
        }
        let lengths = pack.required(section::INDEX_LENGTHS)?;
        if !rest.is_empty() || lengths.len() != documents as usize * 2 {
            return Err(Error::damaged(section::INDEX_LENGTHS, "条数不符"));
        }
        let lengths = lengths.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        Ok(Self { han, others, units, singles, pairs, lengths })
    }

    /// Grams in each document.
    pub fn lengths(&self) -> &[u16] {
        &self.lengths
    }

    /// The postings of a gram (a unit or a pair of units, as [`crate::text::grams`] emits it); `None` if no document has it.
    pub fn postings(&self, gram: &str) -> Option<Postings<'_>> {
        let mut parts = units(gram);
        let first = self.unit(parts.next()?.span.of(gram))?;
        match parts.next() {
            None => {
                let unit = self.units.get(first as usize)?;
                let bytes = self.singles.get(unit.postings.0 as usize..unit.postings.1 as usize)?;
                (unit.documents > 0).then_some(Postings::Many { documents: unit.documents, bytes })
            }
            Some(second) => self.pair(first, self.unit(second.span.of(gram))?),
        }
    }

    fn unit(&self, text: &str) -> Option<u32> {
        match place(text).map(|at| self.han[at]) {
            Some(number) if number > 0 => Some(u32::from(number) - 1),
            _ => self.others.get(text).copied(),
        }
    }

    fn pair(&self, first: u32, second: u32) -> Option<Postings<'_>> {
        let range = self.units.get(first as usize)?.pairs;
        let mut rest = self.pairs.get(range.0 as usize..range.1 as usize)?;
        let (count, all_lone) = (varint(&mut rest)?, varint(&mut rest)? as usize);
        let (seconds, facts) = (varint(&mut rest)? as usize, varint(&mut rest)? as usize);
        let (mut seconds, rest) = rest.split_at_checked(seconds)?;
        let (mut facts, rest) = rest.split_at_checked(facts)?;

        let (mut at, mut next) = (0, varint(&mut seconds)?);
        while next < second {
            at += 1;
            if at == count {
                return None;
            }
            next += varint(&mut seconds)? + 1;
        }
        if next > second {
            return None;
        }
        // What lies before it: lone documents, and bytes of the other postings.
        let (mut lone, mut before) = (0usize, 0usize);
        for _ in 0..at {
            match varint(&mut facts)? {
                0..=3 => lone += 1,
                more => before += bytes_of(more - 2, varint(&mut facts)?),
            }
        }
        let width = lone_width(self.lengths.len());
        let fact = varint(&mut facts)?;
        if fact <= 3 {
            let bytes = rest.get(lone * width..(lone + 1) * width)?;
            let document = bytes.iter().rev().fold(0, |number, &byte| number << 8 | u32::from(byte));
            return Some(Postings::One { document, times: fact + 1 });
        }
        let bytes = bytes_of(fact - 2, varint(&mut facts)?);
        let start = all_lone * width + before;
        Some(Postings::Many { documents: fact - 2, bytes: rest.get(start..start + bytes)? })
    }
}

/// Bytes of a pair's postings, from the number of its documents and what follows it.
fn bytes_of(documents: u32, fact: u32) -> usize {
    if fact == 0 { 0 } else { documents as usize + fact as usize - 1 }
}

/// Where a unit stands in the table of Han characters.
fn place(text: &str) -> Option<usize> {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) if (FIRST_HAN..=LAST_HAN).contains(&u32::from(c)) => Some((u32::from(c) - FIRST_HAN) as usize),
        _ => None,
    }
}

#[cfg(test)]
#[cfg(feature = "write")]
mod tests {
    use std::collections::BTreeMap;

    use super::write::{Keep, Prepared, write};
    use super::*;
    use crate::pack::PackWriter;
    use crate::text::{Normalizer, grams};

    fn index(texts: &[String]) -> Index {
        kept(texts, Keep::default())
    }

    fn kept(texts: &[String], keep: Keep) -> Index {
        let normalizer = Normalizer::default();
        let prepared = texts.iter().map(|text| Prepared::new([text.as_str()], &normalizer));
        let mut pack = PackWriter::default();
        for (name, bytes) in write(prepared, keep).expect("small") {
            pack.add(name, bytes);
        }
        let pack = Pack::open(pack.finish().expect("small")).expect("just written");
        Index::open(&pack, texts.len() as u32).expect("just written")
    }

    /// Texts of few characters, so that pairs repeat; from a fixed seed.
    fn made_up(count: usize) -> Vec<String> {
        let pieces: Vec<char> = "社保失业金养老医疗工伤生育的一二三年0129a%.，😀𠤪".chars().collect();
        let mut seed = 7u64;
        let mut random = |below: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 33) as usize % below
        };
        (0..count).map(|_| (0..random(60)).map(|_| pieces[random(pieces.len())]).collect()).collect()
    }

    #[test]
    fn every_gram_has_the_postings_that_counting_gives() {
        let texts = made_up(400);
        let index = index(&texts);
        let mut expected: BTreeMap<String, BTreeMap<u32, u32>> = BTreeMap::new();
        for (number, text) in (0..).zip(&texts) {
            let mut length = 0;
            grams(text, |gram| {
                length += 1;
                *expected.entry(gram.to_owned()).or_default().entry(number).or_default() += 1;
            });
            assert_eq!(index.lengths()[number as usize], length);
        }
        for (gram, documents) in &expected {
            let postings = index.postings(gram).expect(gram);
            let mut found = BTreeMap::new();
            postings.for_each(|document, times| {
                found.insert(document, times);
            });
            let lone = documents.len() == 1;
            // A lone document's count is kept up to four: beyond, BM25 hardly tells.
            let counted: BTreeMap<u32, u32> = documents.iter().map(|(&d, &n)| (d, if lone { n.min(4) } else { n })).collect();
            let single = crate::text::units(gram).count() == 1;
            assert_eq!(&found, if single { documents } else { &counted }, "{gram}");
            assert_eq!(postings.documents() as usize, documents.len(), "{gram}");
        }
        assert!(expected.len() > 200, "{}", expected.len());
    }

    #[test]
    fn what_is_kept_is_as_in_the_whole_index() {
        let texts = made_up(400);
        let (whole, thin) =
            (index(&texts), kept(&texts, Keep { pairs_from: 3, pair_postings_up_to: 6, unit_postings_up_to: 150 }));
        let list = |postings: Postings<'_>| {
            let mut found = Vec::new();
            postings.for_each(|document, times| found.push((document, times)));
            found
        };
        let mut seen = [0; 3];
        texts.iter().for_each(|text| {
            grams(text, |gram| {
                let (all, pair) = (whole.postings(gram).expect(gram), crate::text::units(gram).count() == 2);
                let documents = all.documents();
                match thin.postings(gram) {
                    None => {
                        assert!(pair && documents < 3, "{gram}");
                        seen[0] += 1;
                    }
                    Some(left) if documents > if pair { 6 } else { 150 } => {
                        assert_eq!((left.documents(), list(left)), (documents, Vec::new()), "{gram}");
                        seen[1] += 1;
                    }
                    Some(left) => {
                        assert_eq!((left.documents(), list(left)), (documents, list(all)), "{gram}");
                        seen[2] += 1;
                    }
                }
            });
        });
        assert!(seen.iter().all(|&times| times > 20), "{seen:?}");
    }

    #[test]
    fn what_no_document_has_is_not_found() {
        let index = index(&["社保".into(), String::new()]);
        for gram in ["", "保社", "医", "社社", "，", "abc"] {
            assert!(index.postings(gram).is_none(), "{gram}");
        }
        assert_eq!(index.lengths(), [3, 0]);
    }

    #[test]
    fn damaged_sections_never_panic() {
        let texts = made_up(60);
        let normalizer = Normalizer::default();
        let sections =
            write(texts.iter().map(|text| Prepared::new([text.as_str()], &normalizer)), Keep::default()).expect("small");
        for (damaged, (name, bytes)) in sections.iter().enumerate() {
            for at in (0..bytes.len()).step_by(7) {
                let mut pack = PackWriter::default();
                for (number, (name, bytes)) in sections.iter().enumerate() {
                    let mut bytes = bytes.clone();
                    if number == damaged {
                        bytes[at] ^= 0x55;
                    }
                    pack.add(name.clone(), bytes);
                }
                // The checksums are right: this is what a faulty writer would produce.
                let pack = Pack::open(pack.finish().expect("small")).expect("sound container");
                let Ok(index) = Index::open(&pack, texts.len() as u32) else { continue };
                for text in &texts {
                    grams(text, |gram| {
                        let mut sum = 0u64;
                        if let Some(postings) = index.postings(gram) {
                            postings.for_each(|document, times| sum = sum.wrapping_add(u64::from(document ^ times)));
                        }
                    });
                }
                assert_eq!(index.lengths().len(), texts.len(), "{name}");
            }
        }
    }
}
