//! Words: jieba's dictionary, our own domain words, synonyms, question words, character variants.

mod base;
mod pruned;
mod source;

pub use base::{BaseDictionary, JIEBA_VERSION, READINGS, VARIANTS};
pub use pruned::{PrunedDictionary, Pruner};
pub use source::LexiconSource;
