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
use crate::files::{self, Files};
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
pub fn read(files: &dyn Files, path: &Path) -> Result<ContentFile, Vec<Problem>> {
    let source = files::text(files, path).map_err(|problem| vec![problem])?;
    parse(&path.display().to_string(), &source)
}
