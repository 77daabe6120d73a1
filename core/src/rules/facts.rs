//! Everything a rule may look at during one check, and where it puts what it finds.

use super::citation::Law;
use super::diagnostic::{Diagnostic, Edit, Fix, Severity};
use super::document::{Document, Words};
use super::index::Scanner;
use super::profile::{Channel, Profile};
use super::record::{Record, Schema};
use super::rule::{ContextId, FixTemplate, Guard, Over, Rule, RuleBook, SetId};
use crate::calendar::{Calendar, Date, Due};
use crate::text::ByteSpan;

/// Where the patterns of each set stand in one text, from left to right.
#[derive(Debug, Default)]
pub struct Hits(Vec<Vec<ByteSpan>>);

impl Hits {
    /// Looks for all patterns of the book in one pass.
    pub fn find(book: &RuleBook, scanner: &Scanner, document: &Document<'_>, words: &dyn Words) -> Self {
        let mut hits: Vec<Vec<ByteSpan>> = vec![Vec::new(); usize::from(book.sets)];
        let text = document.text();
        book.index.scan(scanner, &book.patterns, text, |number, start, end| {
            let (Some(pattern), Some(members)) = (book.patterns.get(number), book.members.get(number)) else { return };
            let Some(span) = pattern.around(text, ByteSpan::new(start, end)) else { return };
            if pattern.words && !document.between_words(words, span) {
                return;
            }
            for set in members {
                hits[usize::from(set.0)].push(span);
            }
        });
        for set in &mut hits {
            set.sort_unstable();
            set.dedup();
        }
        Self(hits)
    }

    /// Where the patterns of a set stand, from left to right.
    pub fn of(&self, set: SetId) -> &[ByteSpan] {
        self.0.get(usize::from(set.0)).map_or(&[], Vec::as_slice)
    }

    /// Whether a pattern of a set stands within `window`.
    pub fn within(&self, set: SetId, window: ByteSpan) -> bool {
        let spans = self.of(set);
        let from = spans.partition_point(|span| span.start < window.start);
        spans[from..].iter().take_while(|span| span.start < window.end).any(|span| span.end <= window.end)
    }
}

/// The facts of one check.
pub struct Facts<'a> {
    /// All rules.
    pub book: &'a RuleBook,
    /// The institution.
    pub profile: &'a Profile,
    /// The published calendar.
    pub calendar: &'a Calendar,
    /// The ledger's columns.
    pub schema: &'a Schema,
    /// The channel, if one is given.
    pub channel: Option<&'a Channel>,
    /// The reply.
    pub reply: Document<'a>,
    /// Hits in the reply.
    pub reply_hits: Hits,
    /// The question; empty if none is given.
    pub question: Document<'a>,
    /// Hits in the question.
    pub question_hits: Hits,
    /// The ledger record, if one is given.
    pub record: Option<&'a Record>,
    /// When the question was received.
    pub received: Option<Date>,
    /// When it was answered.
    pub replied: Option<Date>,
    /// Today.
    pub today: Option<Date>,
    /// When the answer is due.
    pub due: Option<&'a Due>,
}

impl Facts<'_> {
    /// Whether the reply has a pattern of the set.
    pub fn reply_has(&self, set: SetId) -> bool {
        !self.reply_hits.of(set).is_empty()
    }

    /// Whether the question has a pattern of the set.
    pub fn question_has(&self, set: SetId) -> bool {
        !self.question_hits.of(set).is_empty()
    }

    /// The day that statements are judged by: that of the reply, else today, else that of receipt.
    pub fn as_of(&self) -> Option<Date> {
        self.replied.or(self.today).or(self.received)
    }

    /// Whether the reply came, or now would come, after its due date.
    pub fn overdue(&self) -> bool {
        let due = self.due.and_then(|due| due.date);
        matches!((due, self.replied.or(self.today)), (Some(due), Some(done)) if done > due)
    }

    /// The law at a place in the table.
    pub fn laws(&self) -> &[Law] {
        &self.book.laws
    }

    /// Whether a rule applies to this request at all.
    pub fn applies(&self, rule: &Rule) -> bool {
        if !rule.channels.is_empty() && !self.channel.is_some_and(|channel| rule.channels.contains(&channel.name)) {
            return false;
        }
        if let Some(day) = self.as_of()
            && (rule.effective.is_some_and(|from| day < from) || rule.until.is_some_and(|until| day > until))
        {
            return false;
        }
        self.guarded(&rule.when)
    }

    fn guarded(&self, guard: &Guard) -> bool {
        let chars = |least: u32| self.reply.original.chars().take(least as usize).count();
        guard.question.is_none_or(|set| self.question_has(set))
            && guard.reply.is_none_or(|set| self.reply_has(set))
            && !guard.not_question.is_some_and(|set| self.question_has(set))
            && !guard.not_reply.is_some_and(|set| self.reply_has(set))
            && guard.min_chars.is_none_or(|least| chars(least) >= least as usize)
            && guard.max_chars.is_none_or(|most| chars(most + 1) <= most as usize)
            && (!guard.overdue || self.overdue())
    }

    /// Whether a match in the reply is neither excused nor outside the contexts that the rule asks for.
    pub fn counts(&self, rule: &Rule, span: ByteSpan) -> bool {
        self.counts_in(rule, &self.reply, span)
    }

    /// The same for a match in another text.
    pub fn counts_in(&self, rule: &Rule, document: &Document<'_>, span: ByteSpan) -> bool {
        let holds =
            |id: &ContextId| self.book.contexts.get(usize::from(id.0)).is_some_and(|context| context.holds(document, span, self));
        !rule.except.iter().any(holds) && (rule.only.is_empty() || rule.only.iter().any(holds))
    }
}

/// Collects what one rule finds.
pub struct Report<'a> {
    rule: &'a Rule,
    severity: Severity,
    profile: &'a Profile,
    out: &'a mut Vec<Diagnostic>,
}

impl<'a> Report<'a> {
    /// A collector for one rule.
    pub fn new(rule: &'a Rule, severity: Severity, profile: &'a Profile, out: &'a mut Vec<Diagnostic>) -> Self {
        Self { rule, severity, profile, out }
    }

    /// Reports a match in a text, with the rule's own fix.
    pub fn at(&mut self, document: &Document<'_>, field: &str, span: ByteSpan, fill: &[(&str, &str)]) {
        let fixes = self.rule.fix.iter().map(|fix| from_template(fix, document, span)).collect();
        self.with_fixes(document, field, span, fill, fixes);
    }

    /// Reports a match in a text with fixes of its kind.
    pub fn with_fixes(&mut self, document: &Document<'_>, field: &str, span: ByteSpan, fill: &[(&str, &str)], fixes: Vec<Fix>) {
        let origin = document.origin(span);
        let mut fill = fill.to_vec();
        fill.push(("match", origin.of(document.original)));
        self.push(field, Some(origin), &fill, fixes);
    }

    /// Reports the whole of a field.
    pub fn whole(&mut self, field: &str, fill: &[(&str, &str)]) {
        self.push(field, None, fill, Vec::new());
    }

    /// Reports something missing from a text, with the rule's own fix if that adds to it.
    pub fn missing(&mut self, document: &Document<'_>, field: &str, fill: &[(&str, &str)]) {
        let adds = self.rule.fix.iter().filter(|fix| matches!(fix.over, Over::Start | Over::End));
        let fixes = adds.map(|fix| from_template(fix, document, ByteSpan::new(0, 0))).collect();
        self.push(field, None, fill, fixes);
    }

    fn push(&mut self, field: &str, span: Option<ByteSpan>, fill: &[(&str, &str)], fixes: Vec<Fix>) {
        self.out.push(Diagnostic {
            code: self.rule.code.clone(),
            name: self.rule.name.clone(),
            family: self.rule.family,
            severity: self.severity,
            message: filled(&self.rule.message, fill),
            source: self.rule.source.clone(),
            field: field.to_owned(),
            span,
            fixes,
            url: self.profile.url.replace("{code}", &self.rule.code),
        });
    }
}

/// Puts values in the place of `{name}`.
pub fn filled(template: &str, values: &[(&str, &str)]) -> String {
    let mut text = template.to_owned();
    for (name, value) in values {
        if text.contains('{') {
            text = text.replace(&format!("{{{name}}}"), value);
        }
    }
    text
}

fn from_template(fix: &FixTemplate, document: &Document<'_>, span: ByteSpan) -> Fix {
    let end = document.text().len();
    let over = match fix.over {
        Over::Match => span,
        Over::Clause => document.clause(span),
        Over::Sentence => document.sentence(span),
        Over::Start => ByteSpan::new(0, 0),
        Over::End => ByteSpan::new(end, end),
    };
    let mut place = document.origin(over);
    if over.start == over.end && over.end == end {
        place = ByteSpan::new(document.original.len(), document.original.len());
    }
    let matched = document.origin(span).of(document.original);
    let text = filled(&fix.text, &[("match", matched)]);
    Fix { title: fix.title.clone(), safety: fix.safety, edits: vec![Edit { start: place.start, end: place.end, text }] }
}
