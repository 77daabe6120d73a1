//! What stands in the front matter of a rule file.

use serde::Deserialize;
use serde_saphyr::Spanned;

/// The front matter; which keys a kind needs is checked when it is compiled.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Front {
    /// Stable code, e.g. W101; its letters are the family.
    pub code: Spanned<String>,
    /// Stable name in kebab-case that names the fault.
    pub name: Spanned<String>,
    /// One line for people.
    pub title: String,
    /// phrase, replace, require, when-then, claim, citation, identity, deadline or field.
    pub kind: Spanned<String>,
    /// error, warning or info.
    pub severity: Spanned<String>,
    /// The channels it applies to; none for all.
    #[serde(default)]
    pub channels: Vec<Spanned<String>>,
    /// Its authority.
    pub source: Authority,
    /// The message; claims have one by default.
    #[serde(default)]
    pub message: String,
    /// First day on which it applies.
    pub effective: Option<Spanned<String>>,
    /// Last day on which it applies.
    pub until: Option<Spanned<String>>,
    /// What must hold of the whole request.
    #[serde(default)]
    pub when: When,
    /// Names of contexts that excuse a match.
    #[serde(default)]
    pub except: Vec<Spanned<String>>,
    /// What else excuses a match.
    pub unless: Option<ContextFront>,
    /// What a match must have around it.
    pub only: Option<ContextFront>,
    /// How a match may be mended.
    pub fix: Option<FixFront>,
    /// Whether matches must begin and end between words; by default so for phrases.
    pub words: Option<bool>,

    /// phrase, require, identity (住址): the patterns.
    #[serde(default)]
    pub any: Vec<Spanned<String>>,
    /// replace: what to write instead of what.
    #[serde(default)]
    pub pairs: Vec<Pair>,
    /// replace: whether that is safe.
    pub safety: Option<Spanned<String>>,
    /// require: 开头, 结尾 or 任意.
    pub place: Option<Spanned<String>>,
    /// require: within so many characters of that place.
    pub within: Option<u16>,
    /// when-then: what calls for something; claim: the wrong statement.
    #[serde(default)]
    pub says: Vec<Spanned<String>>,
    /// when-then: what must be said.
    #[serde(default)]
    pub needs: Vec<Spanned<String>>,
    /// when-then: 同句, 邻近 or 全文.
    pub reach: Option<Spanned<String>>,
    /// claim: the subject.
    #[serde(default)]
    pub about: Vec<Spanned<String>>,
    /// claim: whether the subject may stand in the question alone.
    #[serde(default = "yes")]
    pub asked: bool,
    /// claim: what is right.
    pub right: Option<String>,
    /// claim: since when.
    pub since: Option<String>,
    /// claim: the answer that explains it.
    pub answer: Option<Spanned<String>>,
    /// citation, deadline, field: what is checked.
    pub check: Option<Spanned<String>>,
    /// field 占位: the stand-ins.
    #[serde(default)]
    pub values: Vec<String>,
    /// citation 已废止: the repealed laws.
    #[serde(default)]
    pub repealed: Vec<RepealedFront>,
    /// identity: what is looked for.
    pub detect: Option<Spanned<String>>,
    /// identity: characters kept at the start and at the end.
    pub keep: Option<(u8, u8)>,
}

fn yes() -> bool {
    true
}

impl Front {
    /// Whether matches must begin and end between words.
    pub fn between_words(&self) -> bool {
        self.words.unwrap_or(self.kind.value == "phrase")
    }
}

/// The authority of a rule: one of four kinds, and which.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authority {
    /// 编制说明, 法律法规, 关联标准 or 机构配置.
    pub kind: Spanned<String>,
    /// A law of `laws.toml`.
    pub law: Option<Spanned<String>>,
    /// Its article.
    pub article: Option<u16>,
    /// Its articles.
    #[serde(default)]
    pub articles: Vec<u16>,
    /// The authority in words, or what is to be added to the law.
    #[serde(default)]
    pub text: String,
}

/// What must hold of the whole request.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct When {
    /// The question must have one of these.
    #[serde(default)]
    pub question: Vec<Spanned<String>>,
    /// The question must have none of these.
    #[serde(default)]
    pub not_question: Vec<Spanned<String>>,
    /// The reply must have one of these.
    #[serde(default)]
    pub reply: Vec<Spanned<String>>,
    /// The reply must have none of these.
    #[serde(default)]
    pub not_reply: Vec<Spanned<String>>,
    /// Fewest characters of the reply.
    pub min_chars: Option<u32>,
    /// Most characters of the reply.
    pub max_chars: Option<u32>,
    /// Whether the reply must be later than promised.
    #[serde(default)]
    pub overdue: bool,
}

/// A context, in a rule or by name in `contexts.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ContextFront {
    /// In quotation marks.
    pub quoted: bool,
    /// Right before the match.
    pub just_before: Vec<String>,
    /// Before it in its clause.
    pub before: Vec<String>,
    /// Before it in its sentence.
    pub sentence_before: Vec<String>,
    /// Right after it.
    pub just_after: Vec<String>,
    /// After it in its clause.
    pub after: Vec<String>,
    /// After it in its sentence.
    pub sentence_after: Vec<String>,
    /// Anywhere in its sentence.
    pub sentence: Vec<String>,
    /// In its sentence or the one before.
    pub near: Vec<String>,
    /// Around it.
    pub inside: Vec<String>,
    /// Anywhere in the reply.
    pub reply: Vec<String>,
    /// Anywhere in the question.
    pub question: Vec<String>,
}

/// How a match may be mended.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FixFront {
    /// What it does.
    pub title: String,
    /// safe or review.
    pub safety: Spanned<String>,
    /// 匹配, 分句, 句子, 开头 or 结尾.
    pub over: Spanned<String>,
    /// What it puts there.
    pub text: String,
}

/// What to write instead of what.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pair {
    /// The pattern.
    pub from: Spanned<String>,
    /// The text.
    pub to: String,
}

/// A law that is no longer in force.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RepealedFront {
    /// Its title.
    pub title: Spanned<String>,
    /// The law and article that repealed it.
    pub by: String,
    /// Since when.
    pub since: String,
}
