//! The lexicon's source files in a folder `lexicon/`: words, question words, synonyms, topics answered elsewhere.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use sheda_core::search::{Elsewhere, Lexicon, Synonym};
use sheda_core::text::Normalizer;

use crate::files::{self, Files};
use crate::{Problem, toml_file};

/// Everything the lexicon files say, merged over all sources.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LexiconSource {
    /// Domain words for segmentation.
    pub words: Vec<String>,
    /// Words that say how something is asked.
    pub question_words: Vec<String>,
    /// Words of any question, understood when typed in pinyin.
    pub everyday_words: Vec<String>,
    /// What people say → what the answers say.
    pub synonyms: BTreeMap<String, Vec<String>>,
    /// Topics that the knowledge base does not answer.
    pub elsewhere: Vec<Elsewhere>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Topics {
    topic: Vec<Topic>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Topic {
    words: Vec<String>,
    #[serde(default)]
    with: Vec<String>,
    #[serde(default)]
    agency: String,
}

/// The lexicon's files.
const FILES: [&str; 5] = ["words.toml", "question-words.toml", "everyday-words.toml", "synonyms.toml", "elsewhere.toml"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Synonyms {
    /// Words that mean the same: each is also searched as the others.
    #[serde(default)]
    group: Vec<Group>,
    /// A word that people say and the word that answers use.
    #[serde(default)]
    one_way: Vec<OneWay>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OneWay {
    from: Vec<String>,
    to: Vec<String>,
}

impl LexiconSource {
    /// The lexicon that this crate ships, for packs without one of their own.
    ///
    /// # Errors
    /// Never in a sound build.
    pub fn builtin() -> Result<Self, Problem> {
        let mut lexicon = Self::default();
        lexicon.merge("words.toml", include_str!("../../lexicon/words.toml"))?;
        lexicon.merge("question-words.toml", include_str!("../../lexicon/question-words.toml"))?;
        lexicon.merge("everyday-words.toml", include_str!("../../lexicon/everyday-words.toml"))?;
        lexicon.merge("synonyms.toml", include_str!("../../lexicon/synonyms.toml"))?;
        lexicon.merge("elsewhere.toml", include_str!("../../lexicon/elsewhere.toml"))?;
        Ok(lexicon)
    }

    /// Adds the files of a folder; files that are absent are skipped.
    ///
    /// # Errors
    /// A problem with the file's line.
    pub fn read_folder(&mut self, files: &dyn Files, folder: &Path) -> Result<(), Problem> {
        for name in FILES {
            let path = folder.join(name);
            if files.is_file(&path) {
                self.merge(&path.display().to_string(), &files::text(files, &path)?)?;
            }
        }
        Ok(())
    }

    fn merge(&mut self, file: &str, text: &str) -> Result<(), Problem> {
        if file.ends_with("question-words.toml") {
            self.question_words.extend(toml_file::parse::<Words>(file, text)?.words);
        } else if file.ends_with("everyday-words.toml") {
            self.everyday_words.extend(toml_file::parse::<Words>(file, text)?.words);
        } else if file.ends_with("words.toml") {
            self.words.extend(toml_file::parse::<Words>(file, text)?.words);
        } else if file.ends_with("elsewhere.toml") {
            let topics = toml_file::parse::<Topics>(file, text)?.topic.into_iter();
            self.elsewhere.extend(topics.map(|t| Elsewhere { words: t.words, with: t.with, agency: t.agency }));
        } else {
            let read: Synonyms = toml_file::parse(file, text)?;
            for group in read.group {
                for from in &group.words {
                    let others = group.words.iter().filter(|to| *to != from).cloned();
                    self.synonyms.entry(from.clone()).or_default().extend(others);
                }
            }
            for pair in read.one_way {
                for from in pair.from {
                    self.synonyms.entry(from).or_default().extend(pair.to.iter().cloned());
                }
            }
        }
        Ok(())
    }

    /// The form that goes into the pack: normalised, sorted, without doubles.
    pub fn compile(&self, normalizer: &Normalizer) -> Lexicon {
        let plain = |text: &String| normalizer.normalize(text).text;
        let sorted = |words: &[String]| {
            let mut words: Vec<String> = words.iter().map(plain).filter(|word| !word.is_empty()).collect();
            words.sort_unstable();
            words.dedup();
            words
        };
        let mut merged: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (from, to) in &self.synonyms {
            merged.entry(plain(from)).or_default().extend(to.iter().map(plain));
        }
        let synonyms = merged.into_iter().map(|(from, mut to)| {
            to.sort_unstable();
            to.dedup();
            Synonym { from, to }
        });
        let all = |words: &[String]| words.iter().map(plain).collect();
        let elsewhere = self.elsewhere.iter();
        let elsewhere = elsewhere.map(|t| Elsewhere { words: all(&t.words), with: all(&t.with), agency: t.agency.clone() });
        Lexicon {
            question_words: sorted(&self.question_words),
            synonyms: synonyms.collect(),
            words: sorted(&self.words),
            elsewhere: elsewhere.collect(),
            everyday_words: sorted(&self.everyday_words),
        }
    }
}
