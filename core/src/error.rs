//! What can go wrong at the front door, as values with a code that programs can match.

use std::fmt;

/// A class of error; its text form is the `code` of JavaScript's `ShedaError`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorCode {
    /// No bytes were given.
    PackEmpty,
    /// The bytes are not a SheDa pack.
    PackForeign,
    /// The pack was written for another version of the format.
    PackVersion,
    /// The pack ends before its contents do.
    PackTruncated,
    /// A section's bytes are not those that were written.
    PackDamaged,
    /// A section that the engine needs is missing.
    PackIncomplete,
    /// A pack is not signed by whom it should be, or was altered since.
    PackSignature,
    /// A pack could not be written.
    PackWrite,
    /// A value of a request is unusable: an unknown channel, a date that does not exist.
    BadRequest,
    /// A fault of the engine itself.
    Internal,
}

impl ErrorCode {
    /// The code as programs see it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PackEmpty => "pack-empty",
            Self::PackForeign => "pack-foreign",
            Self::PackVersion => "pack-version",
            Self::PackTruncated => "pack-truncated",
            Self::PackDamaged => "pack-damaged",
            Self::PackIncomplete => "pack-incomplete",
            Self::PackSignature => "pack-signature",
            Self::PackWrite => "pack-write",
            Self::BadRequest => "bad-request",
            Self::Internal => "internal",
        }
    }
}

/// An error with its code and a message for people, in Chinese.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// What kind of error.
    pub code: ErrorCode,
    /// What happened, where, and what to do.
    pub message: String,
}

impl Error {
    /// An error of a kind with its message.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }

    /// A section of a pack is not what was written.
    pub(crate) fn damaged(section: &str, cause: impl fmt::Display) -> Self {
        Self::new(ErrorCode::PackDamaged, format!("知识包已损坏：“{section}”部分读不出来（{cause}）。请重新下载或重新生成"))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}（{}）", self.message, self.code.as_str())
    }
}

impl std::error::Error for Error {}

/// What the engine's functions return.
pub type Result<T> = std::result::Result<T, Error>;

impl From<crate::rules::CheckError> for Error {
    fn from(error: crate::rules::CheckError) -> Self {
        Self::new(ErrorCode::BadRequest, format!("{}：{}", error.field, error.message))
    }
}

impl From<crate::rules::RuleBookError> for Error {
    fn from(error: crate::rules::RuleBookError) -> Self {
        Self::damaged(crate::pack::section::RULES, error)
    }
}
