//! The check itself: a request in, diagnostics out.

use serde::{Deserialize, Serialize};

use super::diagnostic::{Diagnostic, Severity};
use super::document::{Document, Words};
use super::facts::{Facts, Hits, Report};
use super::index::Scanner;
use super::profile::{Channel, Profile};
use super::record::{Record, Role, Schema};
use super::rule::{Kind, Rule, RuleBook};
use crate::calendar::{Calendar, Date, DateError, Due, Period};
use crate::text::Normalizer;

/// Most characters of a reply or question.
pub const MOST_CHARS: usize = 100_000;

/// What is to be checked. Dates are texts such as 2026-11-23 or 2026-11-23T09:30:00+08:00.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CheckRequest {
    /// The form of service: 窗口, 电话, 信函, 网络, 新闻媒体 or another name from the profile.
    pub channel: Option<String>,
    /// The citizen's question.
    pub question: Option<String>,
    /// The reply.
    pub reply: Option<String>,
    /// When the question was received.
    #[serde(alias = "receivedAt")]
    pub received_at: Option<String>,
    /// When it was answered; absent while it is not.
    #[serde(alias = "repliedAt")]
    pub replied_at: Option<String>,
    /// The region's code.
    pub region: Option<String>,
    /// The ledger record; its columns fill in what the request leaves out.
    pub record: Option<Record>,
    /// Today.
    pub now: Option<String>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckReport {
    /// The findings in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether there is no error among them.
    pub can_submit: bool,
    /// When the answer is due; `None` if no date of receipt or no promise is known.
    pub due: Option<Due>,
}

/// A request that cannot be checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{message}")]
pub struct CheckError {
    /// A stable code: `unknown-channel`, `empty-reply`, `too-long`, `bad-date`, `date-order`.
    pub code: &'static str,
    /// The field at fault.
    pub field: String,
    /// What is wrong, in Chinese.
    pub message: String,
}

/// A question about a due date.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DueRequest {
    /// The channel whose promise counts.
    pub channel: Option<String>,
    /// So many working days.
    #[serde(alias = "workingDays")]
    pub working_days: Option<u32>,
    /// So many natural days.
    #[serde(alias = "naturalDays")]
    pub natural_days: Option<u32>,
    /// The day of receipt.
    #[serde(alias = "receivedAt")]
    pub received_at: Option<String>,
    /// Today.
    pub now: Option<String>,
}

/// All rules of a pack, ready to check with.
#[derive(Debug, Clone)]
pub struct Checker {
    book: RuleBook,
    scanner: Scanner,
    normalizer: Normalizer,
    calendar: Calendar,
    profile: Profile,
    schema: Schema,
    /// Places of the rules that are switched on, and their severity here.
    active: Vec<(usize, Severity)>,
}

impl Checker {
    /// Makes the rules ready; cheap, as the pack holds them compiled.
    pub fn new(book: RuleBook, calendar: Calendar, profile: Profile, schema: Schema, normalizer: Normalizer) -> Self {
        let active = book.rules.iter().enumerate().filter_map(|(at, rule)| {
            profile.severity_of(&rule.code, &rule.family.to_string(), rule.severity).map(|severity| (at, severity))
        });
        let active = active.collect();
        Self { scanner: book.index.scanner(&book.patterns), book, normalizer, calendar, profile, schema, active }
    }

    /// The rules.
    pub fn book(&self) -> &RuleBook {
        &self.book
    }

    /// The institution's profile.
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// The published calendar.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// The ledger's columns.
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// Checks a reply; `words` is the pack's dictionary.
    ///
    /// # Errors
    /// An unknown channel, an empty or overlong reply, a date that does not exist, or a reply before its question.
    pub fn check(&self, words: &dyn Words, request: &CheckRequest) -> Result<CheckReport, CheckError> {
        let reply = self.text(request, request.reply.as_deref(), Role::Reply).unwrap_or("");
        if reply.trim().is_empty() {
            return Err(CheckError::new("empty-reply", "reply", "答复内容是空的，没有可以检查的"));
        }
        self.run(words, request, reply)
    }

    /// Checks a ledger record: its fields, and its reply if it has one. Faults of fields are findings, not errors.
    ///
    /// # Errors
    /// A text beyond the limit.
    pub fn check_record(&self, words: &dyn Words, record: &Record, now: Option<&str>) -> Result<CheckReport, CheckError> {
        let channel = self.schema.value_of(record, Role::Channel).and_then(|name| self.profile.channel(name));
        let date = |role: Role| self.schema.value_of(record, role).filter(|text| text.parse::<Date>().is_ok()).map(str::to_owned);
        let (received, replied) = (date(Role::Received), date(Role::Replied));
        let ordered = received.as_ref().and_then(|text| text.parse::<Date>().ok())
            <= replied.as_ref().and_then(|text| text.parse::<Date>().ok());
        let request = CheckRequest {
            channel: Some(channel.map(|channel| channel.name.clone()).unwrap_or_default()),
            question: Some(self.written(record, Role::Question).unwrap_or("").to_owned()),
            received_at: Some(received.unwrap_or_default()),
            replied_at: Some(replied.filter(|_| ordered).unwrap_or_default()),
            record: Some(record.clone()),
            now: now.map(str::to_owned),
            ..CheckRequest::default()
        };
        let reply = self.written(record, Role::Reply).unwrap_or("");
        let mut report = self.run(words, &request, reply)?;
        let column = |field: &str| {
            let role = match field {
                "reply" => Role::Reply,
                "question" => Role::Question,
                "received_at" => Role::Received,
                "replied_at" => Role::Replied,
                _ => return None,
            };
            self.schema.role(role).map(|column| column.name.clone())
        };
        for diagnostic in &mut report.diagnostics {
            if let Some(name) = column(&diagnostic.field) {
                diagnostic.field = name;
            }
        }
        Ok(report)
    }

    /// The text in which spans and edits of findings about `field` count; `None` for a field that has none.
    pub fn text_of<'r>(&self, request: &'r CheckRequest, field: &str) -> Option<&'r str> {
        match field {
            "reply" => self.text(request, request.reply.as_deref(), Role::Reply),
            "question" => self.text(request, request.question.as_deref(), Role::Question),
            _ => request.record.as_ref().and_then(|record| record.written(self.schema.column(field)?)),
        }
    }

    /// When an answer is due.
    ///
    /// # Errors
    /// A date that does not exist, an unknown channel, or nothing to count.
    pub fn due(&self, request: &DueRequest) -> Result<Due, CheckError> {
        let received = date("received_at", request.received_at.as_deref())?
            .ok_or_else(|| CheckError::new("bad-date", "received_at", "缺少收到日期"))?;
        let today = date("now", request.now.as_deref())?;
        let given = [request.working_days.is_some(), request.natural_days.is_some(), request.channel.is_some()];
        if given.iter().filter(|given| **given).count() > 1 {
            return Err(CheckError::new("ambiguous", "working_days", "工作日、自然日、服务形式只能写一个"));
        }
        let period = match (request.working_days, request.natural_days, request.channel.as_deref()) {
            (Some(days), ..) => Period::WorkingDays(days),
            (_, Some(days), _) => Period::NaturalDays(days),
            (.., Some(name)) => {
                let channel = self.channel(name)?;
                let Some(limit) = channel.limit else {
                    let reason = format!("{}没有设定答复时限，请在 profile.toml 里设定", channel.name);
                    return Ok(Due { date: None, remaining: None, reason });
                };
                let mut due = self.calendar.due(received, limit, today);
                due.reason = format!("{}：{}（{}）", channel.name, due.reason, channel.follows);
                return Ok(due);
            }
            (None, None, None) => {
                return Err(CheckError::new("no-period", "working_days", "要写工作日、自然日或服务形式中的一个"));
            }
        };
        Ok(self.calendar.due(received, period, today))
    }

    fn run(&self, words: &dyn Words, request: &CheckRequest, reply: &str) -> Result<CheckReport, CheckError> {
        let question = self.text(request, request.question.as_deref(), Role::Question).unwrap_or("");
        for (field, text) in [("reply", reply), ("question", question)] {
            if text.len() > MOST_CHARS && text.chars().nth(MOST_CHARS).is_some() {
                return Err(CheckError::new("too-long", field, format!("内容太长：最多 {MOST_CHARS} 字")));
            }
        }
        let channel = match self.text(request, request.channel.as_deref(), Role::Channel) {
            Some(name) => Some(self.channel(name)?),
            None => None,
        };
        let received = date("received_at", self.text(request, request.received_at.as_deref(), Role::Received))?;
        let replied = date("replied_at", self.text(request, request.replied_at.as_deref(), Role::Replied))?;
        let today = date("now", request.now.as_deref())?;
        if let (Some(received), Some(replied)) = (received, replied)
            && replied < received
        {
            return Err(CheckError::new("date-order", "replied_at", format!("答复日期 {replied} 早于收到日期 {received}")));
        }
        let limit = channel.and_then(|channel| channel.limit);
        let due = received.zip(limit).map(|(received, limit)| self.calendar.due(received, limit, replied.or(today)));
        let reply = Document::new(reply, &self.normalizer);
        let question = Document::new(question, &self.normalizer);
        let facts = Facts {
            book: &self.book,
            profile: &self.profile,
            calendar: &self.calendar,
            schema: &self.schema,
            channel,
            reply_hits: Hits::find(&self.book, &self.scanner, &reply, words),
            question_hits: Hits::find(&self.book, &self.scanner, &question, words),
            reply,
            question,
            record: request.record.as_ref(),
            received,
            replied,
            today,
            due: due.as_ref(),
        };
        let mut diagnostics = Vec::new();
        for &(at, severity) in &self.active {
            let rule = &self.book.rules[at];
            if facts.applies(rule) {
                evaluate(rule, &facts, &mut Report::new(rule, severity, &self.profile, &mut diagnostics));
            }
        }
        tidy(&mut diagnostics);
        let can_submit = diagnostics.iter().all(|diagnostic| diagnostic.severity != Severity::Error);
        Ok(CheckReport { diagnostics, can_submit, due })
    }

    /// A part of the request, or of its record where the request leaves it out; `None` if blank.
    fn text<'r>(&self, request: &'r CheckRequest, given: Option<&'r str>, role: Role) -> Option<&'r str> {
        match given {
            Some(text) => Some(text),
            None => request.record.as_ref().and_then(|record| match role {
                Role::Reply | Role::Question => self.written(record, role),
                _ => self.schema.value_of(record, role),
            }),
        }
        .filter(|text| !text.is_empty())
    }

    /// What a record says in the column with a role, spaces and all.
    fn written<'r>(&self, record: &'r Record, role: Role) -> Option<&'r str> {
        self.schema.role(role).and_then(|column| record.written(column))
    }

    fn channel(&self, name: &str) -> Result<&Channel, CheckError> {
        self.profile.channel(name).ok_or_else(|| {
            let known: Vec<&str> = self.profile.channels.iter().map(|channel| channel.name.as_str()).collect();
            CheckError::new("unknown-channel", "channel", format!("没有“{name}”这种服务形式，只有：{}", known.join("、")))
        })
    }
}

impl CheckError {
    fn new(code: &'static str, field: &str, message: impl Into<String>) -> Self {
        Self { code, field: field.to_owned(), message: message.into() }
    }
}

fn date(field: &'static str, text: Option<&str>) -> Result<Option<Date>, CheckError> {
    let Some(text) = text.filter(|text| !text.trim().is_empty()) else { return Ok(None) };
    text.parse().map(Some).map_err(|error: DateError| CheckError::new("bad-date", field, error.to_string()))
}

fn evaluate(rule: &Rule, facts: &Facts<'_>, report: &mut Report<'_>) {
    if facts.reply.original.is_empty() && !matches!(rule.kind, Kind::Deadline(_) | Kind::Field(_)) {
        return;
    }
    match &rule.kind {
        Kind::Phrase(kind) => kind.check(rule, facts, report),
        Kind::Replace(kind) => kind.check(rule, facts, report),
        Kind::Require(kind) => kind.check(facts, report),
        Kind::WhenThen(kind) => kind.check(rule, facts, report),
        Kind::Claim(kind) => kind.check(rule, facts, report),
        Kind::Citation(kind) => kind.check(rule, facts, report),
        Kind::Identity(kind) => kind.check(rule, facts, report),
        Kind::Deadline(kind) => kind.check(facts, report),
        Kind::Field(kind) => kind.check(facts, report),
    }
}

/// Sorts by place and drops findings of a family that lie inside another of the same family.
fn tidy(diagnostics: &mut Vec<Diagnostic>) {
    let place = |diagnostic: &Diagnostic| diagnostic.span.map_or((0, 0, 0), |span| (1, span.start, usize::MAX - span.end));
    diagnostics.sort_by(|a, b| {
        a.field
            .cmp(&b.field)
            .then_with(|| place(a).cmp(&place(b)))
            .then_with(|| a.severity.cmp(&b.severity))
            .then_with(|| a.code.cmp(&b.code))
    });
    // Sorted by start, then longest first: whatever lies inside an earlier one ends before the furthest end of its family.
    let mut furthest: Vec<(super::diagnostic::Family, usize)> = Vec::new();
    let mut field = String::new();
    diagnostics.retain(|diagnostic| {
        if diagnostic.field != field {
            field.clone_from(&diagnostic.field);
            furthest.clear();
        }
        let Some(span) = diagnostic.span else { return true };
        match furthest.iter_mut().find(|(family, _)| *family == diagnostic.family) {
            Some((_, end)) if span.end <= *end => false,
            Some((_, end)) => {
                *end = span.end;
                true
            }
            None => {
                furthest.push((diagnostic.family, span.end));
                true
            }
        }
    });
}
