//! What is wrong with a source file, and where: every reader of the knowledge reports in these.

use std::fmt;

/// One finding about one place in one file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Problem {
    /// The file, relative to where the command was started.
    pub file: String,
    /// Line counted from 1; 0 where the whole file is meant.
    pub line: usize,
    /// What is wrong and how to mend it, in Chinese: editors read it.
    pub message: String,
}

impl Problem {
    /// A finding about a line of a file.
    pub fn new(file: impl Into<String>, line: usize, message: impl Into<String>) -> Self {
        Self { file: file.into(), line, message: message.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file, self.message),
            line => write!(f, "{}:{line}: {}", self.file, self.message),
        }
    }
}

impl std::error::Error for Problem {}
