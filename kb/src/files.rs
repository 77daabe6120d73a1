//! Finding source files in a fixed order and naming the line of a TOML fault.

use std::path::{Path, PathBuf};

use crate::Problem;

/// Every file below `folder` that ends in `.extension`, sorted by path; hidden ones are left out.
///
/// # Errors
/// If a folder cannot be read.
pub fn with_extension(folder: &Path, extension: &str) -> Result<Vec<PathBuf>, Problem> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        let unreadable = |error: std::io::Error| Problem::new(next.display().to_string(), 0, format!("读不了文件夹：{error}"));
        for entry in std::fs::read_dir(&next).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.')) {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// The problem for a TOML fault, at its line.
pub fn toml_problem(file: &str, source: &str, error: &toml::de::Error) -> Problem {
    let line = error.span().map_or(0, |span| source[..span.start.min(source.len())].matches('\n').count() + 1);
    Problem::new(file, line, format!("TOML 读不出来：{}", error.message()))
}
