//! A rule as people read it: `sheda rules`, `sheda.rules()` and the rule's web page.

use serde::{Deserialize, Serialize};

/// The page of one rule. Serialised with these names in camelCase, absent values as `null`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RulePage {
    /// Stable code.
    pub code: String,
    /// Stable name.
    pub name: String,
    /// One line.
    pub title: String,
    /// Its family, e.g. W1.
    pub family: String,
    /// The family's name, e.g. 服务忌语.
    pub family_title: String,
    /// Its kind.
    pub kind: String,
    /// Its own severity.
    pub severity: String,
    /// The channels it applies to; empty for all.
    pub channels: Vec<String>,
    /// Its authority.
    pub source: String,
    /// 检查什么, in Markdown; empty, as are the next three, in a pack whose manifest says that it leaves out `rule-pages`.
    pub what: String,
    /// 为什么, in Markdown.
    pub why: String,
    /// 反例.
    pub bad: Vec<String>,
    /// 正例.
    pub good: Vec<String>,
    /// The answer that says what is right.
    pub answer: Option<String>,
}
