//! Kind `require`: something that a reply must say, at a place.

use serde::{Deserialize, Serialize};

use super::facts::{Facts, Report};
use super::rule::SetId;
use crate::text::ByteSpan;

/// Where it must be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    /// Within this many characters of the start.
    #[serde(rename = "开头")]
    Start(u16),
    /// Within this many characters of the end.
    #[serde(rename = "结尾")]
    End(u16),
    /// Anywhere.
    #[serde(rename = "任意")]
    Anywhere,
}

/// Patterns of which one must stand in the reply.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Require {
    /// The patterns.
    pub any: SetId,
    /// Where.
    pub place: Place,
}

impl Require {
    /// Reports the reply if none of the patterns is where it must be.
    pub fn check(&self, facts: &Facts<'_>, report: &mut Report<'_>) {
        let text = facts.reply.text();
        let window = match self.place {
            Place::Anywhere => ByteSpan::new(0, text.len()),
            Place::Start(chars) => {
                let lead = text.len() - text.trim_start().len();
                let length = text[lead..].char_indices().nth(usize::from(chars)).map_or(text.len(), |(at, _)| lead + at);
                ByteSpan::new(0, length)
            }
            Place::End(chars) => {
                let body = text.trim_end();
                let start = body.char_indices().rev().nth(usize::from(chars).saturating_sub(1)).map_or(0, |(at, _)| at);
                ByteSpan::new(start, text.len())
            }
        };
        if !facts.reply_hits.within(self.any, window) {
            report.missing(&facts.reply, "reply", &[]);
        }
    }
}
