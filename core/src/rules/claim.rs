//! Kind `claim`: a statement of fact that current policy contradicts.

use serde::{Deserialize, Serialize};

use super::facts::{Facts, Report};
use super::rule::{Rule, SetId};
use crate::text::ByteSpan;

/// A wrong statement about a subject.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// The subject: in the same sentence or the one before, or in the question; none if the statement names it itself.
    pub about: Option<SetId>,
    /// The subject may also stand in the question alone.
    pub asked: bool,
    /// The wrong statement.
    pub says: SetId,
    /// What is right, in one sentence.
    pub right: String,
    /// Since when, as people say it.
    pub since: String,
    /// The answer that explains it.
    pub answer: Option<String>,
}

impl Claim {
    /// Reports every wrong statement that nothing excuses.
    pub fn check(&self, rule: &Rule, facts: &Facts<'_>, report: &mut Report<'_>) {
        let mut covered = 0;
        for &span in facts.reply_hits.of(self.says) {
            if span.start >= covered && self.on_subject(facts, span) && facts.counts(rule, span) {
                report.at(&facts.reply, "reply", span, &[("right", &self.right), ("since", &self.since)]);
                covered = span.end;
            }
        }
    }

    fn on_subject(&self, facts: &Facts<'_>, span: ByteSpan) -> bool {
        let Some(about) = self.about else { return true };
        facts.reply_hits.within(about, facts.reply.sentence(span))
            || facts.reply_hits.within(about, facts.reply.sentence_before(span))
            || self.asked && facts.question_has(about)
    }
}
