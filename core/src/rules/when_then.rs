//! Kind `when-then`: something that must be said along with something else.

use serde::{Deserialize, Serialize};

use super::facts::{Facts, Report};
use super::rule::{Rule, SetId};
use crate::text::ByteSpan;

/// How near the needed words must be to what calls for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reach {
    /// In the same sentence.
    #[serde(rename = "同句")]
    Sentence,
    /// In the same sentence, the one before or the rest of the reply after it within about 80 characters.
    #[serde(rename = "邻近")]
    Near,
    /// Anywhere in the reply.
    #[serde(rename = "全文")]
    Reply,
}

/// If the reply says one thing (or, without one, if the rule's guard holds), it must say another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WhenThen {
    /// What calls for it; reported when alone.
    pub says: Option<SetId>,
    /// What must be said.
    pub needs: SetId,
    /// How near.
    pub reach: Reach,
}

/// How far after a match `Reach::Near` looks, in bytes.
const NEAR: usize = 240;

impl WhenThen {
    /// Reports every match without what it needs; without anything to match, the whole reply.
    pub fn check(&self, rule: &Rule, facts: &Facts<'_>, report: &mut Report<'_>) {
        let Some(says) = self.says else {
            if !facts.reply_has(self.needs) {
                report.missing(&facts.reply, "reply", &[]);
            }
            return;
        };
        let length = facts.reply.text().len();
        for &span in facts.reply_hits.of(says) {
            let window = match self.reach {
                Reach::Sentence => facts.reply.sentence(span),
                Reach::Near => {
                    let before = facts.reply.sentence_before(span);
                    let start = if before.start < before.end { before.start } else { facts.reply.sentence(span).start };
                    ByteSpan::new(start, (facts.reply.sentence(span).end + NEAR).min(length))
                }
                Reach::Reply => ByteSpan::new(0, length),
            };
            if !facts.reply_hits.within(self.needs, window) && facts.counts(rule, span) {
                report.at(&facts.reply, "reply", span, &[]);
                if self.reach == Reach::Reply {
                    return;
                }
            }
        }
    }
}
