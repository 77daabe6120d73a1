//! Ledgers in JSON Lines: one object a line, its keys the columns.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use anyhow::Context;
use sheda_core::ledger::Record;

use super::Row;

/// Reads a JSON Lines file.
pub fn read(path: &Path, each: &mut dyn FnMut(Row) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let file = File::open(path).with_context(|| format!("{}：打不开", path.display()))?;
    let mut reader = BufReader::new(file);
    let mut line = Vec::new();
    let mut number = 0;
    while {
        line.clear();
        reader.read_until(b'\n', &mut line)? > 0
    } {
        number += 1;
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let record = serde_json::from_slice::<Record>(&line).map_err(|error| format!("这一行不是 JSON 对象：{error}"));
        each(Row { number, record })?;
    }
    Ok(())
}
