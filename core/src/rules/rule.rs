//! A rule as it lies in the pack: plain data, compiled from one Markdown file.

use serde::{Deserialize, Serialize};

use super::{
    citation::Citation,
    claim::Claim,
    context::Context,
    deadline::Deadline,
    diagnostic::{Family, Safety, Severity},
};
use super::{field::FieldCheck, identity::Identity, index::Index, pattern::Pattern, phrase::Phrase, replace::Replace};
use super::{require::Require, when_then::WhenThen};
use crate::calendar::Date;

/// A set of patterns that are looked for together; an index into the hits of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SetId(pub u16);

/// A context of the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ContextId(pub u16);

/// One rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// Stable code, e.g. W101.
    pub code: String,
    /// Stable name in kebab-case, naming the fault.
    pub name: String,
    /// One line for people.
    pub title: String,
    /// Its family.
    pub family: Family,
    /// How serious its findings are unless the profile says otherwise.
    pub severity: Severity,
    /// The channels it applies to; empty for all, known or not.
    pub channels: Vec<String>,
    /// Its authority, e.g. 法律法规：《社会保险法》第八十二条.
    pub source: String,
    /// The message; `{match}`, `{right}` and others are filled in.
    pub message: String,
    /// First day on which it applies.
    pub effective: Option<Date>,
    /// Last day on which it applies.
    pub until: Option<Date>,
    /// What must hold of the whole request.
    pub when: Guard,
    /// Contexts that excuse a match.
    pub except: Vec<ContextId>,
    /// Contexts of which one must hold for a match, if there is any.
    pub only: Vec<ContextId>,
    /// How a match may be mended.
    pub fix: Option<FixTemplate>,
    /// What is looked for.
    pub kind: Kind,
}

/// What must hold of the whole request before a rule looks at it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Guard {
    /// The question must contain one of these.
    pub question: Option<SetId>,
    /// The question must contain none of these.
    pub not_question: Option<SetId>,
    /// The reply must contain one of these.
    pub reply: Option<SetId>,
    /// The reply must contain none of these.
    pub not_reply: Option<SetId>,
    /// Fewest characters of the reply.
    pub min_chars: Option<u32>,
    /// Most characters of the reply.
    pub max_chars: Option<u32>,
    /// Whether the reply must be later than promised.
    pub overdue: bool,
}

/// How a match is mended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FixTemplate {
    /// What it does.
    pub title: String,
    /// How safe it is.
    pub safety: Safety,
    /// What it replaces.
    pub over: Over,
    /// What it puts there; `{match}` stands for the match.
    pub text: String,
}

/// What a fix replaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Over {
    /// The match.
    #[serde(rename = "匹配")]
    Match,
    /// The clause around it.
    #[serde(rename = "分句")]
    Clause,
    /// The sentence around it.
    #[serde(rename = "句子")]
    Sentence,
    /// Nothing: the text is put at the start of the reply.
    #[serde(rename = "开头")]
    Start,
    /// Nothing: the text is put at the end of the reply.
    #[serde(rename = "结尾")]
    End,
}

/// The closed set of kinds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Kind {
    /// Something that must not be said.
    Phrase(Phrase),
    /// Something to be said in another way.
    Replace(Replace),
    /// Something that must be said.
    Require(Require),
    /// Something that must be said along with something else.
    WhenThen(WhenThen),
    /// A statement of fact that is wrong.
    Claim(Claim),
    /// A citation that is wrong.
    Citation(Citation),
    /// A person's number or address.
    Identity(Identity),
    /// A promise of time.
    Deadline(Deadline),
    /// A field of the ledger.
    Field(FieldCheck),
}

/// All rules, compiled.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct RuleBook {
    /// The rules by code.
    pub rules: Vec<Rule>,
    /// All contexts that rules refer to.
    pub contexts: Vec<Context>,
    /// All indexed patterns.
    pub patterns: Vec<Pattern>,
    /// The sets that each pattern belongs to.
    pub members: Vec<Vec<SetId>>,
    /// How many sets there are.
    pub sets: u16,
    /// Where each law's names are looked up and what is known of it.
    pub laws: Vec<super::citation::Law>,
    /// The keys of the patterns; made of them when a pack is read.
    #[serde(skip)]
    pub index: Index,
}

/// The bytes of a rules section cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("规则数据损坏：{0}")]
pub struct RuleBookError(pub String);

impl RuleBook {
    /// Reads a rules section.
    ///
    /// # Errors
    /// If the bytes are damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, RuleBookError> {
        let mut book: Self = postcard::from_bytes(bytes).map_err(|error| RuleBookError(error.to_string()))?;
        book.index = Index::new(&book.patterns);
        let sound = book.members.len() == book.patterns.len()
            && book.members.iter().flatten().all(|set| set.0 < book.sets)
            && book
                .rules
                .iter()
                .flat_map(|rule| rule.except.iter().chain(&rule.only))
                .all(|id| usize::from(id.0) < book.contexts.len());
        if sound { Ok(book) } else { Err(RuleBookError("各部分对不上".to_owned())) }
    }

    /// Writes the rules section.
    ///
    /// # Errors
    /// If the rules cannot be serialised.
    #[cfg(feature = "write")]
    pub fn to_bytes(&self) -> Result<Vec<u8>, RuleBookError> {
        if !self.patterns.iter().all(super::pattern::Pattern::is_writable) {
            return Err(RuleBookError("从知识包里读出的规则不能再写成知识包".to_owned()));
        }
        postcard::to_stdvec(self).map_err(|error| RuleBookError(error.to_string()))
    }

    /// The rule with a code.
    pub fn rule(&self, code: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.code.eq_ignore_ascii_case(code))
    }
}
