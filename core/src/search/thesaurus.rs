//! The pack's knowledge of words: question words, synonyms, and domain words by sound.

use std::ops::Range;

use bytes::Bytes;
use serde::{Deserialize, Serialize};

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
    /// Words of any question that pinyin in full may stand for, sorted.
    pub everyday_words: Vec<String>,
}

/// The lexicon, opened, with the ways to a word by sound.
pub(super) struct Thesaurus {
    lexicon: Lexicon,
    question_words: Initials,
    synonyms: Initials,
    words: Initials,
    /// Words of [`Lexicon::elsewhere`] with the numbers of their topic and of the word in it, sorted.
    elsewhere: Vec<(String, u16, u16)>,
    elsewhere_initials: Initials,
    pinyin: PinyinTable,
    /// Pinyin → domain words: keys `f` + full, `i` + initials, `s` + merged sound; the value is the number of a group.
    sounds: Option<fst::Map<Bytes>>,
    groups: Vec<Vec<u16>>,
}

/// How a word's sound is written in the table of sounds.
#[derive(Debug, Clone, Copy)]
pub(super) enum By {
    /// In full: shiyejin.
    Full,
    /// By its initials: syj.
    Initials,
    /// With sounds that many people do not tell apart made equal.
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
        let mut elsewhere = Vec::new();
        for (topic, number) in lexicon.elsewhere.iter().zip(0u16..) {
            elsewhere.extend(topic.words.iter().zip(0u16..).map(|(word, place)| (word.clone(), number, place)));
        }
        elsewhere.sort_unstable();
        Ok(Self {
            question_words: Initials::new(lexicon.question_words.iter().map(String::as_str)),
            synonyms: Initials::new(lexicon.synonyms.iter().map(|synonym| synonym.from.as_str())),
            words: Initials::new(lexicon.words.iter().map(String::as_str)),
            elsewhere_initials: Initials::new(elsewhere.iter().map(|(word, ..)| word.as_str())),
            elsewhere,
            lexicon,
            pinyin,
            sounds,
            groups,
        })
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
                [(By::Full, pinyin.full(word)), (By::Initials, pinyin.initials(word)), (By::Sound, pinyin.sound_of_word(word))]
            {
                if let Some(key) = key {
                    by_key.entry(format!("{}{key}", by.prefix())).or_default().push(number as u16);
                }
            }
        }
        // A group refers to an everyday word by a number after the last domain word's.
        for (word, number) in lexicon.everyday_words.iter().zip(lexicon.words.len()..usize::from(u16::MAX)) {
            if let Some(key) = pinyin.full(word).filter(|_| lexicon.words.binary_search(word).is_err()) {
                by_key.entry(format!("{}{key}", By::Full.prefix())).or_default().push(number as u16);
            }
        }
        let mut groups: Vec<Vec<u16>> = by_key.values().cloned().collect();
        groups.sort_unstable();
        groups.dedup();
        let mut map = crate::text::MapWriter::default();
        for (key, numbers) in &by_key {
            let group = groups.binary_search(numbers).unwrap_or(0);
            map.insert(key, group as u64).map_err(|error| failed(error.to_string()))?;
        }
        let listed = postcard::to_stdvec(&groups).map_err(|error| failed(error.to_string()))?;
        let mut out = (listed.len() as u32).to_le_bytes().to_vec();
        out.extend_from_slice(&listed);
        out.extend_from_slice(&map.finish());
        Ok(out)
    }

    /// Words that are written `key` in one of the ways.
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

    /// The words of a group.
    pub fn group(&self, number: u64) -> impl Iterator<Item = &str> {
        let numbers = usize::try_from(number).ok().and_then(|number| self.groups.get(number));
        let Lexicon { words, everyday_words, .. } = &self.lexicon;
        let word = |&number: &u16| {
            let number = usize::from(number);
            words.get(number).or_else(|| everyday_words.get(number - words.len())).map(String::as_str)
        };
        numbers.into_iter().flatten().filter_map(word)
    }

    /// For the first two characters, three, and so on: the group of domain words that sound like them, if any.
    pub fn sounding_like(&self, text: &str) -> Vec<Option<u64>> {
        let mut found = Vec::new();
        let Some(sounds) = self.sounds.as_ref().map(fst::Map::as_fst) else { return found };
        let (mut node, mut value) = (sounds.root(), fst::raw::Output::zero());
        let mut step = |byte: u8| {
            let transition = node.transition(node.find_input(byte)?);
            value = value.cat(transition.out);
            node = sounds.node(transition.addr);
            Some(node.is_final().then(|| value.cat(node.final_output()).value()))
        };
        let mut step_all = |bytes: &[u8]| bytes.iter().try_fold(None, |_, &byte| step(byte));
        if step_all(&[By::Sound.prefix() as u8]).is_none() {
            return found;
        }
        for (length, c) in (1..).zip(text.chars()) {
            let Some(end) = self.pinyin.sound(c).and_then(|sound| step_all(sound.as_bytes())) else { break };
            if length > 1 {
                found.push(end);
            }
        }
        found
    }

    /// Whether this is a domain word.
    pub fn is_word(&self, word: &str) -> bool {
        let range = word.chars().next().map(|first| self.words.range(first)).unwrap_or_default();
        self.lexicon.words.get(range).is_some_and(|words| words.iter().any(|known| known == word))
    }

    /// Spans of the text that are question words, longest match first, left to right.
    pub fn question_spans(&self, text: &str) -> Vec<ByteSpan> {
        let (initials, words) = (&self.question_words, &self.lexicon.question_words);
        spans_of(text, |rest| initials.longest_prefix(rest, words, String::as_str).map(|(_, length)| length))
    }

    /// Words in a text of topics that the knowledge base does not answer, with whom to name.
    pub fn elsewhere<'a>(&'a self, text: &str) -> Vec<(&'a str, &'a str)> {
        let mut found = Vec::new();
        for (at, first) in text.char_indices() {
            let entries = &self.elsewhere[self.elsewhere_initials.range(first)];
            let here = entries.iter().filter(|(word, ..)| text[at..].starts_with(word.as_str()));
            found.extend(here.map(|&(_, topic, place)| (topic, place)));
        }
        found.sort_unstable();
        found.dedup();
        let words = found.into_iter().filter_map(|(topic, place)| {
            let topic = self.lexicon.elsewhere.get(usize::from(topic))?;
            let holds = topic.with.is_empty() || topic.with.iter().any(|word| text.contains(word.as_str()));
            holds.then_some((topic.words.get(usize::from(place))?.as_str(), topic.agency.as_str()))
        });
        words.collect()
    }

    /// How many characters of a text belong to domain words.
    pub fn domain_length(&self, text: &str) -> usize {
        spans_of(text, |rest| self.words.longest_prefix(rest, &self.lexicon.words, String::as_str).map(|(_, length)| length))
            .iter()
            .map(|span| span.of(text).chars().count())
            .sum()
    }

    /// Synonyms whose `from` occurs in the text, longest first, with where.
    pub fn synonyms<'a>(&'a self, text: &str) -> Vec<(ByteSpan, &'a Synonym)> {
        let mut found = Vec::new();
        spans_of(text, |rest| {
            let (at, length) = self.synonyms.longest_prefix(rest, &self.lexicon.synonyms, |synonym| &synonym.from)?;
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

/// Where the entries of a sorted list that begin with a character are: a question is tried at each of its characters.
#[derive(Debug, Clone, Default)]
struct Initials {
    /// Characters, ascending, with the number of the first entry.
    firsts: Vec<(char, u32)>,
    entries: u32,
}

impl Initials {
    fn new<'a>(sorted: impl Iterator<Item = &'a str>) -> Self {
        let mut initials = Self::default();
        for word in sorted {
            if let Some(first) = word.chars().next()
                && initials.firsts.last().is_none_or(|&(last, _)| last != first)
            {
                initials.firsts.push((first, initials.entries));
            }
            initials.entries += 1;
        }
        initials
    }

    /// The entries that begin with a character.
    fn range(&self, first: char) -> Range<usize> {
        let at = self.firsts.partition_point(|&(known, _)| known < first);
        match self.firsts.get(at) {
            Some(&(known, start)) if known == first => {
                start as usize..self.firsts.get(at + 1).map_or(self.entries, |&(_, end)| end) as usize
            }
            _ => 0..0,
        }
    }

    /// The longest entry of the list that `text` begins with, and its length in bytes.
    fn longest_prefix<T>(&self, text: &str, sorted: &[T], key: impl Fn(&T) -> &str) -> Option<(usize, usize)> {
        let range = self.range(text.chars().next()?);
        let entries = range.clone().zip(sorted.get(range)?);
        let fitting = entries.map(|(at, entry)| (at, key(entry))).filter(|(_, entry)| text.starts_with(entry));
        fitting.map(|(at, entry)| (at, entry.len())).max_by_key(|&(_, length)| length)
    }
}
