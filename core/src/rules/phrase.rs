//! Kind `phrase`: something that must not be said.

use serde::{Deserialize, Serialize};

use super::facts::{Facts, Report};
use super::rule::{Rule, SetId};

/// Patterns of which none may stand in the reply.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Phrase {
    /// The patterns.
    pub any: SetId,
}

impl Phrase {
    /// Reports every match that nothing excuses.
    pub fn check(&self, rule: &Rule, facts: &Facts<'_>, report: &mut Report<'_>) {
        let mut covered = 0;
        for &span in facts.reply_hits.of(self.any) {
            if span.start >= covered && facts.counts(rule, span) {
                report.at(&facts.reply, "reply", span, &[]);
                covered = span.end;
            }
        }
    }
}
