//! What a ledger record looks like: its columns as data, and one record as read from a file or a request.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserializer, Visitor};
use serde::{Deserialize, Serialize};

/// The columns of a ledger and how they depend on each other.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schema {
    /// Where the columns come from, for people.
    pub note: String,
    /// The columns in order.
    #[serde(rename = "column")]
    pub columns: Vec<Column>,
    /// Pairs of date columns: the first must not be later than the second.
    #[serde(default, rename = "order")]
    pub orders: Vec<Order>,
    /// Values that make other columns required.
    #[serde(default, rename = "implies")]
    pub implications: Vec<Implication>,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Its heading, and the key of a record.
    pub name: String,
    /// Other headings that mean it.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Whether it must be filled in for every channel.
    #[serde(default)]
    pub required: bool,
    /// The channels for which it must be filled in.
    #[serde(default)]
    pub required_for: Vec<String>,
    /// What it holds.
    #[serde(default)]
    pub holds: Holds,
    /// For `选项`: the choices.
    #[serde(default)]
    pub choices: Vec<Choice>,
    /// For `数字`: least and greatest value.
    #[serde(default)]
    pub range: Option<(f64, f64)>,
    /// What part of a check it gives.
    #[serde(default)]
    pub role: Option<Role>,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Holds {
    /// Any text.
    #[default]
    #[serde(rename = "文字")]
    Text,
    /// A date.
    #[serde(rename = "日期")]
    Date,
    /// A telephone number, which may be masked.
    #[serde(rename = "电话")]
    Phone,
    /// One of the choices, or several joined by 、.
    #[serde(rename = "选项")]
    Choice,
    /// A number.
    #[serde(rename = "数字")]
    Number,
    /// A person's name.
    #[serde(rename = "人名")]
    Person,
}

/// A choice and other ways to write it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Its name.
    pub name: String,
    /// Other ways to write it.
    #[serde(default)]
    pub aliases: Vec<String>,
}

/// What part of a check a column gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Role {
    /// The channel.
    #[serde(rename = "形式")]
    Channel,
    /// The question.
    #[serde(rename = "咨询内容")]
    Question,
    /// The reply.
    #[serde(rename = "答复内容")]
    Reply,
    /// The day of receipt.
    #[serde(rename = "咨询日期")]
    Received,
    /// The day of the reply.
    #[serde(rename = "答复日期")]
    Replied,
    /// How satisfied the citizen was.
    #[serde(rename = "满意度")]
    Satisfaction,
    /// How the matter ended.
    #[serde(rename = "办理结果")]
    Result,
}

/// Two dates in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Order {
    /// The column that must not be later.
    pub earlier: String,
    /// The column that must not be earlier.
    pub later: String,
}

/// A value of one column that makes others required.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Implication {
    /// The column.
    pub column: String,
    /// Its values.
    pub values: Vec<String>,
    /// The columns that must then be filled in.
    pub needs: Vec<String>,
}

/// One record: what stands under each heading.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Record(pub BTreeMap<String, Cell>);

/// The text of one cell; numbers, booleans and nothing are read as text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Cell(pub String);

impl Schema {
    /// Reads a ledger section.
    ///
    /// # Errors
    /// If the bytes are damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, super::RuleBookError> {
        postcard::from_bytes(bytes).map_err(|error| super::RuleBookError(error.to_string()))
    }

    /// Writes the ledger section.
    ///
    /// # Errors
    /// If it cannot be serialised.
    #[cfg(feature = "write")]
    pub fn to_bytes(&self) -> Result<Vec<u8>, super::RuleBookError> {
        postcard::to_stdvec(self).map_err(|error| super::RuleBookError(error.to_string()))
    }

    /// The column with a heading, whatever spaces or stars stand around it.
    pub fn column(&self, heading: &str) -> Option<&Column> {
        let heading: String = heading.chars().filter(|c| !c.is_whitespace() && !matches!(c, '*' | '＊' | '\u{feff}')).collect();
        let plain = heading.split(['（', '(']).next().unwrap_or("");
        self.columns
            .iter()
            .find(|column| column.is_called(&heading))
            .or_else(|| self.columns.iter().find(|column| column.is_called(plain)))
    }

    /// The column with a role.
    pub fn role(&self, role: Role) -> Option<&Column> {
        self.columns.iter().find(|column| column.role == Some(role))
    }

    /// What a record says in the column with a role; `None` if that is blank.
    pub fn value_of<'r>(&self, record: &'r Record, role: Role) -> Option<&'r str> {
        self.role(role).and_then(|column| record.get(column))
    }
}

impl Column {
    fn is_called(&self, heading: &str) -> bool {
        self.name == heading || self.aliases.iter().any(|alias| alias == heading)
    }

    /// The choice that a value names.
    pub fn choice(&self, value: &str) -> Option<&Choice> {
        self.choices.iter().find(|choice| choice.name == value || choice.aliases.iter().any(|alias| alias == value))
    }
}

impl Record {
    /// What stands under a column's heading or one of its other headings, trimmed; `None` if that is blank.
    pub fn get(&self, column: &Column) -> Option<&str> {
        self.written(column).map(str::trim)
    }

    /// The same as it was written, spaces and all: spans of findings count in this text.
    pub fn written(&self, column: &Column) -> Option<&str> {
        std::iter::once(&column.name)
            .chain(&column.aliases)
            .filter_map(|heading| self.0.get(heading))
            .map(|cell| cell.0.as_str())
            .find(|text| !text.trim().is_empty())
    }

    /// Puts a value under a heading.
    pub fn set(&mut self, heading: &str, value: impl Into<String>) {
        self.0.insert(heading.to_owned(), Cell(value.into()));
    }
}

impl<'de> Deserialize<'de> for Cell {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct CellVisitor;

        impl Visitor<'_> for CellVisitor {
            type Value = Cell;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("文字、数字或空")
            }

            fn visit_str<E>(self, text: &str) -> Result<Cell, E> {
                Ok(Cell(text.to_owned()))
            }

            fn visit_bool<E>(self, value: bool) -> Result<Cell, E> {
                Ok(Cell(if value { "是" } else { "否" }.to_owned()))
            }

            fn visit_i64<E>(self, value: i64) -> Result<Cell, E> {
                Ok(Cell(value.to_string()))
            }

            fn visit_u64<E>(self, value: u64) -> Result<Cell, E> {
                Ok(Cell(value.to_string()))
            }

            fn visit_f64<E>(self, value: f64) -> Result<Cell, E> {
                Ok(Cell(value.to_string()))
            }

            fn visit_unit<E>(self) -> Result<Cell, E> {
                Ok(Cell::default())
            }

            fn visit_none<E>(self) -> Result<Cell, E> {
                Ok(Cell::default())
            }
        }

        deserializer.deserialize_any(CellVisitor)
    }
}
