//! The sections that the text floor reads: character variants and the segmentation dictionary.

use bytes::Bytes;

use super::{Pack, section};
use crate::error::{Error, Result};
use crate::text::{Dictionary, Normalizer};

/// The normaliser with the pack's character variants.
///
/// # Errors
/// If the table is not text.
pub fn open_normalizer(pack: &Pack) -> Result<Normalizer> {
    match pack.section(section::VARIANTS) {
        Some(bytes) => {
            let pairs = std::str::from_utf8(&bytes).map_err(|error| Error::damaged(section::VARIANTS, error))?;
            Ok(Normalizer::from_pairs(pairs))
        }
        None => Ok(Normalizer::default()),
    }
}

/// The pack's segmentation dictionary: `cost of an unlisted character u32 · transducer`.
///
/// # Errors
/// If the section is missing or damaged.
pub fn open_dictionary(pack: &Pack) -> Result<Dictionary<Bytes>> {
    let bytes = pack.required(section::DICTIONARY)?;
    let unknown = bytes.get(..4).and_then(|b| b.try_into().ok()).map(u32::from_le_bytes);
    let unknown = unknown.ok_or_else(|| Error::damaged(section::DICTIONARY, "没有开头"))?;
    Dictionary::open(bytes.slice(4..bytes.len()), unknown).map_err(|error| Error::damaged(section::DICTIONARY, error))
}
