//! How far a build has come: told to whoever waits, a terminal or a page.

use serde::Serialize;

/// A part of the work of building a pack, in the order in which they come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Reading and checking answers; counted in files.
    Answers,
    /// Reading and compiling rules.
    Rules,
    /// Choosing the words of the dictionary.
    Words,
    /// Indexing answers; counted in answers.
    Index,
    /// Running the examples of rules; counted in rules.
    Examples,
    /// Asking golden questions of two packs; counted in questions.
    Questions,
}

impl Stage {
    /// For people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Answers => "读答案",
            Self::Rules => "读规则",
            Self::Words => "挑选词语",
            Self::Index => "建索引",
            Self::Examples => "试规则的例子",
            Self::Questions => "问金标准问题",
        }
    }
}

/// Called with a stage, how much of it is done and how much there is; 0 of 0 where it is not counted.
pub type Progress<'a> = &'a dyn Fn(Stage, usize, usize);

/// For those who do not wait to be told.
pub fn unheard(_: Stage, _: usize, _: usize) {}
