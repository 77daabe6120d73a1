//! The manifest: what a pack is, what it was built from and with, and what is in it.

use serde::{Deserialize, Serialize};

/// What a pack says of itself. Serialised as JSON with these names in camelCase.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Manifest {
    /// Stable identifier, e.g. `cn-national`.
    pub id: String,
    /// Name for people, e.g. 全国社会保险咨询知识库.
    pub title: String,
    /// The editors' version, e.g. `2026.11.23`.
    pub version: String,
    /// Hash of all source files, hexadecimal: the same sources give the same pack.
    pub built_from: String,
    /// What it was built with.
    pub built_with: Fingerprints,
    /// How much is in it.
    pub counts: Counts,
    /// Region codes that have answers of their own, ascending; 100000 is the whole country.
    pub regions: Vec<u32>,
    /// Earliest and latest day on which an answer was reviewed, `YYYY-MM-DD`; empty if none says.
    pub reviewed: Vec<String>,
    /// What a compact pack does without; empty for a whole one.
    #[serde(default)]
    pub left_out: Vec<LeftOut>,
}

/// Something that a compact pack does without. Serialised in kebab-case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LeftOut {
    /// Answers of regions that were not asked for.
    Regions,
    /// Some of the questions that editors wrote: they are searched by, but not shown as suggestions.
    Questions,
    /// Rare pairs of characters, and where frequent ones occur: a little less is found (docs/search.md).
    Pairs,
    /// What each rule is for, and its examples: rule pages have empty texts.
    RulePages,
    /// Words that only the answers use, from the dictionary by which rules see where a word ends.
    Words,
}

/// The builder's ingredients, for telling two packs apart.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Fingerprints {
    /// Version of SheDa.
    pub sheda: String,
    /// Version of jieba-rs whose dictionary was pruned.
    pub jieba: String,
    /// CRC-32 of the pruned dictionary, hexadecimal.
    pub dictionary: String,
}

/// How many of each thing a pack holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Counts {
    /// Answers (or documents of a retrieval set).
    pub answers: u32,
    /// Authored questions, titles included.
    pub questions: u32,
    /// Quality rules.
    pub rules: u32,
    /// Words in the dictionary.
    pub words: u32,
}
