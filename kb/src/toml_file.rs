//! Reading a TOML source file with the line of every fault.

use std::path::Path;

use serde::de::DeserializeOwned;

use crate::Problem;
use crate::files::{self, Files};

/// Reads a file.
///
/// # Errors
/// A problem with the file's line: unreadable, not TOML, an unknown or missing key.
pub fn read<T: DeserializeOwned>(files: &dyn Files, path: &Path) -> Result<T, Problem> {
    parse(&path.display().to_string(), &files::text(files, path)?)
}

/// Parses a text; `file` is what problems call it.
///
/// # Errors
/// A problem with the line.
pub fn parse<T: DeserializeOwned>(file: &str, text: &str) -> Result<T, Problem> {
    toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(0, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
        Problem::new(file, line, format!("格式不对：{}", error.message()))
    })
}
