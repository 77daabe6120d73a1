//! Words: jieba's dictionary, our own domain words, synonyms, question words, character variants.

mod base;
mod pruned;
mod source;

pub use base::{BaseDictionary, JIEBA_VERSION};
pub use pruned::{Pruner, PrunedDictionary};
pub use source::LexiconSource;
