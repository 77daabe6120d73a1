//! Kind `deadline`: the institution's own promise of time, by channel.

use serde::{Deserialize, Serialize};

use super::facts::{Facts, Report};

/// What is wrong about the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Deadline {
    /// Answered, or still not answered, after the due date.
    #[serde(rename = "已超期")]
    Overdue,
    /// Not answered and due within the profile's reminder.
    #[serde(rename = "将到期")]
    Soon,
}

impl Deadline {
    /// Reports a reply that is late, or an unanswered question that soon will be.
    pub fn check(self, facts: &Facts<'_>, report: &mut Report<'_>) {
        let (Some(channel), Some(due)) = (facts.channel, facts.due) else { return };
        let Some(date) = due.date else { return };
        let field = if facts.replied.is_some() { "replied_at" } else { "received_at" };
        let limit = channel.limit.map_or_else(String::new, |limit| limit.to_string());
        let date = date.to_string();
        let remaining = due.remaining.map_or_else(String::new, |left| left.to_string());
        let fill = [("channel", channel.name.as_str()), ("limit", &limit), ("due", &date), ("remaining", &remaining)];
        let found = match self {
            Self::Overdue => facts.overdue(),
            Self::Soon => {
                let left = due.remaining.unwrap_or(i32::MAX);
                let immediate = channel.limit.is_some_and(crate::calendar::Period::is_same_day);
                facts.replied.is_none() && facts.today.is_some() && !immediate && (0..=facts.profile.remind).contains(&left)
            }
        };
        if found {
            report.whole(field, &fill);
        }
    }
}
