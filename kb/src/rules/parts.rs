//! What the rules put into a pack.

use sheda_core::pack::section;
use sheda_core::rules::{HANDBOOK, PAGES, RulePage};
use sheda_core::text::{Dictionary, DictionaryBuilder, Normalizer};

use super::RuleSources;
use crate::builder::{Parts, variants};
use crate::lexicon::BaseDictionary;
use crate::recipe::Recipe;

impl RuleSources {
    /// The sections of a pack, and what its dictionary must keep so that the edges of phrases are seen as with the full one: the
    /// words of phrases and examples, and the common words that can lie across an edge (行使, because 不行 is a phrase).
    ///
    /// # Errors
    /// If something cannot be serialised.
    pub fn parts(&self, recipe: &Recipe) -> anyhow::Result<Parts> {
        if self.files.is_empty() {
            return Ok(Parts::default());
        }
        let mut pages = self.pages();
        if recipe.compact {
            pages.iter_mut().for_each(brief);
        }
        let sections = vec![
            (section::RULES.to_owned(), self.book.to_bytes()?),
            (section::CALENDAR.to_owned(), self.calendar.to_bytes()?),
            (section::LEDGER.to_owned(), self.schema.to_bytes()?),
            (section::PROFILE.to_owned(), self.profile.to_bytes()?),
            (PAGES.to_owned(), postcard::to_stdvec(&pages)?),
            (HANDBOOK.to_owned(), self.handbook.to_bytes()?),
        ];
        Ok(Parts { sections, texts: self.texts(), edges: self.edges(), rules: self.files.len() as u32 })
    }
}

/// Leaves of a page what a list of rules shows.
fn brief(page: &mut RulePage) {
    page.what.clear();
    page.why.clear();
    page.bad.clear();
    page.good.clear();
}

/// jieba's full dictionary as rules see it before a pack is built.
///
/// # Errors
/// Never in a sound build: the bytes were baked in.
pub fn full_dictionary(base: &BaseDictionary) -> anyhow::Result<Dictionary<Vec<u8>>> {
    let mut builder = DictionaryBuilder::default();
    base.for_each(|ordinal, word| builder.insert(word, base.cost(ordinal)));
    Ok(Dictionary::open(builder.finish()?, base.unknown_cost())?)
}

/// The normaliser that a pack gives its engine: patterns, examples and replies must go through the same one.
///
/// # Errors
/// Never in a sound build: the bytes were baked in.
pub(super) fn normalizer() -> anyhow::Result<Normalizer> {
    Ok(Normalizer::from_pairs(&variants(BaseDictionary::open()?)))
}
