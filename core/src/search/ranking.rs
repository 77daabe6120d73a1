//! The numbers of the ranking, in one place so that `sheda eval` can switch each part off and show what it adds.

use serde::{Deserialize, Serialize};

/// Weights of the ranking. The defaults were chosen by measurement; docs/search.md has the table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Weights {
    /// BM25: how soon repetitions stop counting.
    pub k1: f32,
    /// BM25: how much longer texts are held back, 0 to 1.
    pub b: f32,
    /// Power to which the inverse document frequency is raised: above 1, rare terms count for more.
    pub idf_power: f32,
    /// Share of the documents above which a character or run is left out of the sums: it says little and costs most.
    pub common: f32,
    /// Weight of terms inside question words (怎么办, 多少): they say how it is asked, not what about.
    pub question_word: f32,
    /// How much each repetition of a term in the question adds to its weight: 0 not at all, 1 as much as the first.
    pub repeat: f32,
    /// Weight of the best authored question against the text's 1.
    pub ask: f32,
    /// BM25 `k1` for authored questions.
    pub ask_k1: f32,
    /// BM25 `b` for authored questions.
    pub ask_b: f32,
    /// Weight of the grams of a synonym against the literal 1.
    pub synonym: f32,
    /// Weight of the grams of a word that sounds like what was written.
    pub sound: f32,
    /// Weight of the grams of a word typed in pinyin.
    pub letters: f32,
    /// Weight of the best single sentence among the leading candidates.
    pub sentence: f32,
    /// Units at which a sentence's length halves what it says: of two with the same words, the shorter is more direct.
    pub sentence_length: f32,
    /// How much an answer of the question's meaning gains, against the best score of its words.
    pub meaning: f32,
    /// How many of the leading candidates are compared by meaning.
    pub compared: usize,
    /// How many of the leading candidates have their questions or sentences read.
    pub reread: usize,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            k1: 0.9,
            b: 0.9,
            idf_power: 1.0,
            common: 0.7,
            question_word: 0.6,
            repeat: 0.25,
            ask: 0.6,
            ask_k1: 1.0,
            ask_b: 0.6,
            synonym: 0.3,
            sound: 0.5,
            letters: 1.0,
            sentence: 0.4,
            sentence_length: 100.0,
            meaning: 2.0,
            compared: 40,
            reread: 12,
        }
    }
}

impl Weights {
    /// The plain baseline that every figure is compared with: one field of unigrams and bigrams, BM25 k1 1.2, b .75.
    pub fn baseline() -> Self {
        Self {
            k1: 1.2,
            b: 0.75,
            idf_power: 1.0,
            common: 1.0,
            question_word: 1.0,
            repeat: 1.0,
            ask: 0.0,
            ask_k1: 1.2,
            ask_b: 0.75,
            synonym: 0.0,
            sound: 0.0,
            letters: 0.0,
            sentence: 0.0,
            sentence_length: 200.0,
            meaning: 0.0,
            compared: 10,
            reread: 10,
        }
    }
}
