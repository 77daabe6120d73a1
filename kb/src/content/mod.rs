//! Answers in Markdown: reading one file, checking all of them together, checking every figure against the law.

mod check;
mod figures;
mod front;
mod markdown;

use std::path::Path;

pub use check::{Vocabulary, check};
pub use figures::{Figure, check_figures, figures};
pub use front::{Front, INSURANCES, KINDS};
pub use markdown::{HEADINGS, Rendered, render};

use crate::Problem;
use crate::front_matter;

/// One source file of an answer.
#[derive(Debug, Clone)]
pub struct ContentFile {
    /// The file, as problems call it.
    pub file: String,
    /// What its front matter says.
    pub front: Front,
    /// Its body.
    pub rendered: Rendered,
    /// The line on which the body begins.
    pub body_line: usize,
}

/// Reads the text of one file.
///
/// # Errors
/// Every problem that can be seen in this file alone.
pub fn parse(file: &str, source: &str) -> Result<ContentFile, Vec<Problem>> {
    let parts = front_matter::split(file, source).map_err(|problem| vec![problem])?;
    let front: Front = front_matter::parse(file, &parts).map_err(|problem| vec![problem])?;
    let mut problems = front.check(file);
    let rendered = markdown::render(file, parts.body, parts.body_line, &mut problems);
    if problems.is_empty() {
        Ok(ContentFile { file: file.to_owned(), front, rendered, body_line: parts.body_line })
    } else {
        Err(problems)
    }
}

/// Reads one file.
///
/// # Errors
/// As [`parse`], or if the file cannot be read or is not UTF-8.
pub fn read(path: &Path) -> Result<ContentFile, Vec<Problem>> {
    let shown = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|error| vec![Problem::new(&shown, 0, format!("读不了：{error}"))])?;
    let source = String::from_utf8(bytes).map_err(|error| {
        let line = error.as_bytes()[..error.utf8_error().valid_up_to()].iter().filter(|&&byte| byte == b'\n').count() + 1;
        vec![Problem::new(&shown, line, "不是 UTF-8 编码：请另存为 UTF-8")]
    })?;
    parse(&shown, &source)
}
