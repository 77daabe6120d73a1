//! The pack's knowledge of words: question words, synonyms, and domain words by sound.

use serde::{Deserialize, Serialize};
use tantivy::directory::OwnedBytes;

use crate::error::{Error, Result};
use crate::pack::{Pack, section};
use crate::text::{ByteSpan, PinyinTable};

/// One direction of a synonym: a question with `from` is also searched with `to`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Synonym {
    /// What people say, normalised.
    pub from: String,
    /// What the answers say, normalised.
    pub to: Vec<String>,
}

/// Words of a topic that the knowledge base does not answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Elsewhere {
    /// Any of these, normalised.
    pub words: Vec<String>,
    /// Only together with one of these; empty for no condition.
    pub with: Vec<String>,
    /// Who to name; empty if nobody.
    pub agency: String,
}

/// What the query plan knows about words, from the pack.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lexicon {
    /// Words that say how something is asked (怎么办, 多少), normalised, sorted.
    pub question_words: Vec<String>,
    /// Synonyms, sorted by `from`.
    pub synonyms: Vec<Synonym>,
    /// Words that show that a question is about something else.
    pub elsewhere: Vec<Elsewhere>,
    /// Domain words that pinyin and near sounds may stand for, sorted.
    pub words: Vec<String>,
}

/// The lexicon, opened, with the ways to a word by sound.
pub(super) struct Thesaurus {
    lexicon: Lexicon,
    pinyin: PinyinTable,
    /// Pinyin → domain words: keys `f` + full, `i` + initials, `s` + merged sound; the value is the number of a group.
    sounds: Option<fst::Map<OwnedBytes>>,
    groups: Vec<Vec<u16>>,
}

/// How a word's sound is written in the table of sounds.
#[derive(Debug, Clone, Copy)]
pub(super) enum By {
    Full,
    Initials,
    Sound,
}

impl By {
    const fn prefix(self) -> char {
        match self {
            Self::Full => 'f',
            Self::Initials => 'i',
            Self::Sound => 's',
        }
    }
}

impl Thesaurus {
    pub fn open(pack: &Pack) -> Result<Self> {
        let lexicon = match pack.section(section::LEXICON) {
            Some(bytes) => postcard::from_bytes(&bytes).map_err(|error| Error::damaged(section::LEXICON, error))?,
            None => Lexicon::default(),
        };
        let (mut pinyin, mut sounds, mut groups) = (PinyinTable::default(), None, Vec::new());
        if let (Some(table), Some(bytes)) = (pack.section(section::PINYIN), pack.section(section::SOUNDS)) {
            pinyin = PinyinTable::parse(&table).ok_or_else(|| Error::damaged(section::PINYIN, "读音表不全"))?;
            let damaged = |cause: String| Error::damaged(section::SOUNDS, cause);
            let length = bytes.get(..4).and_then(|b| b.try_into().ok()).map(u32::from_le_bytes);
            let end = 4 + length.ok_or_else(|| damaged("没有长度".into()))? as usize;
            let listed = bytes.get(4..end).ok_or_else(|| damaged("分组不全".into()))?;
            groups = postcard::from_bytes(listed).map_err(|error| damaged(error.to_string()))?;
            let map = fst::raw::Fst::new(bytes.slice(end..bytes.len())).map_err(|error| damaged(error.to_string()))?;
            sounds = Some(fst::Map::from(map));
        }
        Ok(Self { lexicon, pinyin, sounds, groups })
    }

    /// Writes the table of sounds for the words of a lexicon.
    #[cfg(feature = "write")]
    pub fn write_sounds(lexicon: &Lexicon, pinyin: &PinyinTable) -> Result<Vec<u8>> {
        use crate::error::ErrorCode;
        use std::collections::BTreeMap;
        let failed = |error: String| Error::new(ErrorCode::PackWrite, format!("读音写不出来：{error}"));
        let mut by_key: BTreeMap<String, Vec<u16>> = BTreeMap::new();
        for (number, word) in lexicon.words.iter().enumerate().take(usize::from(u16::MAX)) {
            for (by, key) in
                [(By::Full, pinyin.full(word)), (By::Initials, pinyin.initials(word)), (By::Sound, pinyin.sound(word))]
            {
                if let Some(key) = key {
                    by_key.entry(format!("{}{key}", by.prefix())).or_default().push(number as u16);
                }
            }
        }
        let mut groups: Vec<Vec<u16>> = by_key.values().cloned().collect();
        groups.sort_unstable();
        groups.dedup();
        let mut map = fst::MapBuilder::memory();
        for (key, numbers) in &by_key {
            let group = groups.binary_search(numbers).unwrap_or(0);
            map.insert(key, group as u64).map_err(|error| failed(error.to_string()))?;
        }
        let listed = postcard::to_stdvec(&groups).map_err(|error| failed(error.to_string()))?;
        let mut out = (listed.len() as u32).to_le_bytes().to_vec();
        out.extend_from_slice(&listed);
        out.extend_from_slice(&map.into_inner().map_err(|error| failed(error.to_string()))?);
        Ok(out)
    }

    /// Domain words that are written `key` in one of the ways.
    pub fn words_by(&self, by: By, key: &str) -> impl Iterator<Item = &str> {
        let found = self.sounds.as_ref().and_then(|map| map.get(format!("{}{key}", by.prefix())));
        self.group(found.unwrap_or(u64::MAX))
    }

    /// Domain words whose full pinyin begins with `key`, at most `limit`.
    pub fn words_beginning(&self, key: &str, limit: usize) -> Vec<&str> {
        use fst::{IntoStreamer, Streamer};
        let Some(map) = &self.sounds else { return Vec::new() };
        let from = format!("{}{key}", By::Full.prefix());
        let mut stream = map.range().ge(&from).into_stream();
        let mut out = Vec::new();
        while let Some((found, group)) = stream.next() {
            if !found.starts_with(from.as_bytes()) || out.len() >= limit {
                break;
            }
            out.extend(self.group(group));
        }
        out.truncate(limit);
        out
    }

    fn group(&self, number: u64) -> impl Iterator<Item = &str> {
        let numbers = usize::try_from(number).ok().and_then(|number| self.groups.get(number));
        numbers.into_iter().flatten().filter_map(|&number| self.lexicon.words.get(usize::from(number))).map(String::as_str)
    }

    /// The merged sound of a word; `None` where a character's reading is unknown.
    pub fn sound(&self, word: &str) -> Option<String> {
        self.pinyin.sound(word)
    }

    /// Whether this is a domain word.
    pub fn is_word(&self, word: &str) -> bool {
        self.lexicon.words.binary_search_by(|known| known.as_str().cmp(word)).is_ok()
    }

    /// Spans of the text that are question words, longest match first, left to right.
    pub fn question_spans(&self, text: &str) -> Vec<ByteSpan> {
        spans_of(text, |rest| longest_prefix(rest, &self.lexicon.question_words, String::as_str).map(|(_, length)| length))
    }

    /// Words in a text of topics that the knowledge base does not answer, with whom to name.
    pub fn elsewhere<'a>(&'a self, text: &str) -> Vec<(&'a str, &'a str)> {
        let topics = self
            .lexicon
            .elsewhere
            .iter()
            .filter(|topic| topic.with.is_empty() || topic.with.iter().any(|word| text.contains(word.as_str())));
        topics
            .flat_map(|topic| {
                topic.words.iter().filter(|word| text.contains(word.as_str())).map(|word| (word.as_str(), topic.agency.as_str()))
            })
            .collect()
    }

    /// How many characters of a text belong to domain words.
    pub fn domain_length(&self, text: &str) -> usize {
        spans_of(text, |rest| longest_prefix(rest, &self.lexicon.words, String::as_str).map(|(_, length)| length))
            .iter()
            .map(|span| span.of(text).chars().count())
            .sum()
    }

    /// Synonyms whose `from` occurs in the text, longest first, with where.
    pub fn synonyms<'a>(&'a self, text: &str) -> Vec<(ByteSpan, &'a Synonym)> {
        let mut found = Vec::new();
        spans_of(text, |rest| {
            let (at, length) = longest_prefix(rest, &self.lexicon.synonyms, |synonym| &synonym.from)?;
            let start = rest.as_ptr() as usize - text.as_ptr() as usize;
            found.push((ByteSpan::new(start, start + length), &self.lexicon.synonyms[at]));
            Some(length)
        });
        found
    }
}

/// Walks a text left to right; where `length` finds something its span is kept and skipped.
fn spans_of<'t>(text: &'t str, mut length: impl FnMut(&'t str) -> Option<usize>) -> Vec<ByteSpan> {
    let mut spans = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        match length(rest).filter(|&length| length > 0) {
            Some(length) => {
                spans.push(ByteSpan::new(at, at + length));
                at += length;
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    spans
}

/// The longest entry of a sorted list that `text` begins with, and its length in bytes.
fn longest_prefix<T>(text: &str, sorted: &[T], key: impl Fn(&T) -> &str) -> Option<(usize, usize)> {
    let first = text.chars().next()?.len_utf8();
    let from = sorted.partition_point(|entry| key(entry) < &text[..first]);
    let mut best = None;
    for (at, entry) in sorted.iter().enumerate().skip(from) {
        let entry = key(entry);
        if !entry.starts_with(&text[..first]) {
            break;
        }
        if text.starts_with(entry) && best.is_none_or(|(_, length)| entry.len() > length) {
            best = Some((at, entry.len()));
        }
    }
    best
}
