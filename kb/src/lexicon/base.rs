//! jieba's default dictionary, baked in at compile time.

use std::sync::OnceLock;

use sheda_core::text::{DictionaryBuilder, is_han};

/// Words in order: length of the beginning shared with the word before, length of the rest, the rest.
static WORDS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/jieba.words"));
/// Their counts, seven bits a byte, lowest first.
static COUNTS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/jieba.counts"));
/// Each traditional character with its simplified form, one after another.
pub const VARIANTS: &str = include_str!(concat!(env!("OUT_DIR"), "/variants.txt"));
/// Each character that is a word with its reading, one a line.
pub const READINGS: &str = include_str!(concat!(env!("OUT_DIR"), "/readings.txt"));

/// The version of jieba-rs that the dictionary came with.
pub const JIEBA_VERSION: &str = env!("SHEDA_JIEBA_VERSION");

/// The full dictionary: every word has an ordinal and a count.
pub struct BaseDictionary {
    words: fst::raw::Fst<Vec<u8>>,
    counts: Vec<u32>,
    total: u64,
}

impl BaseDictionary {
    /// The baked-in dictionary, made ready once a process.
    ///
    /// # Errors
    /// Never in a sound build: the bytes were written by this crate's build script.
    pub fn open() -> anyhow::Result<&'static Self> {
        static OPENED: OnceLock<Result<BaseDictionary, String>> = OnceLock::new();
        let opened = OPENED.get_or_init(|| Self::unpack().map_err(|error| error.to_string()));
        opened.as_ref().map_err(|error| anyhow::anyhow!("baked-in dictionary: {error}"))
    }

    fn unpack() -> Result<Self, fst::Error> {
        let (mut builder, mut word, mut rest) = (fst::raw::Builder::memory(), Vec::new(), WORDS);
        let mut ordinal = 0;
        while let [shared, length, tail @ ..] = rest {
            let (own, next) = tail.split_at_checked(usize::from(*length)).unwrap_or((tail, &[]));
            word.truncate(usize::from(*shared));
            word.extend_from_slice(own);
            builder.insert(&word, ordinal)?;
            ordinal += 1;
            rest = next;
        }
        let (mut counts, mut number, mut shift) = (Vec::with_capacity(ordinal as usize), 0, 0);
        for byte in COUNTS {
            number |= u32::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 == 0 {
                counts.push(number);
                (number, shift) = (0, 0);
            }
        }
        let total = counts.iter().map(|&count| u64::from(count)).sum();
        Ok(Self { words: fst::raw::Fst::new(builder.into_inner()?)?, counts, total })
    }

    /// How many words it has.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether it is empty.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// How often all words were seen together.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// Cost of a character that is in no dictionary.
    pub fn unknown_cost(&self) -> u32 {
        DictionaryBuilder::cost_of(1, self.total)
    }

    /// The cost of the word with this ordinal.
    pub fn cost(&self, ordinal: usize) -> u32 {
        DictionaryBuilder::cost_of(u64::from(self.count(ordinal)), self.total)
    }

    /// How often the word with this ordinal was seen.
    pub fn count(&self, ordinal: usize) -> u32 {
        self.counts.get(ordinal).copied().unwrap_or(1)
    }

    /// The ordinal of a word.
    pub fn find(&self, word: &str) -> Option<usize> {
        self.words.get(word).map(|ordinal| ordinal.value() as usize)
    }

    /// Calls `each` with the ordinal and text of every word, in order.
    pub fn for_each(&self, mut each: impl FnMut(usize, &str)) {
        use fst::Streamer;
        let mut stream = self.words.stream();
        while let Some((word, ordinal)) = stream.next() {
            if let Ok(word) = std::str::from_utf8(word) {
                each(ordinal.value() as usize, word);
            }
        }
    }

    /// Calls `found` with the length in bytes and the ordinal of every word that `text` begins with.
    pub fn prefixes(&self, text: &str, mut found: impl FnMut(usize, usize)) {
        let mut node = self.words.root();
        let mut output = fst::raw::Output::zero();
        for (at, byte) in text.bytes().enumerate() {
            let Some(index) = node.find_input(byte) else { return };
            let transition = node.transition(index);
            output = output.cat(transition.out);
            node = self.words.node(transition.addr);
            if node.is_final() {
                found(at + 1, output.cat(node.final_output()).value() as usize);
            }
        }
    }

    /// Calls `found` with the ordinal of every word that occurs anywhere in a normalised text.
    pub fn occurring(&self, text: &str, mut found: impl FnMut(usize)) {
        for (at, c) in text.char_indices() {
            if is_han(c) {
                self.prefixes(&text[at..], |_, ordinal| found(ordinal));
            }
        }
    }

    /// The least cost of cutting a Han word with this dictionary, the word itself included if it is listed.
    pub fn path_cost(&self, word: &str) -> u64 {
        let mut best = vec![u64::MAX; word.len() + 1];
        best[word.len()] = 0;
        for (at, c) in word.char_indices().rev() {
            let mut least = best[at + c.len_utf8()].saturating_add(u64::from(self.unknown_cost()));
            self.prefixes(&word[at..], |length, ordinal| {
                least = least.min(best[at + length].saturating_add(u64::from(self.cost(ordinal))));
            });
            best[at] = least;
        }
        best[0]
    }
}
