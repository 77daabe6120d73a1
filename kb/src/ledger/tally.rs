//! Counting a ledger for supervision and evaluation (编制说明五8): one pass, memory that does not grow with the rows.

use std::collections::BTreeMap;

use sheda_core::calendar::Date;
use sheda_core::ledger::{Record, Role, Schema};
use sheda_core::rules::{CheckReport, Checker};

/// Most overdue rows, and most unanswered questions, that a report lists one by one.
pub const LISTED: usize = 200;

/// The counts of a ledger.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// Rows read.
    pub rows: u64,
    /// Rows that could not be read.
    pub unreadable: u64,
    /// Rows without a finding.
    pub clean: u64,
    /// First and last day of receipt.
    pub days: Option<(Date, Date)>,
    /// By channel: rows, rows whose time limit is known, of them on time.
    pub channels: BTreeMap<String, ChannelCount>,
    /// By month of receipt: rows.
    pub months: BTreeMap<String, u64>,
    /// By insurance and the like: rows for each value of the choice columns.
    pub choices: BTreeMap<String, BTreeMap<String, u64>>,
    /// By rule: findings, and the rule's name and message of the first.
    pub rules: BTreeMap<String, RuleCount>,
    /// Satisfaction: rows for each answer.
    pub satisfaction: BTreeMap<String, u64>,
    /// Overdue rows, the first [`LISTED`].
    pub overdue: Vec<Overdue>,
    /// How many rows are overdue.
    pub overdue_rows: u64,
    /// Questions recorded as not answered, with how often; the first [`LISTED`].
    pub unanswered: BTreeMap<String, u64>,
}

/// The counts of one channel.
#[derive(Debug, Clone, Default)]
pub struct ChannelCount {
    /// Rows.
    pub rows: u64,
    /// Rows with a known due date.
    pub timed: u64,
    /// Of them on time.
    pub on_time: u64,
}

/// The counts of one rule.
#[derive(Debug, Clone, Default)]
pub struct RuleCount {
    /// Findings.
    pub findings: u64,
    /// The family.
    pub family: String,
    /// The message of the first.
    pub message: String,
}

/// An overdue row.
#[derive(Debug, Clone)]
pub struct Overdue {
    /// Its row in the file.
    pub row: u64,
    /// The channel.
    pub channel: String,
    /// The day of receipt.
    pub received: String,
    /// The last day in time.
    pub due: String,
    /// The day of the reply; empty while there is none.
    pub replied: String,
    /// The beginning of the question.
    pub question: String,
}

impl Tally {
    /// Counts one row.
    pub fn add(&mut self, checker: &Checker, row: u64, record: &Record, report: &CheckReport, today: Option<Date>) {
        let schema = checker.schema();
        self.rows += 1;
        self.clean += u64::from(report.diagnostics.is_empty());
        let value = |role: Role| schema.value_of(record, role);
        let channel = value(Role::Channel)
            .and_then(|name| checker.profile().channel(name))
            .map_or("（未写明）", |channel| &channel.name);
        let received = value(Role::Received).and_then(|text| text.parse::<Date>().ok());
        let replied = value(Role::Replied).and_then(|text| text.parse::<Date>().ok());
        if let Some(day) = received {
            self.days = Some(self.days.map_or((day, day), |(first, last)| (first.min(day), last.max(day))));
            *self.months.entry(format!("{:04}-{:02}", day.year(), day.month())).or_default() += 1;
        }
        let due = report.due.as_ref().and_then(|due| due.date);
        let count = self.channels.entry(channel.to_owned()).or_default();
        count.rows += 1;
        if let (Some(due), Some(done)) = (due, replied.or(today)) {
            count.timed += 1;
            if done <= due {
                count.on_time += 1;
            } else {
                self.overdue_rows += 1;
                if self.overdue.len() < LISTED {
                    self.overdue.push(Overdue {
                        row,
                        channel: channel.to_owned(),
                        received: received.map_or_else(String::new, |day| day.to_string()),
                        due: due.to_string(),
                        replied: replied.map_or_else(String::new, |day| day.to_string()),
                        question: beginning(value(Role::Question).unwrap_or("")),
                    });
                }
            }
        }
        for diagnostic in &report.diagnostics {
            let count = self.rules.entry(diagnostic.code.clone()).or_default();
            if count.findings == 0 {
                count.family = diagnostic.family.title().to_owned();
                count.message.clone_from(&diagnostic.message);
            }
            count.findings += 1;
        }
        self.count_choices(schema, record);
        if let Some(result) = value(Role::Result)
            && schema.role(Role::Result).and_then(|column| column.choice(result)).is_some_and(|choice| choice.name == "未能答复")
        {
            let question = beginning(value(Role::Question).unwrap_or(""));
            if self.unanswered.len() < LISTED || self.unanswered.contains_key(&question) {
                *self.unanswered.entry(question).or_default() += 1;
            }
        }
    }

    fn count_choices(&mut self, schema: &Schema, record: &Record) {
        for column in &schema.columns {
            let Some(choice) = record.get(column).and_then(|value| column.choice(value)) else { continue };
            if column.role == Some(Role::Satisfaction) {
                *self.satisfaction.entry(choice.name.clone()).or_default() += 1;
            } else if column.role != Some(Role::Channel) {
                *self.choices.entry(column.name.clone()).or_default().entry(choice.name.clone()).or_default() += 1;
            }
        }
    }

    /// The share of rows answered on time, where that is known.
    pub fn on_time_rate(&self) -> Option<f64> {
        let (timed, on_time) =
            self.channels.values().fold((0, 0), |(timed, on_time), count| (timed + count.timed, on_time + count.on_time));
        (timed > 0).then(|| on_time as f64 / timed as f64)
    }

    /// The share of satisfied citizens among those who answered: the choices of the satisfied half, in the schema's order.
    pub fn satisfaction_rate(&self) -> Option<f64> {
        let satisfied = ["非常满意", "满意", "基本满意"];
        let rated: u64 = self.satisfaction.iter().filter(|(name, _)| *name != "未评价").map(|(_, count)| count).sum();
        let good: u64 =
            self.satisfaction.iter().filter(|(name, _)| satisfied.contains(&name.as_str())).map(|(_, count)| count).sum();
        (rated > 0).then(|| good as f64 / rated as f64)
    }
}

fn beginning(text: &str) -> String {
    const CHARS: usize = 40;
    let mut short: String = text.chars().take(CHARS).collect();
    if text.chars().nth(CHARS).is_some() {
        short.push('…');
    }
    short
}
