//! Ledgers as files: CSV, XLSX and JSON Lines in and out, one row at a time, and their report.

mod csv_file;
mod html;
mod json_lines;
mod write;
mod xlsx_file;

use std::path::Path;

use sheda_core::ledger::{Headings, Record, Schema};

pub use html::page;
pub use write::Writer;

/// One row of a ledger.
#[derive(Debug)]
pub struct Row {
    /// Its line (CSV, JSON Lines) or row (XLSX), counted from 1.
    pub number: u64,
    /// The record, or why the row cannot be read.
    pub record: Result<Record, String>,
}

/// What a ledger file is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated, UTF-8 or GB 18030.
    Csv,
    /// Excel.
    Xlsx,
    /// One JSON object a line.
    JsonLines,
}

impl Format {
    /// The format that a file's name ends in.
    pub fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "csv" => Some(Self::Csv),
            "xlsx" | "xlsm" => Some(Self::Xlsx),
            "jsonl" | "ndjson" | "json" => Some(Self::JsonLines),
            _ => None,
        }
    }
}

/// How many rows may stand above the heading row (a title, a unit, a date).
const ROWS_ABOVE_HEADINGS: usize = 10;

/// Reads a ledger and calls `each` with every row in order; a bad row is passed on as such and stops nothing.
///
/// # Errors
/// If the file cannot be opened, has no heading row, or `each` fails.
pub fn read(path: &Path, schema: &Schema, each: &mut dyn FnMut(Row) -> anyhow::Result<()>) -> anyhow::Result<()> {
    match Format::of(path) {
        Some(Format::Csv) => csv_file::read(path, schema, each),
        Some(Format::Xlsx) => xlsx_file::read(path, schema, each),
        Some(Format::JsonLines) => json_lines::read(path, each),
        None => anyhow::bail!("{}：不认识的文件类型，台账要是 .csv、.xlsx 或 .jsonl", path.display()),
    }
}

/// Finds the heading row while rows come in one by one.
#[derive(Debug, Default)]
struct HeadingSearch {
    seen: usize,
    best: usize,
}

impl HeadingSearch {
    /// Looks at a row: `Some` when it is the heading row.
    fn look(&mut self, schema: &Schema, place: &str, row: u64, cells: &[String]) -> anyhow::Result<Option<Headings>> {
        let known = Headings::known(schema, cells);
        self.best = self.best.max(known);
        if known >= 3 {
            return match Headings::read(schema, cells) {
                Ok(headings) => Ok(Some(headings)),
                Err(error) => anyhow::bail!("{place} 第 {row} 行：{error}"),
            };
        }
        self.seen += 1;
        if self.seen >= ROWS_ABOVE_HEADINGS { Err(self.missing(schema, place)) } else { Ok(None) }
    }

    /// What to say when no heading row was found.
    fn missing(&self, schema: &Schema, place: &str) -> anyhow::Error {
        let wanted: Vec<&str> =
            schema.columns.iter().filter(|column| column.required).map(|column| column.name.as_str()).collect();
        anyhow::anyhow!("{place}：前 {ROWS_ABOVE_HEADINGS} 行里没有表头，至少要有这些栏目：{}", wanted.join("、"))
    }
}
