//! Counting a ledger for supervision and evaluation (编制说明五8): one pass, memory that does not grow with the rows.

use std::collections::BTreeMap;

use super::figures::{Count, Counts, Figures, Month, Overdue, RuleCount, Timely};
use super::{Record, Role, Schema};
use crate::calendar::Date;
use crate::rules::{CheckReport, Checker};

/// Most overdue rows, and most unanswered questions, that a report lists one by one.
pub const LISTED: usize = 200;

/// The counts of a ledger while its rows come in.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    rows: u32,
    unreadable: u32,
    clean: u32,
    days: Option<(Date, Date)>,
    channels: BTreeMap<String, Punctuality>,
    /// By month of receipt, then by channel.
    months: BTreeMap<String, BTreeMap<String, Punctuality>>,
    /// By column of choices, then by choice.
    choices: BTreeMap<String, BTreeMap<String, u32>>,
    /// By rule's code: family, the message of the first finding, how many.
    rules: BTreeMap<String, RuleCount>,
    satisfaction: BTreeMap<String, u32>,
    overdue: Vec<Overdue>,
    overdue_rows: u32,
    unanswered: BTreeMap<String, u32>,
}

/// How many rows, how many of them with a known due date, how many of those in time.
#[derive(Debug, Clone, Copy, Default)]
struct Punctuality {
    rows: u32,
    timed: u32,
    on_time: u32,
}

impl Tally {
    /// Counts one row that was read and checked; `row` is its number, from 1.
    pub fn add(&mut self, checker: &Checker, row: u32, record: &Record, report: &CheckReport, today: Option<Date>) {
        let schema = checker.schema();
        self.rows += 1;
        self.clean += u32::from(report.diagnostics.is_empty());
        let value = |role: Role| schema.value_of(record, role);
        let channel = value(Role::Channel)
            .and_then(|name| checker.profile().channel(name))
            .map_or("（未写明）", |channel| &channel.name);
        let received = value(Role::Received).and_then(|text| text.parse::<Date>().ok());
        let replied = value(Role::Replied).and_then(|text| text.parse::<Date>().ok());
        if let Some(day) = received {
            self.days = Some(self.days.map_or((day, day), |(first, last)| (first.min(day), last.max(day))));
        }
        let timed = report.due.as_ref().and_then(|due| due.date).zip(replied.or(today));
        let on_time = timed.map(|(due, done)| done <= due);
        self.channels.entry(channel.to_owned()).or_default().add(on_time);
        if let Some(day) = received {
            let month = self.months.entry(format!("{:04}-{:02}", day.year(), day.month())).or_default();
            month.entry(channel.to_owned()).or_default().add(on_time);
        }
        if let Some((due, done)) = timed
            && done > due
        {
            self.overdue_rows += 1;
            if self.overdue.len() < LISTED {
                let question = beginning(value(Role::Question).unwrap_or(""));
                self.overdue.push(Overdue { row, channel: channel.to_owned(), received, due, replied, question });
            }
        }
        for diagnostic in &report.diagnostics {
            let count = self.rules.entry(diagnostic.code.clone()).or_insert_with(|| RuleCount {
                code: diagnostic.code.clone(),
                family: diagnostic.family.title().to_owned(),
                findings: 0,
                message: diagnostic.message.clone(),
            });
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

    /// Counts one row that could not be read.
    pub fn add_unreadable(&mut self) {
        self.unreadable += 1;
    }

    /// What has been counted.
    pub fn figures(&self) -> Figures {
        let all = Punctuality::sum(self.channels.values());
        let mut rules: Vec<RuleCount> = self.rules.values().cloned().collect();
        rules.sort_by(|a, b| b.findings.cmp(&a.findings).then_with(|| a.code.cmp(&b.code)));
        Figures {
            rows: self.rows,
            unreadable: self.unreadable,
            first_day: self.days.map(|(first, _)| first),
            last_day: self.days.map(|(_, last)| last),
            on_time_rate: share(all.on_time, all.timed),
            overdue_rows: self.overdue_rows,
            satisfaction_rate: self.satisfaction_rate(),
            clean_rate: share(self.clean, self.rows),
            channels: timely(&self.channels),
            months: self.months.iter().map(|(name, channels)| month(name, channels)).collect(),
            choices: self
                .choices
                .iter()
                .map(|(column, counts)| Counts { column: column.clone(), counts: most_first(counts) })
                .collect(),
            rules,
            satisfaction: self.satisfaction.iter().map(|(name, rows)| Count { name: name.clone(), rows: *rows }).collect(),
            overdue: self.overdue.clone(),
            unanswered: most_first(&self.unanswered),
        }
    }

    /// The share of satisfied citizens among those who answered.
    fn satisfaction_rate(&self) -> Option<f64> {
        let satisfied = ["非常满意", "满意", "基本满意"];
        let count = |wanted: &dyn Fn(&str) -> bool| -> u32 {
            self.satisfaction.iter().filter(|(name, _)| wanted(name)).map(|(_, count)| count).sum()
        };
        share(count(&|name| satisfied.contains(&name)), count(&|name| name != "未评价"))
    }
}

impl Punctuality {
    fn add(&mut self, on_time: Option<bool>) {
        self.rows += 1;
        self.timed += u32::from(on_time.is_some());
        self.on_time += u32::from(on_time == Some(true));
    }

    fn sum<'p>(parts: impl Iterator<Item = &'p Self>) -> Self {
        parts.fold(Self::default(), |sum, part| Self {
            rows: sum.rows + part.rows,
            timed: sum.timed + part.timed,
            on_time: sum.on_time + part.on_time,
        })
    }

    fn rate(self) -> Option<f64> {
        share(self.on_time, self.timed)
    }
}

fn share(part: u32, whole: u32) -> Option<f64> {
    (whole > 0).then(|| f64::from(part) / f64::from(whole))
}

fn timely(channels: &BTreeMap<String, Punctuality>) -> Vec<Timely> {
    channels.iter().map(|(name, count)| Timely { name: name.clone(), rows: count.rows, on_time_rate: count.rate() }).collect()
}

fn month(name: &str, channels: &BTreeMap<String, Punctuality>) -> Month {
    let all = Punctuality::sum(channels.values());
    Month { month: name.to_owned(), rows: all.rows, on_time_rate: all.rate(), channels: timely(channels) }
}

/// By how often, then by name.
fn most_first(counts: &BTreeMap<String, u32>) -> Vec<Count> {
    let mut counts: Vec<Count> = counts.iter().map(|(name, rows)| Count { name: name.clone(), rows: *rows }).collect();
    counts.sort_by_key(|count| std::cmp::Reverse(count.rows));
    counts
}

fn beginning(text: &str) -> String {
    const CHARS: usize = 40;
    let mut short: String = text.chars().take(CHARS).collect();
    if text.chars().nth(CHARS).is_some() {
        short.push('…');
    }
    short
}
