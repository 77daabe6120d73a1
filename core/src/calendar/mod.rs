//! Working days and due dates, from the holiday notices that the State Council publishes a year at a time.
//!
//! A year without a notice is unknown: a date that depends on it is not guessed from weekends (调休 moves them).

mod date;
mod due;

pub use date::{Date, DateError};
pub use due::{Due, Period, Unknown};

use serde::{Deserialize, Serialize};

/// One published year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Year {
    /// The year.
    pub year: i32,
    /// The notice that fixed it, e.g. 国务院办公厅关于2026年部分节假日安排的通知.
    pub notice: String,
    /// Days off, both ends included: statutory holidays and the weekends joined to them.
    pub off: Vec<Holiday>,
    /// Weekend days that are worked instead (调休上班).
    #[serde(default)]
    pub work: Vec<Date>,
}

/// One holiday: the days from `from` to `to`, both included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// Its name, e.g. 春节.
    pub name: String,
    /// First day off.
    pub from: Date,
    /// Last day off.
    pub to: Date,
}

/// The published years.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    years: Vec<Year>,
}

/// The years given do not make a calendar.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// The bytes are not a calendar.
    #[error("日历数据损坏：{0}")]
    Damaged(String),
    /// Two files for one year.
    #[error("{0} 年写了两次")]
    Twice(i32),
    /// A date that contradicts its year.
    #[error("{0} 年的日历不对：{1}")]
    Wrong(i32, String),
}

impl Calendar {
    /// A calendar of the given years, in any order.
    ///
    /// # Errors
    /// If a year comes twice, a day lies in another year, a worked day is not a weekend, or a holiday ends before it begins.
    pub fn new(mut years: Vec<Year>) -> Result<Self, CalendarError> {
        years.sort_by_key(|year| year.year);
        for pair in years.windows(2) {
            if pair[0].year == pair[1].year {
                return Err(CalendarError::Twice(pair[0].year));
            }
        }
        for year in &years {
            let wrong = |what: String| Err(CalendarError::Wrong(year.year, what));
            for holiday in &year.off {
                if holiday.from > holiday.to {
                    return wrong(format!("{} 的结束早于开始", holiday.name));
                }
                if holiday.from.year() != year.year || holiday.to.year() != year.year {
                    return wrong(format!("{} 不在这一年", holiday.name));
                }
            }
            for &day in &year.work {
                if day.year() != year.year || !day.is_weekend() {
                    return wrong(format!("{day} 不是这一年的周末，不能是调休上班日"));
                }
                if year.off.iter().any(|holiday| holiday.from <= day && day <= holiday.to) {
                    return wrong(format!("{day} 既放假又上班"));
                }
            }
        }
        Ok(Self { years })
    }

    /// Reads a calendar section.
    ///
    /// # Errors
    /// If the bytes are damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, CalendarError> {
        postcard::from_bytes(bytes).map_err(|error| CalendarError::Damaged(error.to_string()))
    }

    /// Writes the calendar section.
    ///
    /// # Errors
    /// If the calendar cannot be serialised.
    #[cfg(feature = "write")]
    pub fn to_bytes(&self) -> Result<Vec<u8>, CalendarError> {
        postcard::to_stdvec(self).map_err(|error| CalendarError::Damaged(error.to_string()))
    }

    /// The published years, oldest first.
    pub fn years(&self) -> &[Year] {
        &self.years
    }

    /// Whether a day is worked; `None` if its year is not published.
    pub fn is_working_day(&self, day: Date) -> Option<bool> {
        let at = self.years.binary_search_by_key(&day.year(), |year| year.year).ok()?;
        let year = &self.years[at];
        if year.work.contains(&day) {
            return Some(true);
        }
        let off = year.off.iter().any(|holiday| holiday.from <= day && day <= holiday.to);
        Some(!off && !day.is_weekend())
    }
}
