//! jieba's default dictionary, baked in at compile time.

use sheda_core::text::{DictionaryBuilder, is_han};

static WORDS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/jieba.fst"));
static COUNTS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/jieba.counts"));

/// The version of jieba-rs that the dictionary came with.
pub const JIEBA_VERSION: &str = env!("SHEDA_JIEBA_VERSION");

/// The full dictionary: every word has an ordinal and a count.
pub struct BaseDictionary {
    words: fst::raw::Fst<&'static [u8]>,
    total: u64,
}

impl BaseDictionary {
    /// Opens the baked-in dictionary.
    ///
    /// # Errors
    /// Never in a sound build: the bytes were written by this crate's build script.
    pub fn open() -> anyhow::Result<Self> {
        let words = fst::raw::Fst::new(WORDS).map_err(|error| anyhow::anyhow!("baked-in dictionary: {error}"))?;
        let total = (0..COUNTS.len() / 4).map(|ordinal| u64::from(count_at(ordinal))).sum();
        Ok(Self { words, total })
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
        DictionaryBuilder::cost_of(u64::from(count_at(ordinal)), self.total)
    }

    /// How often the word with this ordinal was seen.
    pub fn count(&self, ordinal: usize) -> u32 {
        count_at(ordinal)
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

fn count_at(ordinal: usize) -> u32 {
    COUNTS.get(ordinal * 4..ordinal * 4 + 4).and_then(|b| b.try_into().ok()).map_or(1, u32::from_le_bytes)
}
