//! Ledgers in CSV, one row in memory at a time.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use anyhow::Context;
use sheda_core::ledger::{Headings, Schema};

use super::{HeadingSearch, Row};

/// Reads a CSV file in UTF-8.
pub fn read(path: &Path, schema: &Schema, each: &mut dyn FnMut(Row) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let shown = path.display().to_string();
    let file = File::open(path).with_context(|| format!("{shown}：打不开"))?;
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(BufReader::new(file));
    let mut search = HeadingSearch::default();
    let mut headings: Option<Headings> = None;
    let mut row = csv::ByteRecord::new();
    loop {
        let number = reader.position().line();
        match reader.read_byte_record(&mut row) {
            Ok(false) => break,
            Ok(true) => {}
            Err(error) if error.is_io_error() => return Err(error).with_context(|| format!("{shown}：读不了")),
            Err(error) => {
                each(Row { number, record: Err(format!("这一行读不出来：{error}")) })?;
                continue;
            }
        }
        let number = row.position().map_or(number, csv::Position::line);
        let cells: Result<Vec<String>, _> = row.iter().map(|cell| std::str::from_utf8(cell).map(str::to_owned)).collect();
        let Ok(cells) = cells else {
            if headings.is_none() {
                anyhow::bail!("{shown} 第 {number} 行：不是 UTF-8 编码，请另存为“CSV UTF-8”");
            }
            each(Row { number, record: Err("这一行不是 UTF-8 编码".to_owned()) })?;
            continue;
        };
        match &headings {
            None => headings = search.look(schema, &shown, number, &cells)?,
            Some(_) if cells.iter().all(|cell| cell.trim().is_empty()) => {}
            Some(headings) => {
                let extra = cells.len() > headings.names().count()
                    && cells[headings.names().count()..].iter().any(|cell| !cell.trim().is_empty());
                let record = if extra {
                    Err(format!("这一行有 {} 格，比表头多", cells.len()))
                } else {
                    Ok(headings.record(cells))
                };
                each(Row { number, record })?;
            }
        }
    }
    if headings.is_none() { Err(search.missing(schema, &shown)) } else { Ok(()) }
}
