//! Kind `identity`: a person's numbers and addresses, and their masked forms.

use serde::{Deserialize, Serialize};

use super::diagnostic::{Edit, Fix, Safety};
use super::facts::{Facts, Report};
use super::identity_number::{Run, bank_card, citizen_number, landline, mobile, runs};
use super::rule::{Rule, SetId};
use crate::text::ByteSpan;

/// What is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Secret {
    /// 公民身份号码: GB 11643 with a plausible region and date.
    #[serde(rename = "身份证号")]
    Citizen,
    /// A mobile number.
    #[serde(rename = "手机号")]
    Mobile,
    /// A landline that is said to be a person's.
    #[serde(rename = "固定电话")]
    Landline,
    /// A bank card: issuer prefix and Luhn.
    #[serde(rename = "银行卡号")]
    BankCard,
    /// An address down to the door, found by the rule's patterns.
    #[serde(rename = "住址")]
    Address,
}

/// A person's number or address in the reply.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Identity {
    /// What is looked for.
    pub detect: Secret,
    /// For an address: the patterns of the part from the street's number to the door.
    pub any: Option<SetId>,
    /// Characters kept at the start and the end of the masked form.
    pub keep: (u8, u8),
}

impl Identity {
    /// Reports every one that nothing excuses, with its masked form.
    pub fn check(&self, rule: &Rule, facts: &Facts<'_>, report: &mut Report<'_>) {
        let reply = &facts.reply;
        if self.detect == Secret::Address {
            let Some(any) = self.any else { return };
            // Patterns that overlap found parts of one address.
            let mut found: Vec<ByteSpan> = Vec::new();
            for &span in facts.reply_hits.of(any).iter().filter(|&&span| facts.counts(rule, span)) {
                match found.last_mut() {
                    Some(last) if span.start < last.end => last.end = last.end.max(span.end),
                    _ => found.push(span),
                }
            }
            for span in found {
                report.with_fixes(reply, "reply", span, &[], vec![self.masked(facts, span)]);
            }
            return;
        }
        for run in runs(reply.text()) {
            for span in self.found(&run) {
                if facts.counts(rule, span) {
                    report.with_fixes(reply, "reply", span, &[], vec![self.masked(facts, span)]);
                }
            }
        }
    }

    fn found(&self, run: &Run) -> Vec<ByteSpan> {
        match self.detect {
            Secret::Citizen => citizen_number(run),
            Secret::Mobile => mobile(run),
            Secret::Landline => landline(run),
            Secret::BankCard => bank_card(run),
            Secret::Address => Vec::new(),
        }
    }

    /// The masked form: the digits (for an address, the characters) between those kept become stars.
    fn masked(&self, facts: &Facts<'_>, span: ByteSpan) -> Fix {
        let inside: Vec<char> = span.of(facts.reply.text()).chars().filter(|c| !matches!(c, ' ' | '-')).collect();
        let (first, last) = (usize::from(self.keep.0), usize::from(self.keep.1));
        let hide = |at: usize| at >= first && at + last < inside.len();
        let text: String = if self.detect == Secret::Address {
            inside.iter().map(|c| if c.is_ascii_digit() || crate::text::NUMERALS.contains(*c) { '*' } else { *c }).collect()
        } else {
            inside.iter().enumerate().map(|(at, c)| if hide(at) { '*' } else { c.to_ascii_uppercase() }).collect()
        };
        let place = facts.reply.origin(span);
        Fix {
            title: format!("改为 {text}"),
            safety: Safety::Safe,
            edits: vec![Edit { start: place.start, end: place.end, text }],
        }
    }
}
