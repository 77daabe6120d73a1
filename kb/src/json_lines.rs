//! JSON Lines: one object a line, blank lines skipped.

use std::path::Path;

use anyhow::Context;
use serde::Deserialize;

/// The objects of a text; `name` is what errors call it.
///
/// # Errors
/// If a line is not what is expected; the message names file and line.
pub fn parse<T: for<'a> Deserialize<'a>>(name: &str, text: &str) -> anyhow::Result<Vec<T>> {
    let mut out = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        out.push(serde_json::from_str(line).with_context(|| format!("{name}:{}: 不是要求的 JSON", number + 1))?);
    }
    Ok(out)
}

/// The objects of a file.
///
/// # Errors
/// As [`parse`], or if the file cannot be read.
pub fn read<T: for<'a> Deserialize<'a>>(path: &Path) -> anyhow::Result<Vec<T>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("{} 读不了", path.display()))?;
    parse(&path.display().to_string(), &text)
}
