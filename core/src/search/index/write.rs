//! Writing the index. Nothing here touches files or threads, so that a browser can build too.

use std::collections::HashMap;

use super::postings::lone_width;
use crate::error::{Error, ErrorCode, Result};
use crate::pack::section;
use crate::text::{Normalizer, grams, units};

/// Stands for "no second unit".
const NONE: u32 = u32::MAX;
/// Units up to here are characters by their code; from here on they are numbers of texts.
const TEXTS: u32 = 0x11_0000;

/// The grams of one document, counted. Making them is most of the work and needs no order, so a native builder makes
/// them on all cores.
#[derive(Debug, Clone, Default)]
pub struct Prepared {
    /// First unit, second unit or [`NONE`], how often.
    grams: Vec<(u32, u32, u32)>,
    /// Units that are longer than a character, with their number from [`TEXTS`] on.
    texts: HashMap<Box<str>, u32>,
    length: u32,
}

impl Prepared {
    /// Counts the grams of a document's parts; no pair reaches from one part into the next.
    pub fn new<'a>(parts: impl IntoIterator<Item = &'a str>, normalizer: &Normalizer) -> Self {
        let mut prepared = Self::default();
        let mut all: Vec<(u32, u32)> = Vec::new();
        let mut normalized = String::new();
        for part in parts {
            normalizer.normalize_into(part, &mut normalized);
            grams(&normalized, |gram| {
                let mut parts = units(gram).map(|unit| prepared.unit(unit.span.of(gram)));
                if let Some(first) = parts.next() {
                    all.push((first, parts.next().unwrap_or(NONE)));
                }
            });
        }
        prepared.length = all.len() as u32;
        all.sort_unstable();
        for (first, second) in all {
            match prepared.grams.last_mut() {
                Some(last) if (last.0, last.1) == (first, second) => last.2 += 1,
                _ => prepared.grams.push((first, second, 1)),
            }
        }
        prepared
    }

    fn unit(&mut self, text: &str) -> u32 {
        let mut chars = text.chars();
        if let (Some(c), None) = (chars.next(), chars.next()) {
            return u32::from(c);
        }
        let next = TEXTS + self.texts.len() as u32;
        match self.texts.get(text) {
            Some(&known) => known,
            None => *self.texts.entry(text.into()).or_insert(next),
        }
    }
}

/// One gram of one document; ordered as the index is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    first: u32,
    second: u32,
    document: u32,
    times: u32,
}

/// What is kept of the index; the default keeps everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keep {
    /// Pairs that fewer documents have are left out.
    pub pairs_from: u32,
    /// Of pairs that more documents have only their number is kept: they no longer find an answer, but still tell how much
    /// they weigh in one that was found.
    pub pair_postings_up_to: u32,
    /// The same for units.
    pub unit_postings_up_to: u32,
}

impl Default for Keep {
    fn default() -> Self {
        Self { pairs_from: 1, pair_postings_up_to: u32::MAX, unit_postings_up_to: u32::MAX }
    }
}

/// Writes the sections of the index for these documents, in their order.
///
/// # Errors
/// [`ErrorCode::PackWrite`] if something exceeds 4 GiB.
pub fn write(documents: impl IntoIterator<Item = Prepared>, keep: Keep) -> Result<Vec<(String, Vec<u8>)>> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut lengths: Vec<u8> = Vec::new();
    let mut texts: HashMap<Box<str>, u32> = HashMap::new();
    let mut count = 0u32;
    for (document, prepared) in (0u32..).zip(documents) {
        let mut numbers = vec![0; prepared.texts.len()];
        for (text, number) in prepared.texts {
            let next = TEXTS + texts.len() as u32;
            numbers[(number - TEXTS) as usize] = *texts.entry(text).or_insert(next);
        }
        let shared = |unit: u32| match unit {
            NONE => NONE,
            _ => unit.checked_sub(TEXTS).map_or(unit, |number| numbers[number as usize]),
        };
        let counted = prepared.grams.iter();
        entries.extend(counted.map(|&(first, second, times)| Entry {
            first: shared(first),
            second: shared(second),
            document,
            times,
        }));
        lengths.extend_from_slice(&u16::try_from(prepared.length).unwrap_or(u16::MAX).to_le_bytes());
        count = document + 1;
    }
    let names = renumber(&mut entries, texts);
    entries.sort_unstable();
    let (terms, singles, pairs) = encode(&entries, names.len(), count, keep)?;
    Ok([
        (section::INDEX_UNITS, names.join("\n").into_bytes()),
        (section::INDEX_TERMS, terms),
        (section::INDEX_LENGTHS, lengths),
        (section::INDEX_SINGLES, singles),
        (section::INDEX_PAIRS, pairs),
    ]
    .map(|(name, bytes)| (name.to_owned(), bytes))
    .into())
}

/// Numbers the units anew, most frequent first (small numbers code in fewer bytes), and gives their texts in that order.
fn renumber(entries: &mut [Entry], texts: HashMap<Box<str>, u32>) -> Vec<String> {
    let mut documents: HashMap<u32, u32> = HashMap::new();
    for entry in entries.iter() {
        // A unit may occur in pairs alone: 十五年 is also indexed as 15年, but not as 15.
        let single = u32::from(entry.second == NONE);
        *documents.entry(entry.first).or_default() += single;
        if entry.second != NONE {
            documents.entry(entry.second).or_default();
        }
    }
    let texts: HashMap<u32, Box<str>> = texts.into_iter().map(|(text, number)| (number, text)).collect();
    let mut units: Vec<(u32, u32, String)> = documents
        .into_iter()
        .map(|(unit, documents)| {
            let text = texts.get(&unit).map(|text| text.to_string());
            (documents, unit, text.unwrap_or_else(|| char::from_u32(unit).map(String::from).unwrap_or_default()))
        })
        .collect();
    units.sort_unstable_by(|a, b| b.0.cmp(&a.0).then_with(|| a.2.cmp(&b.2)));
    let numbers: HashMap<u32, u32> = (0u32..).zip(&units).map(|(number, unit)| (unit.1, number)).collect();
    for entry in entries {
        entry.first = numbers[&entry.first];
        if entry.second != NONE {
            entry.second = numbers[&entry.second];
        }
    }
    units.into_iter().map(|(_, _, text)| text).collect()
}

/// The sections `terms`, `singles` and `pairs` of sorted entries.
fn encode(entries: &[Entry], units: usize, documents: u32, keep: Keep) -> Result<(Vec<u8>, Vec<u8>, Vec<u8>)> {
    let (mut terms, mut singles, mut pairs) = (Vec::new(), Vec::new(), Vec::new());
    let mut of_unit = entries.chunk_by(|a, b| a.first == b.first).peekable();
    for unit in 0..units as u32 {
        let entries = of_unit.next_if(|entries| entries[0].first == unit).unwrap_or_default();
        // Pairs come before the unit alone, whose second is the largest number.
        let (following, single) = entries.split_at(entries.partition_point(|entry| entry.second != NONE));
        let (single_start, pair_start) = (singles.len(), pairs.len());
        if single.len() as u32 <= keep.unit_postings_up_to {
            postings(single, &mut singles);
        }
        pairs_of(following, documents, keep, &mut pairs);
        for number in [single.len(), singles.len() - single_start, pairs.len() - pair_start] {
            varint(number as u32, &mut terms);
        }
    }
    if u32::try_from(singles.len().max(pairs.len())).is_err() {
        return Err(Error::new(ErrorCode::PackWrite, "索引超过 4 GiB，请分成几个知识包"));
    }
    Ok((terms, singles, pairs))
}

fn pairs_of(entries: &[Entry], documents: u32, keep: Keep, out: &mut Vec<u8>) {
    let width = lone_width(documents as usize);
    let (mut seconds, mut facts, mut lone, mut many) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut count, mut next) = (0u32, 0u32);
    for pair in entries.chunk_by(|a, b| a.second == b.second).filter(|pair| pair.len() as u32 >= keep.pairs_from) {
        varint(pair[0].second - next, &mut seconds);
        next = pair[0].second + 1;
        count += 1;
        if let [entry] = pair {
            varint(entry.times.min(4) - 1, &mut facts);
            lone.extend_from_slice(&entry.document.to_le_bytes()[..width]);
        } else {
            let start = many.len();
            varint(pair.len() as u32 + 2, &mut facts);
            if pair.len() as u32 <= keep.pair_postings_up_to {
                postings(pair, &mut many);
                varint((many.len() - start - pair.len()) as u32 + 1, &mut facts);
            } else {
                varint(0, &mut facts);
            }
        }
    }
    if count == 0 {
        return;
    }
    for number in [count as usize, lone.len() / width, seconds.len(), facts.len()] {
        varint(number as u32, out);
    }
    for part in [seconds, facts, lone, many] {
        out.extend_from_slice(&part);
    }
}

fn postings(entries: &[Entry], out: &mut Vec<u8>) {
    let mut next = 0;
    for entry in entries {
        varint((entry.document - next) << 1 | u32::from(entry.times > 1), out);
        next = entry.document + 1;
        if entry.times > 1 {
            out.push(u8::try_from(entry.times - 2).unwrap_or(u8::MAX));
        }
    }
}

fn varint(mut number: u32, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}
