//! A calendar date without a clock or a time zone database.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A day of the Gregorian calendar that exists, between the years 1900 and 2199.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: i32,
    month: u8,
    day: u8,
}

/// A text that is not a date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// Not written as a date at all.
    #[error("“{0}”不是日期，请写成 2026-11-23 这样")]
    Form(String),
    /// Well-formed, but the calendar has no such day.
    #[error("日期“{0}”不存在")]
    NoSuchDay(String),
}

const BEIJING_OFFSET_MINUTES: i64 = 8 * 60;

impl Date {
    /// The date of a year, month and day; `None` if there is no such day.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        let exists = (1900..=2199).contains(&year)
            && (1..=12).contains(&month)
            && day >= 1
            && day <= u32::from(days_in_month(year, month as u8));
        exists.then_some(Self { year, month: month as u8, day: day as u8 })
    }

    /// The day that a text names as 2026-11-23 and no other way; `None` also if there is no such day.
    pub fn from_iso(text: &str) -> Option<Self> {
        text.parse().ok().filter(|date: &Self| date.to_string() == text)
    }

    /// This day as the number 20261123, as answers and searches compare days.
    pub const fn compact(self) -> u32 {
        self.year as u32 * 10_000 + self.month as u32 * 100 + self.day as u32
    }

    /// The year.
    pub const fn year(self) -> i32 {
        self.year
    }

    /// The month, 1 to 12.
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    pub const fn day(self) -> u8 {
        self.day
    }

    /// Days since 1970-01-01 (Howard Hinnant, `days_from_civil`).
    pub fn number(self) -> i64 {
        let year = i64::from(self.year) - i64::from(self.month <= 2);
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        let month = (i64::from(self.month) + 9) % 12;
        let of_year = (153 * month + 2) / 5 + i64::from(self.day) - 1;
        era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
    }

    /// The date of a day number; `None` outside the supported years.
    pub fn from_number(number: i64) -> Option<Self> {
        let shifted = number + 719_468;
        let era = shifted.div_euclid(146_097);
        let of_era = shifted.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Self::new(i32::try_from(year).ok()?, month as u32, day as u32)
    }

    /// This date moved by a number of natural days; `None` outside the supported years.
    pub fn plus_days(self, days: i64) -> Option<Self> {
        Self::from_number(self.number().checked_add(days)?)
    }

    /// The day that corresponds to this one `months` later, or that month's last day (民法典第二百零二条).
    pub fn plus_months(self, months: u32) -> Option<Self> {
        let month = i64::from(self.year) * 12 + i64::from(self.month) - 1 + i64::from(months);
        let (year, month) = (i32::try_from(month.div_euclid(12)).ok()?, month.rem_euclid(12) as u8 + 1);
        Self::new(year, u32::from(month), u32::from(self.day.min(days_in_month(year, month))))
    }

    /// Whether it is a Saturday or a Sunday.
    pub fn is_weekend(self) -> bool {
        // 1970-01-01 was a Thursday.
        matches!((self.number() + 4).rem_euclid(7), 0 | 6)
    }
}

/// How many days a month has.
fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl FromStr for Date {
    type Err = DateError;

    /// Reads 2026-11-23, 2026/11/23, 2026.11.23, 2026年11月23日, each optionally followed by a time of day.
    /// A time with a zone (`Z`, `+09:00`) is turned into Beijing time first, since that decides the day of receipt.
    fn from_str(text: &str) -> Result<Self, DateError> {
        let form = || DateError::Form(text.to_owned());
        let trimmed = text.trim();
        let (year, rest) = number(trimmed).ok_or_else(form)?;
        let rest = rest.strip_prefix(['-', '/', '.', '年']).ok_or_else(form)?;
        let (month, rest) = number(rest).ok_or_else(form)?;
        let rest = rest.strip_prefix(['-', '/', '.', '月']).ok_or_else(form)?;
        let (day, rest) = number(rest).ok_or_else(form)?;
        let rest = rest.strip_prefix('日').unwrap_or(rest);
        let date = i32::try_from(year)
            .ok()
            .and_then(|year| Self::new(year, month, day))
            .ok_or_else(|| DateError::NoSuchDay(trimmed.to_owned()))?;
        if rest.is_empty() {
            return Ok(date);
        }
        let time = rest.strip_prefix(['T', 't', ' ']).ok_or_else(form)?.trim();
        let shift = minutes_to_beijing(time).ok_or_else(form)?;
        date.plus_days(shift.div_euclid(24 * 60)).ok_or_else(form)
    }
}

/// Reads leading digits (at most four) and returns them with the rest.
fn number(text: &str) -> Option<(u32, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let value = text[..digits].parse().ok()?;
    (digits <= 4).then_some((value, &text[digits..]))
}

/// Minutes from midnight of the written day to that moment on a Beijing clock: 23:30Z is 31 h 30 min.
fn minutes_to_beijing(time: &str) -> Option<i64> {
    let (hour, rest) = number(time)?;
    let (minute, rest) = number(rest.strip_prefix(':')?)?;
    let mut zone = rest;
    if let Some(seconds) = rest.strip_prefix(':') {
        let (second, after) = number(seconds)?;
        zone = after;
        if let Some(fraction) = after.strip_prefix('.') {
            zone = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
        }
        (second < 61).then_some(())?;
    }
    (hour < 24 && minute < 60).then_some(())?;
    let local = i64::from(hour * 60 + minute);
    let zone = zone.trim();
    if zone.is_empty() {
        return Some(local);
    }
    if zone.eq_ignore_ascii_case("z") {
        return Some(local + BEIJING_OFFSET_MINUTES);
    }
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let (hours, rest) = number(zone.strip_prefix(['+', '-'])?)?;
    let (hours, minutes) = match rest.strip_prefix(':') {
        Some(rest) => (hours, number(rest)?.0),
        None if rest.is_empty() && hours > 99 => (hours / 100, hours % 100),
        None => (hours, 0),
    };
    (hours <= 15 && minutes < 60).then_some(local - sign * i64::from(hours * 60 + minutes) + BEIJING_OFFSET_MINUTES)
}

impl Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_every_usual_form() {
        for (text, expected, why) in [
            ("2026-11-23", "2026-11-23", "标准写法"),
            ("2026/1/5", "2026-01-05", "斜线、一位数"),
            ("2026.1.5", "2026-01-05", "点"),
            ("2026年1月5日", "2026-01-05", "汉字"),
            (" 2026-01-05 ", "2026-01-05", "空白"),
            ("2026-01-05 23:59", "2026-01-05", "带时间"),
            ("2026-01-05T23:59:59.123", "2026-01-05", "带毫秒"),
            ("2026-11-22T23:30:00Z", "2026-11-23", "世界时的晚上是北京的第二天"),
            ("2026-11-23T00:30:00+09:00", "2026-11-22", "东九区的凌晨是北京的前一天"),
            ("2026-11-23T00:30:00+0800", "2026-11-23", "时区不带冒号"),
            ("2024-02-29", "2024-02-29", "闰年"),
        ] {
            assert_eq!(text.parse::<Date>().expect(why).to_string(), expected, "{why}");
        }
        for (text, why) in [
            ("", "空"),
            ("明天", "不是日期"),
            ("2026-02-29", "平年没有 2 月 29 日"),
            ("2026-13-01", "没有 13 月"),
            ("2026-11-31", "11 月没有 31 日"),
            ("2026-11-00", "没有 0 日"),
            ("20261123", "没有分隔"),
            ("2026-11-23x", "多余的字"),
            ("2026-11-23 25:00", "没有 25 点"),
            ("99999-01-01", "年份过大"),
        ] {
            assert!(text.parse::<Date>().is_err(), "{why}");
        }
    }

    #[test]
    fn the_strict_form_is_one() {
        for (text, expected, why) in [
            ("2026-11-23", Some(20_261_123), "标准写法"),
            ("2024-02-29", Some(20_240_229), "闰年"),
            ("2026-02-29", None, "平年没有 2 月 29 日"),
            ("1900-02-29", None, "1900 年不是闰年"),
            ("2026-13-01", None, "没有 13 月"),
            ("2026-00-10", None, "没有 0 月"),
            ("2026-11-00", None, "没有 0 日"),
            ("2026-11-1", None, "一位数"),
            ("2026/11/23", None, "斜线"),
            ("+026-11-23", None, "正号"),
            ("2026-11-23T09:00", None, "带时间"),
            (" 2026-11-23", None, "空白"),
            ("2026年1月", None, "汉字"),
            ("", None, "空"),
        ] {
            assert_eq!(Date::from_iso(text).map(Date::compact), expected, "{why}");
        }
    }

    #[test]
    fn numbers_and_dates_agree() {
        for number in (-25_000..83_000).step_by(1) {
            let date = Date::from_number(number).expect("in range");
            assert_eq!(date.number(), number, "{date}");
        }
        assert_eq!(Date::new(1970, 1, 1).map(Date::number), Some(0));
        assert!(Date::new(2026, 11, 22).is_some_and(Date::is_weekend), "2026-11-22 是周日");
        assert!(!Date::new(2026, 11, 23).is_some_and(Date::is_weekend), "2026-11-23 是周一");
    }

    #[test]
    fn months_end_on_the_corresponding_day() {
        for (from, months, expected, why) in [
            ("2026-01-31", 1, "2026-02-28", "没有对应日的，月末日"),
            ("2026-01-15", 12, "2027-01-15", "对应日"),
            ("2024-02-29", 12, "2025-02-28", "闰日"),
        ] {
            let from: Date = from.parse().expect("a date");
            assert_eq!(from.plus_months(months).expect(why).to_string(), expected, "{why}");
        }
    }
}
