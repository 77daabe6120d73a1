//! The figures of supervision and evaluation (编制说明五8): what a ledger's report shows, as plain data.

use serde::Serialize;

use crate::calendar::Date;

/// All figures of one ledger. Shares run from 0 to 1 and are `None` where nothing can be divided by.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Figures {
    /// Rows read.
    pub rows: u32,
    /// Rows that could not be read.
    pub unreadable: u32,
    /// First day of receipt.
    pub first_day: Option<Date>,
    /// Last day of receipt.
    pub last_day: Option<Date>,
    /// The share answered in time among rows whose due date is known; unanswered rows count by today.
    pub on_time_rate: Option<f64>,
    /// Rows that are, or were answered, too late.
    pub overdue_rows: u32,
    /// The share of satisfied citizens among those who said.
    pub satisfaction_rate: Option<f64>,
    /// The share of rows without a finding.
    pub clean_rate: Option<f64>,
    /// By channel, by name; rows that name none are under `（未写明）`.
    pub channels: Vec<Timely>,
    /// By month of receipt, in order.
    pub months: Vec<Month>,
    /// By each other column of choices, e.g. 险种.
    pub choices: Vec<Counts>,
    /// By rule, most findings first.
    pub rules: Vec<RuleCount>,
    /// By what citizens said, by name.
    pub satisfaction: Vec<Count>,
    /// Overdue rows in order, the first [`LISTED`](super::LISTED).
    pub overdue: Vec<Overdue>,
    /// Beginnings of questions recorded as not answered, most often first; at most [`LISTED`](super::LISTED).
    pub unanswered: Vec<Count>,
}

/// How many rows bear a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Count {
    /// The name.
    pub name: String,
    /// Rows.
    pub rows: u32,
}

/// The counts of one column of choices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// The column.
    pub column: String,
    /// Its choices, most rows first.
    pub counts: Vec<Count>,
}

/// How many rows, and how many in time.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Timely {
    /// The channel.
    pub name: String,
    /// Rows.
    pub rows: u32,
    /// The share answered in time.
    pub on_time_rate: Option<f64>,
}

/// One month.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Month {
    /// E.g. `2026-11`.
    pub month: String,
    /// Rows.
    pub rows: u32,
    /// The share answered in time.
    pub on_time_rate: Option<f64>,
    /// By channel, by name.
    pub channels: Vec<Timely>,
}

/// The findings of one rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleCount {
    /// Its code.
    pub code: String,
    /// Its family's name.
    pub family: String,
    /// Findings.
    pub findings: u32,
    /// The message of the first.
    pub message: String,
}

/// An overdue row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Overdue {
    /// Its row in the file, or its place among the records, from 1.
    pub row: u32,
    /// The channel.
    pub channel: String,
    /// The day of receipt.
    pub received: Option<Date>,
    /// The last day in time.
    pub due: Date,
    /// The day of the reply; `None` while there is none.
    pub replied: Option<Date>,
    /// The beginning of the question.
    pub question: String,
}
