//! Ledgers in Excel workbooks: the first sheet with a heading row, cell by cell.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use anyhow::Context;
use calamine::{DataRef, Reader, Xlsx, open_workbook};
use sheda_core::calendar::Date;
use sheda_core::ledger::{Headings, Schema};

use super::{HeadingSearch, Row};

/// Reads a workbook. Rows stream; the workbook's table of texts is held in memory, as the format demands.
pub fn read(path: &Path, schema: &Schema, each: &mut dyn FnMut(Row) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let shown = path.display().to_string();
    let mut book: Xlsx<BufReader<File>> =
        open_workbook(path).with_context(|| format!("{shown}：不是能打开的 Excel 工作簿（.xlsx）"))?;
    let sheet = book.sheet_names().first().cloned().with_context(|| format!("{shown}：工作簿里没有工作表"))?;
    let place = format!("{shown} 工作表“{sheet}”");
    let merged = book.merge_cells_by_sheet_name(&sheet).unwrap_or_default();
    let mut cells = book.worksheet_cells_reader(&sheet).with_context(|| format!("{place}：读不了"))?;
    let mut search = HeadingSearch::default();
    let mut headings: Option<Headings> = None;
    let mut row: Vec<String> = Vec::new();
    let mut current: Option<u32> = None;
    loop {
        let cell = cells.next_cell().with_context(|| format!("{place}：文件损坏"))?;
        let at = cell.as_ref().map(calamine::Cell::get_position);
        if let Some(done) = current.filter(|done| at.is_none_or(|(row, _)| row != *done)) {
            let number = u64::from(done) + 1;
            let blank = row.iter().all(|cell| cell.trim().is_empty());
            match &headings {
                None if !blank => {
                    if Headings::known(schema, &row) >= 3
                        && let Some(region) = merged.iter().find(|region| region.start.0 <= done && done <= region.end.0)
                    {
                        let (from, to) = (address(region.start), address(region.end));
                        anyhow::bail!("{place}：表头里 {from}:{to} 是合并单元格，请取消合并，每列写一个栏目");
                    }
                    headings = search.look(schema, &place, number, &row)?;
                }
                Some(headings) if !blank => each(Row { number, record: Ok(headings.record(row.drain(..))) })?,
                _ => {}
            }
            row.clear();
        }
        let Some(cell) = cell else { break };
        let (line, column) = cell.get_position();
        current = Some(line);
        let column = column as usize;
        if row.len() <= column {
            row.resize(column + 1, String::new());
        }
        row[column] = text(cell.get_value());
    }
    if headings.is_none() { Err(search.missing(schema, &place)) } else { Ok(()) }
}

/// A cell's place as Excel shows it: (0, 2) → C1.
fn address((row, column): (u32, u32)) -> String {
    let mut letters = String::new();
    let mut left = column + 1;
    while left > 0 {
        let digit = (left - 1) % 26;
        letters.insert(0, char::from(b'A' + digit as u8));
        left = (left - 1) / 26;
    }
    format!("{letters}{}", row + 1)
}

/// A cell as text: dates as 2026-11-23, whole numbers without a point.
fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(value) => value.to_string(),
        DataRef::Float(value) if value.fract() == 0.0 && value.abs() < 1e15 => format!("{value:.0}"),
        DataRef::Float(value) => value.to_string(),
        DataRef::String(value) | DataRef::DateTimeIso(value) | DataRef::DurationIso(value) => value.clone(),
        DataRef::SharedString(value) => (*value).to_owned(),
        DataRef::Bool(value) => if *value { "是" } else { "否" }.to_owned(),
        DataRef::DateTime(value) => date(value.as_f64()).unwrap_or_else(|| value.as_f64().to_string()),
        DataRef::Error(error) => format!("#{error}"),
        DataRef::Empty => String::new(),
    }
}

/// The date of an Excel serial number.
fn date(serial: f64) -> Option<String> {
    /// 1899-12-30, from which Excel counts (its 1900 has a February 29 that never was).
    const EPOCH: i64 = -25_569;
    Date::from_number(EPOCH + serial.floor() as i64).map(|date| date.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_dates() {
        for (place, expected) in [((0, 0), "A1"), ((1, 25), "Z2"), ((9, 26), "AA10")] {
            assert_eq!(address(place), expected);
        }
        assert_eq!(date(46_349.0).as_deref(), Some("2026-11-23"));
        assert_eq!(date(45_351.5).as_deref(), Some("2024-02-29"));
    }
}
