//! Segmentation by jieba's algorithm (most probable path through a word graph) over a dictionary used as it lies in the pack.
//!
//! jieba's own dictionary is a text that takes tens of milliseconds and megabytes to load. Here a word's cost
//! (−ln of its probability, fixed point) is baked into a finite-state transducer, so opening parses nothing, and integer
//! costs give the same path on every machine. The cost comes from jieba's full dictionary, so leaving out words that
//! the corpus never uses does not shift the others.

use fst::raw::{Fst, Output};

use super::{ByteSpan, is_han};

#[cfg(feature = "write")]
/// Fixed-point scale of costs: 2¹² steps per unit of ln.
const SCALE: f64 = 4096.0;

/// The bytes of a dictionary section cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the dictionary is damaged: {0}")]
pub struct DictionaryError(pub String);

/// A segmentation dictionary over borrowed or shared bytes.
pub struct Dictionary<D: AsRef<[u8]>> {
    words: Fst<D>,
    /// Cost of a character that is not in the dictionary (a word seen once).
    unknown: u32,
}

impl<D: AsRef<[u8]>> std::fmt::Debug for Dictionary<D> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Dictionary").field("words", &self.words.len()).field("unknown", &self.unknown).finish()
    }
}

impl<D: AsRef<[u8]>> Dictionary<D> {
    /// Opens a dictionary: `words` as written by [`DictionaryBuilder`], `unknown` the cost of an unlisted character.
    ///
    /// # Errors
    /// If `words` is not a transducer.
    pub fn open(words: D, unknown: u32) -> Result<Self, DictionaryError> {
        let words = Fst::new(words).map_err(|error| DictionaryError(error.to_string()))?;
        Ok(Self { words, unknown })
    }

    /// How many words it holds.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether it holds no word.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The cost of a word; `None` if it is not listed.
    pub fn cost(&self, word: &str) -> Option<u32> {
        self.words.get(word).map(|cost| cost.value() as u32)
    }

    /// Whether the word is listed.
    pub fn contains(&self, word: &str) -> bool {
        self.words.contains_key(word)
    }

    /// Calls `found` with the length in bytes and the cost of every listed word that `text` begins with, shortest first.
    pub fn prefixes(&self, text: &str, mut found: impl FnMut(usize, u32)) {
        let mut node = self.words.root();
        let mut output = Output::zero();
        for (at, byte) in text.bytes().enumerate() {
            let Some(index) = node.find_input(byte) else { return };
            let transition = node.transition(index);
            output = output.cat(transition.out);
            node = self.words.node(transition.addr);
            if node.is_final() {
                found(at + 1, output.cat(node.final_output()).value() as u32);
            }
            if node.is_empty() {
                return;
            }
        }
    }

    /// Cuts a normalised text into words and calls `emit` with each one's span, in order.
    ///
    /// Han runs are cut along the cheapest path; runs of letters and digits stay whole; the rest is skipped.
    pub fn cut(&self, text: &str, mut emit: impl FnMut(ByteSpan)) {
        let mut run: Option<usize> = None;
        let mut other: Option<usize> = None;
        for (at, c) in text.char_indices() {
            let han = is_han(c);
            if han && run.is_none() {
                run = Some(at);
            }
            if !han && let Some(start) = run.take() {
                self.cut_han(text, start, at, &mut emit);
            }
            let letter = !han && c.is_alphanumeric();
            if letter && other.is_none() {
                other = Some(at);
            }
            if !letter && let Some(start) = other.take() {
                // A Han run that starts here has not been emitted yet, so order is kept.
                emit(ByteSpan::new(start, at));
            }
        }
        if let Some(start) = run {
            self.cut_han(text, start, text.len(), &mut emit);
        }
        if let Some(start) = other {
            emit(ByteSpan::new(start, text.len()));
        }
    }

    fn cut_han(&self, text: &str, start: usize, end: usize, emit: &mut impl FnMut(ByteSpan)) {
        let run = &text[start..end];
        // best[i]: least cost from byte i to the end of the run, and where the first word of that path ends.
        let mut best: Vec<(u64, u32)> = vec![(u64::MAX, 0); run.len() + 1];
        best[run.len()] = (0, run.len() as u32);
        for (at, c) in run.char_indices().rev() {
            let mut here = (u64::MAX, 0u32);
            self.prefixes(&run[at..], |length, cost| {
                let total = best[at + length].0.saturating_add(u64::from(cost));
                // On equal cost the longer word wins, as in jieba.
                if total <= here.0 {
                    here = (total, (at + length) as u32);
                }
            });
            if here.0 == u64::MAX {
                let next = at + c.len_utf8();
                here = (best[next].0.saturating_add(u64::from(self.unknown)), next as u32);
            }
            best[at] = here;
        }
        let mut at = 0;
        while at < run.len() {
            let next = best[at].1 as usize;
            emit(ByteSpan::new(start + at, start + next));
            at = next;
        }
    }

    /// The words of a normalised text, for tests and tools.
    pub fn words<'t>(&self, text: &'t str) -> Vec<&'t str> {
        let mut out = Vec::new();
        self.cut(text, |span| out.push(span.of(text)));
        out
    }
}

#[cfg(feature = "write")]
/// Builds the bytes of a dictionary from words and how often each was seen.
#[derive(Debug, Default)]
pub struct DictionaryBuilder {
    words: std::collections::BTreeMap<String, u32>,
}

#[cfg(feature = "write")]
impl DictionaryBuilder {
    /// The cost of a word seen `count` times among `total`.
    pub fn cost_of(count: u64, total: u64) -> u32 {
        let probability = (count.max(1) as f64) / (total.max(1) as f64);
        (-libm::log(probability) * SCALE).round() as u32
    }

    /// Adds a word with its cost, replacing an earlier cost.
    pub fn insert(&mut self, word: &str, cost: u32) {
        self.words.insert(word.to_owned(), cost);
    }

    /// Writes the transducer.
    ///
    /// # Errors
    /// If the transducer cannot be written; it is written to memory, so only for words beyond its limits.
    pub fn finish(self) -> Result<Vec<u8>, DictionaryError> {
        let mut writer = super::MapWriter::default();
        for (word, cost) in &self.words {
            writer.insert(word, u64::from(*cost)).map_err(|error| DictionaryError(error.to_string()))?;
        }
        Ok(writer.finish())
    }
}

#[cfg(test)]
#[cfg(feature = "write")]
mod tests {
    use super::*;

    fn dictionary(words: &[(&str, u64)]) -> Dictionary<Vec<u8>> {
        let total: u64 = 60_101_967;
        let mut builder = DictionaryBuilder::default();
        for (word, count) in words {
            builder.insert(word, DictionaryBuilder::cost_of(*count, total));
        }
        let bytes = builder.finish().expect("words in order");
        Dictionary::open(bytes, DictionaryBuilder::cost_of(1, total)).expect("just written")
    }

    #[test]
    fn the_cheapest_path_wins() {
        let d = dictionary(&[("不", 1_000_000), ("行", 90_000), ("使", 200_000), ("不行", 3000), ("行使", 4000), ("权利", 5000)]);
        assert_eq!(d.words("不行使权利"), ["不", "行使", "权利"]);
        assert_eq!(d.words("这不行"), ["这", "不行"]);
        assert_eq!(d.words("打12333，gb不行"), ["打", "12333", "gb", "不行"]);
        assert_eq!(d.words(""), Vec::<&str>::new());
        assert_eq!(d.words("😀"), Vec::<&str>::new());
    }

    #[test]
    fn damaged_bytes_are_an_error() {
        assert!(Dictionary::open(vec![1u8, 2, 3], 0).is_err());
    }
}
