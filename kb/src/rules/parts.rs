//! What the rules put into a pack.

use sheda_core::pack::section;
use sheda_core::rules::{Handbook, HANDBOOK, PAGES};
use sheda_core::text::{Dictionary, DictionaryBuilder, Normalizer};

use super::RuleSources;
use crate::builder::Parts;
use crate::lexicon::BaseDictionary;

/// A word seen less often than this in jieba's counts is not kept for the sake of an edge: it hardly ever wins a cut.
const SEEN_AT_LEAST: u64 = 20;

impl RuleSources {
    /// The sections of a pack and the texts whose words its dictionary must keep.
    ///
    /// # Errors
    /// If something cannot be serialised.
    pub fn parts(&self, base: &BaseDictionary) -> anyhow::Result<Parts> {
        let handbook: &Handbook = &self.handbook;
        let sections = vec![
            (section::RULES.to_owned(), self.book.to_bytes()?),
            (section::CALENDAR.to_owned(), self.calendar.to_bytes()?),
            (section::LEDGER.to_owned(), self.schema.to_bytes()?),
            (section::PROFILE.to_owned(), self.profile.to_bytes()?),
            (PAGES.to_owned(), postcard::to_stdvec(&self.pages())?),
            (HANDBOOK.to_owned(), handbook.to_bytes()?),
        ];
        Ok(Parts { sections, texts: self.required_words(base), rules: self.files.len() as u32 })
    }

    /// Every text whose words a pruned dictionary must keep, so that the edges of phrases are seen as with the full one: the
    /// phrases, the examples, and every word of the full dictionary that can lie across an edge (行使, because 不行 is a phrase).
    pub fn required_words(&self, base: &BaseDictionary) -> Vec<String> {
        let mut texts = self.texts();
        let edges = self.edges();
        let rare = DictionaryBuilder::cost_of(SEEN_AT_LEAST, base.total());
        base.for_each(|ordinal, word| {
            if base.cost(ordinal) <= rare && edges.crossed_by(word) {
                texts.push(word.to_owned());
            }
        });
        texts
    }
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

/// The normaliser of the packs: patterns, examples and replies must go through the same one.
pub fn normalizer() -> Normalizer {
    Normalizer::from_pairs(&crate::builder::variants())
}

/// Reads, proves and compiles the rules of the sources for a pack: every example must hold, every named answer must exist.
///
/// # Errors
/// If something cannot be serialised; the inner error holds the problems of the files.
pub fn for_build(sources: &crate::sources::Sources) -> anyhow::Result<Result<Parts, Vec<crate::Problem>>> {
    let rules = match RuleSources::read(&sources.folders) {
        Ok(rules) => rules,
        Err(problems) => return Ok(Err(problems)),
    };
    if rules.files.is_empty() {
        return Ok(Ok(Parts::default()));
    }
    let base = BaseDictionary::open()?;
    let mut problems = super::prove(&rules, &full_dictionary(&base)?);
    problems.extend(rules.unknown_answers(|id| sources.answers.iter().any(|file| file.front.id.value == id)));
    if problems.is_empty() { Ok(Ok(rules.parts(&base)?)) } else { Ok(Err(problems)) }
}
