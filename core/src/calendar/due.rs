//! Due dates: 民法典第二百零一条 (the day of receipt is not counted), 第二百零二条 (months), 第二百零三条 (a last day that is a
//! holiday is followed by the first day after it).

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Calendar, Date};

/// How long something may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Period {
    /// Working days: weekends and holidays do not count, weekends worked instead do.
    WorkingDays(u32),
    /// Natural days: every day counts; a last day off moves to the next working day.
    NaturalDays(u32),
    /// Months, to the corresponding day; a last day off moves to the next working day.
    Months(u32),
}

impl Period {
    /// Whether it ends on the day of receipt.
    pub const fn is_same_day(self) -> bool {
        matches!(self, Self::WorkingDays(0) | Self::NaturalDays(0) | Self::Months(0))
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WorkingDays(0) | Self::NaturalDays(0) => f.write_str("当日"),
            Self::WorkingDays(days) => write!(f, "{days} 个工作日"),
            Self::NaturalDays(days) => write!(f, "{days} 日"),
            Self::Months(months) => write!(f, "{months} 个月"),
        }
    }
}

/// A due date and how far away it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// The last day in time; `None` if it cannot be known.
    pub date: Option<Date>,
    /// Days left from today to `date`, in the unit of the period (months count natural days); 0 on the last day, negative when
    /// overdue, `None` where there is no today or no date.
    pub remaining: Option<i32>,
    /// What was counted, or why there is no date.
    pub reason: String,
}

/// A day whose year has no published calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unknown {
    /// The year.
    pub year: i32,
}

/// No period is longer than this many days; a larger one is a slip of the pen.
const MAX_DAYS: u32 = 36_500;

impl Calendar {
    /// The last day of a period that begins with the receipt on `received`.
    ///
    /// # Errors
    /// If that needs a year whose calendar is not published.
    pub fn last_day(&self, received: Date, period: Period) -> Result<Date, Unknown> {
        let beyond = Unknown { year: received.year() + 1 };
        match period {
            Period::WorkingDays(0) => {
                self.working(received)?;
                Ok(received)
            }
            Period::WorkingDays(days) => {
                self.working(received)?;
                let mut day = received;
                let mut left = days.min(MAX_DAYS);
                while left > 0 {
                    day = day.plus_days(1).ok_or(beyond)?;
                    if self.working(day)? {
                        left -= 1;
                    }
                }
                Ok(day)
            }
            Period::NaturalDays(0) => Ok(received),
            Period::NaturalDays(days) => self.on_working_day(received.plus_days(i64::from(days.min(MAX_DAYS))).ok_or(beyond)?),
            Period::Months(months) => self.on_working_day(received.plus_months(months).ok_or(beyond)?),
        }
    }

    /// The due date of a period, how far it is from `today`, and the reason in words.
    pub fn due(&self, received: Date, period: Period, today: Option<Date>) -> Due {
        match self.last_day(received, period) {
            Ok(date) => {
                let remaining = today.and_then(|today| self.distance(today, date, period));
                let reason = match period {
                    Period::WorkingDays(0) | Period::NaturalDays(0) => "当日办结".to_owned(),
                    _ => format!("收到当日不计，自次日起 {period}"),
                };
                Due { date: Some(date), remaining, reason }
            }
            Err(Unknown { year }) => Due {
                date: None,
                remaining: None,
                reason: format!("{year} 年的放假调休安排不在日历里，算不出准确日期；请在 kb/calendar/ 加入该年的文件"),
            },
        }
    }

    /// Days from `from` to `to` in the unit of `period`; negative when `from` is later.
    fn distance(&self, from: Date, to: Date, period: Period) -> Option<i32> {
        let natural = i32::try_from(to.number() - from.number()).ok()?;
        if !matches!(period, Period::WorkingDays(_)) {
            return Some(natural);
        }
        let (early, late, sign) = if from <= to { (from, to, 1) } else { (to, from, -1) };
        if late.number() - early.number() > i64::from(MAX_DAYS) {
            return None;
        }
        let mut count = 0;
        let mut day = early;
        while day < late {
            day = day.plus_days(1)?;
            count += i32::from(self.is_working_day(day)?);
        }
        Some(sign * count)
    }

    fn working(&self, day: Date) -> Result<bool, Unknown> {
        self.is_working_day(day).ok_or(Unknown { year: day.year() })
    }

    fn on_working_day(&self, mut day: Date) -> Result<Date, Unknown> {
        while !self.working(day)? {
            day = day.plus_days(1).ok_or(Unknown { year: day.year() })?;
        }
        Ok(day)
    }
}
