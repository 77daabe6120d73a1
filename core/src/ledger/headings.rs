//! The heading row of a table: which of its columns is which of the ledger's.

use super::{Record, Schema};

/// The columns of a table, by their place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Headings {
    /// For each column of the table, the ledger's name for it, or the heading as written if the ledger has no such column.
    names: Vec<Option<String>>,
}

/// A row that cannot be the heading row.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HeadingError {
    /// Required columns are missing.
    #[error("表头缺少必需的栏目：{}", .0.join("、"))]
    Missing(Vec<String>),
    /// A heading is blank though others follow (a merged cell, or a heading left out); the place counts from 0.
    #[error("第 {} 列的表头是空的（可能是合并单元格），请拆开并写明栏目", .0 + 1)]
    Blank(usize),
    /// Two columns mean the same.
    #[error("栏目“{0}”出现了两次")]
    Twice(String),
}

impl Headings {
    /// How many cells of a row are headings that the ledger knows.
    pub fn known(schema: &Schema, cells: &[String]) -> usize {
        cells.iter().filter(|cell| !cell.trim().is_empty() && schema.column(cell).is_some()).count()
    }

    /// Reads a heading row.
    ///
    /// # Errors
    /// A required column is missing, a heading is blank before the last one, or two columns mean the same.
    pub fn read(schema: &Schema, cells: &[String]) -> Result<Self, HeadingError> {
        let used = cells.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |last| last + 1);
        let mut names: Vec<Option<String>> = Vec::with_capacity(used);
        for (at, cell) in cells[..used].iter().enumerate() {
            let heading = cell.trim();
            if heading.is_empty() {
                return Err(HeadingError::Blank(at));
            }
            let name = schema.column(heading).map_or_else(|| heading.to_owned(), |column| column.name.clone());
            if names.contains(&Some(name.clone())) {
                return Err(HeadingError::Twice(name));
            }
            names.push(Some(name));
        }
        let missing = schema.columns.iter().filter(|column| column.required && !names.contains(&Some(column.name.clone())));
        let missing: Vec<String> = missing.map(|column| column.name.clone()).collect();
        if missing.is_empty() { Ok(Self { names }) } else { Err(HeadingError::Missing(missing)) }
    }

    /// The record of a row.
    pub fn record(&self, cells: impl IntoIterator<Item = impl Into<String>>) -> Record {
        let mut record = Record::default();
        for (name, cell) in self.names.iter().zip(cells) {
            if let Some(name) = name {
                record.set(name, cell);
            }
        }
        record
    }

    /// The names of the columns in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().flatten().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Column;

    fn column(name: &str, aliases: &[&str], required: bool) -> Column {
        Column {
            name: name.to_owned(),
            aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
            required,
            required_for: Vec::new(),
            holds: super::super::Holds::Text,
            choices: Vec::new(),
            range: None,
            role: None,
        }
    }

    #[test]
    fn headings_are_found_and_faults_named() {
        let schema = Schema {
            columns: vec![column("咨询日期", &["日期"], true), column("经办人", &[], true), column("备注", &[], false)],
            ..Schema::default()
        };
        let read = |text: &str| Headings::read(&schema, &text.split('|').map(str::to_owned).collect::<Vec<_>>());
        let headings = read("日期|*经办人（签字）|别的|").expect("sound");
        assert_eq!(headings.names().collect::<Vec<_>>(), ["咨询日期", "经办人", "别的"]);
        for (text, expected, why) in [
            ("咨询日期|备注", HeadingError::Missing(vec!["经办人".into()]), "缺栏目"),
            ("咨询日期||经办人", HeadingError::Blank(1), "合并单元格"),
            ("咨询日期|日期|经办人", HeadingError::Twice("咨询日期".into()), "重复"),
        ] {
            assert_eq!(read(text), Err(expected), "{why}");
        }
    }
}
