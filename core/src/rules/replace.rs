//! Kind `replace`: something to be said in another way, e.g. 你 → 您.

use serde::{Deserialize, Serialize};

use super::diagnostic::{Edit, Fix, Safety};
use super::facts::{Facts, Report};
use super::rule::{Rule, SetId};

/// Pairs of a pattern and what to write instead.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Replace {
    /// The patterns and their replacements.
    pub pairs: Vec<(SetId, String)>,
    /// How safe that is.
    pub safety: Safety,
}

impl Replace {
    /// Reports every match that nothing excuses, with its replacement.
    pub fn check(&self, rule: &Rule, facts: &Facts<'_>, report: &mut Report<'_>) {
        for (set, to) in &self.pairs {
            for &span in facts.reply_hits.of(*set) {
                if !facts.counts(rule, span) {
                    continue;
                }
                let place = facts.reply.origin(span);
                let from = place.of(facts.reply.original);
                let edits = vec![Edit { start: place.start, end: place.end, text: to.clone() }];
                let fix = Fix { title: format!("“{from}”改为“{to}”"), safety: self.safety, edits };
                report.with_fixes(&facts.reply, "reply", span, &[("to", to)], vec![fix]);
            }
        }
    }
}
