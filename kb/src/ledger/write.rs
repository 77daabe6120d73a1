//! Writing a ledger back with what was found in each row, in constant memory.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use rust_xlsxwriter::{Format as CellFormat, Workbook};
use sheda_core::ledger::{Record, Schema};

use super::Format;

/// The column that findings are written to.
pub const FINDINGS: &str = "质检结果";

/// Writes rows one after another.
pub struct Writer {
    out: Out,
    columns: Vec<String>,
    path: PathBuf,
    row: u32,
}

enum Out {
    Csv(Box<csv::Writer<File>>),
    Xlsx(Box<Workbook>),
    JsonLines(BufWriter<File>),
}

impl Writer {
    /// Creates a file with the schema's columns and one for the findings.
    ///
    /// # Errors
    /// If the file's type is unknown or it cannot be created.
    pub fn create(path: &Path, schema: &Schema) -> anyhow::Result<Self> {
        let create = || File::create(path).with_context(|| format!("{} 写不了", path.display()));
        let mut columns: Vec<String> = schema.columns.iter().map(|column| column.name.clone()).collect();
        columns.push(FINDINGS.to_owned());
        let out = match Format::of(path) {
            Some(Format::Csv) => {
                let mut file = create()?;
                // Excel reads UTF-8 only with this mark.
                file.write_all("\u{feff}".as_bytes())?;
                let mut writer = csv::Writer::from_writer(file);
                writer.write_record(&columns)?;
                Out::Csv(Box::new(writer))
            }
            Some(Format::Xlsx) => {
                let mut book = Workbook::new();
                let sheet = book.add_worksheet_with_constant_memory()?;
                sheet.set_name("咨询服务台账")?;
                sheet.set_freeze_panes(1, 0)?;
                let bold = CellFormat::new().set_bold();
                for (at, name) in columns.iter().enumerate() {
                    sheet.write_string_with_format(0, at as u16, name, &bold)?;
                }
                Out::Xlsx(Box::new(book))
            }
            Some(Format::JsonLines) => Out::JsonLines(BufWriter::new(create()?)),
            None => anyhow::bail!("{}：只能写成 .csv、.xlsx 或 .jsonl", path.display()),
        };
        Ok(Self { out, columns, path: path.to_owned(), row: 0 })
    }

    /// Writes one row.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn write(&mut self, record: &Record, findings: &str) -> anyhow::Result<()> {
        self.row += 1;
        let cell = |name: &str| if name == FINDINGS { findings } else { record.0.get(name).map_or("", |cell| cell.0.as_str()) };
        match &mut self.out {
            Out::Csv(writer) => writer.write_record(self.columns.iter().map(|name| cell(name)))?,
            Out::Xlsx(book) => {
                let sheet = book.worksheet_from_index(0)?;
                for (at, name) in self.columns.iter().enumerate() {
                    sheet.write_string(self.row, at as u16, cell(name))?;
                }
            }
            Out::JsonLines(writer) => {
                let mut object: serde_json::Map<String, serde_json::Value> =
                    record.0.iter().map(|(name, cell)| (name.clone(), cell.0.clone().into())).collect();
                object.insert(FINDINGS.to_owned(), findings.into());
                serde_json::to_writer(&mut *writer, &object)?;
                writer.write_all(b"\n")?;
            }
        }
        Ok(())
    }

    /// Finishes the file.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn finish(self) -> anyhow::Result<()> {
        match self.out {
            Out::Csv(mut writer) => writer.flush()?,
            Out::Xlsx(mut book) => book.save(&self.path).with_context(|| format!("{} 写不了", self.path.display()))?,
            Out::JsonLines(mut writer) => writer.flush()?,
        }
        Ok(())
    }
}
