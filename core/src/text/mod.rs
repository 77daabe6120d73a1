//! Chinese text: normalisation, segmentation, n-grams, numerals and offsets.
//!
//! Everything works on *normalised* text (half-width, lower case, simplified, no invisible characters) and can be
//! traced back to byte offsets of the original. The index and a query go through the same functions with the same
//! dictionary from the pack, so they can never disagree about segmentation.

mod dictionary;
mod normalize;
mod numerals;
mod offsets;
mod pinyin;
#[cfg(feature = "write")]
mod transducer;
mod units;

#[cfg(feature = "write")]
pub use dictionary::DictionaryBuilder;
pub use dictionary::{Dictionary, DictionaryError};
pub use normalize::{Normalized, Normalizer};
pub use numerals::{NUMERALS, chinese_numeral, parse_numeral};
pub use offsets::{ByteSpan, Utf16Map, Utf16Span};
pub use pinyin::PinyinTable;
#[cfg(feature = "write")]
pub use transducer::{MapWriter, OutOfOrder};
pub use units::{MEASURES, Unit, UnitKind, grams, sentences, units};

/// Whether a character is a Han ideograph (including extension planes and 〇).
pub fn is_han(c: char) -> bool {
    matches!(c,
        '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '\u{3007}')
}
