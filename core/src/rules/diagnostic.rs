//! What a check finds: diagnostics and their fixes.

use serde::{Deserialize, Serialize};

use crate::text::ByteSpan;

/// How serious a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Must be mended before the reply goes out.
    Error,
    /// Worth a second look; does not hold the reply back.
    Warning,
    /// Advice.
    Info,
}

/// How safe a fix is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Safety {
    /// May be applied without reading: the meaning stays.
    Safe,
    /// A person must read it first.
    Review,
}

/// The group that a rule belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Family {
    /// Forbidden wording (服务忌语).
    W1,
    /// Required courtesy (文明用语).
    W2,
    /// Time limits (服务时限).
    T,
    /// Ledger fields (台账).
    L,
    /// Personal data.
    P,
    /// Promises beyond one's power.
    C,
    /// Statements against current policy.
    F,
    /// Wrong or empty guidance (引导服务).
    G,
    /// Legal basis and completeness (一次性告知).
    B,
}

impl Family {
    /// The family that a code such as W101 or P102 begins with.
    pub fn of_code(code: &str) -> Option<Self> {
        Some(match code.get(..1)? {
            "W" if code.starts_with("W1") => Self::W1,
            "W" if code.starts_with("W2") => Self::W2,
            "T" => Self::T,
            "L" => Self::L,
            "P" => Self::P,
            "C" => Self::C,
            "F" => Self::F,
            "G" => Self::G,
            "B" => Self::B,
            _ => return None,
        })
    }

    /// Its name for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::W1 => "服务忌语",
            Self::W2 => "文明用语",
            Self::T => "服务时限",
            Self::L => "台账填写",
            Self::P => "个人信息",
            Self::C => "越权承诺",
            Self::F => "政策口径",
            Self::G => "引导服务",
            Self::B => "依据与一次性告知",
        }
    }
}

impl std::fmt::Display for Family {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self:?}")
    }
}

/// One change of the text: the bytes from `start` to `end` of the original become `text`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// First byte replaced.
    pub start: usize,
    /// One past the last byte replaced.
    pub end: usize,
    /// What stands there afterwards.
    pub text: String,
}

/// A way to mend a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// What it does, in Chinese.
    pub title: String,
    /// How safe it is.
    pub safety: Safety,
    /// The changes, in order and apart from each other.
    pub edits: Vec<Edit>,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The rule's code, e.g. W101.
    pub code: String,
    /// The rule's name, e.g. shirking.
    pub name: String,
    /// The rule's family.
    pub family: Family,
    /// How serious it is, after the institution's profile.
    pub severity: Severity,
    /// What is wrong and what to do, in Chinese.
    pub message: String,
    /// The authority of the rule, e.g. 法律法规：《社会保险法》第八十二条.
    pub source: String,
    /// Where it is: `reply`, `question`, `received_at`, `replied_at` or a column of the ledger.
    pub field: String,
    /// The bytes of the original text of `field`; `None` where the whole is meant.
    pub span: Option<ByteSpan>,
    /// Ways to mend it, the best first.
    pub fixes: Vec<Fix>,
    /// The rule's page.
    pub url: String,
}

/// Applies edits to a text: those that overlap an earlier one are left out.
pub fn apply<'a>(text: &str, edits: impl IntoIterator<Item = &'a Edit>) -> String {
    let mut sorted: Vec<&Edit> = edits.into_iter().collect();
    sorted.sort_by_key(|edit| (edit.start, edit.end));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in sorted {
        let fits = edit.start >= at && text.get(at..edit.start).is_some() && text.get(edit.start..edit.end).is_some();
        if fits {
            out.push_str(&text[at..edit.start]);
            out.push_str(&edit.text);
            at = edit.end;
        }
    }
    out.push_str(text.get(at..).unwrap_or(""));
    out
}

/// Applies one fix of every finding, given the fixes of each: the first that is no riskier than `safety`.
pub fn apply_fixes<'a>(text: &str, findings: impl IntoIterator<Item = &'a [Fix]>, safety: Safety) -> String {
    let allowed = |fix: &&Fix| fix.safety == Safety::Safe || safety == Safety::Review;
    let fixes = findings.into_iter().filter_map(|fixes| fixes.iter().find(allowed));
    apply(text, fixes.flat_map(|fix| &fix.edits))
}

/// Applies the first safe fix of every diagnostic about `field`.
pub fn apply_safe(text: &str, field: &str, diagnostics: &[Diagnostic]) -> String {
    let about = diagnostics.iter().filter(|diagnostic| diagnostic.field == field);
    apply_fixes(text, about.map(|diagnostic| diagnostic.fixes.as_slice()), Safety::Safe)
}
