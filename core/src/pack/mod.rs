//! The pack: one file that holds everything an engine needs.
//!
//! ```text
//! magic "SHEDA\r\n\x1a" · format u32 · file length u32 · table length u32 · CRC-32 of the table u32
//! table: for each section its name (u8 length + UTF-8), offset u32, length u32, CRC-32 u32
//! sections, one after another
//! optional trailer, after the file length: "SIGN" · Ed25519 public key (32) · signature of all bytes before the trailer (64)
//! ```
//!
//! All numbers are little-endian. Opening checks every section and copies none of them.

mod container;
mod manifest;
mod signature;
mod words;

#[cfg(feature = "write")]
pub use container::PackWriter;
pub use container::{FORMAT, Pack};
pub use manifest::{Counts, Fingerprints, LeftOut, Manifest};
pub use signature::PublicKey;
#[cfg(feature = "write")]
pub use signature::sign;
pub use words::{open_dictionary, open_normalizer};

/// Names of the sections.
pub mod section {
    /// [`super::Manifest`] as JSON.
    pub const MANIFEST: &str = "manifest";
    /// Prefix of the index's sections.
    pub const INDEX: &str = "index/";
    /// Texts of the units, most frequent first.
    pub const INDEX_UNITS: &str = "index/units";
    /// Documents and bytes of each unit.
    pub const INDEX_TERMS: &str = "index/terms";
    /// Grams in each document.
    pub const INDEX_LENGTHS: &str = "index/lengths";
    /// Postings of units.
    pub const INDEX_SINGLES: &str = "index/singles";
    /// Postings of pairs of units.
    pub const INDEX_PAIRS: &str = "index/pairs";
    /// Directions of meaning of grams and answers.
    pub const MEANING: &str = "meaning";
    /// Segmentation dictionary.
    pub const DICTIONARY: &str = "dictionary";
    /// Answers: offsets and records.
    pub const ANSWERS: &str = "answers";
    /// Answer id → number.
    pub const IDS: &str = "ids";
    /// Fixed-width facts about each answer that filters need.
    pub const FACETS: &str = "facets";
    /// Agencies and regions.
    pub const DIRECTORY: &str = "directory";
    /// Synonyms and question words.
    pub const LEXICON: &str = "lexicon";
    /// Readings of characters.
    pub const PINYIN: &str = "pinyin";
    /// Domain words by their sound.
    pub const SOUNDS: &str = "sounds";
    /// Character variants (繁 → 简).
    pub const VARIANTS: &str = "variants";
    /// Compiled quality rules.
    pub const RULES: &str = "rules";
    /// Working-day calendar.
    pub const CALENDAR: &str = "calendar";
    /// Ledger schema.
    pub const LEDGER: &str = "ledger";
    /// The institution's promises and switches.
    pub const PROFILE: &str = "profile";
}
