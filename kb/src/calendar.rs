//! Reads `kb/calendar/<year>.toml`, one file for each published year; and the clock, which the core has not.

use std::path::Path;

use sheda_core::calendar::{Calendar, CalendarError, Year};

use crate::files::Files;
use crate::{Problem, toml_file};

/// Reads every year in a folder.
///
/// # Errors
/// Every file that cannot be read, is not a year, or contradicts itself.
pub fn read(source: &dyn Files, folder: &Path) -> Result<Calendar, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut years: Vec<(String, Year)> = Vec::new();
    let shown = folder.display().to_string();
    let mut files = source.entries(folder).map_err(|error| vec![Problem::new(&shown, 0, format!("读不了：{error}"))])?;
    files.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    for path in files {
        match toml_file::read::<Year>(source, &path) {
            Ok(year) => years.push((path.display().to_string(), year)),
            Err(problem) => problems.push(problem),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let names: Vec<(i32, String)> = years.iter().map(|(name, year)| (year.year, name.clone())).collect();
    Calendar::new(years.into_iter().map(|(_, year)| year).collect()).map_err(|error| {
        let (CalendarError::Twice(year) | CalendarError::Wrong(year, _)) = &error else {
            return vec![Problem::new(&shown, 0, error.to_string())];
        };
        let file = names.iter().rev().find(|(known, _)| known == year).map_or_else(String::new, |(_, name)| name.clone());
        vec![Problem::new(file, 0, error.to_string())]
    })
}

/// Today in Beijing.
#[cfg(feature = "command")]
pub fn today() -> String {
    const BEIJING_SECONDS: u64 = 8 * 3600;
    let seconds = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |elapsed| elapsed.as_secs());
    let days = (seconds + BEIJING_SECONDS) / 86_400;
    sheda_core::calendar::Date::from_number(days as i64).map_or_else(String::new, |date| date.to_string())
}

#[cfg(test)]
mod tests {
    use sheda_core::calendar::{Date, Period};

    use super::*;

    fn published() -> Calendar {
        read(&crate::files::Disk, &Path::new(env!("CARGO_MANIFEST_DIR")).join("calendar")).expect("the calendar files are sound")
    }

    fn date(text: &str) -> Date {
        text.parse().expect("a date")
    }

    #[test]
    fn working_days_of_each_year() {
        let calendar = published();
        for (year, expected) in [(2024, 251), (2025, 248), (2026, 248)] {
            let first = Date::new(year, 1, 1).expect("a date");
            let days = (0..366).filter_map(|n| first.plus_days(n)).filter(|day| day.year() == year);
            let working = days.filter(|day| calendar.is_working_day(*day) == Some(true)).count();
            assert_eq!(working, expected, "{year} 年的工作日数");
        }
    }

    #[test]
    fn working_days_skip_holidays_and_count_worked_weekends() {
        let calendar = published();
        for (from, days, expected) in [
            ("2025-09-30", 5, "2025-10-14"),
            ("2025-12-31", 3, "2026-01-06"),
            ("2026-01-01", 5, "2026-01-08"),
            ("2026-02-12", 10, "2026-03-04"),
            ("2026-02-13", 5, "2026-02-27"),
            ("2026-04-30", 5, "2026-05-11"),
            ("2026-09-18", 5, "2026-09-24"),
            ("2026-09-24", 5, "2026-10-09"),
            ("2026-09-30", 10, "2026-10-20"),
            ("2026-11-23", 10, "2026-12-07"),
            ("2026-12-28", 3, "2026-12-31"),
            ("2026-11-23", 0, "2026-11-23"),
        ] {
            let due = calendar.due(date(from), Period::WorkingDays(days), None);
            assert_eq!(due.date, Some(date(expected)), "{from} + {days} 个工作日");
        }
    }

    #[test]
    fn natural_days_end_on_a_working_day() {
        let calendar = published();
        for (from, period, expected, why) in [
            ("2026-11-23", Period::NaturalDays(15), "2026-12-08", "起算日不计"),
            ("2026-09-16", Period::NaturalDays(15), "2026-10-08", "末日国庆，顺延到假期后第一天"),
            ("2026-09-05", Period::NaturalDays(15), "2026-09-20", "末日是调休上班的周日，不顺延"),
            ("2026-11-13", Period::NaturalDays(15), "2026-11-30", "末日周六，顺延到周一"),
            ("2026-01-31", Period::Months(1), "2026-02-28", "按月计算，末日是调休上班的周六"),
        ] {
            assert_eq!(calendar.due(date(from), period, None).date, Some(date(expected)), "{why}");
        }
    }

    #[test]
    fn an_unpublished_year_is_never_guessed() {
        let calendar = published();
        for (from, period) in [
            ("2026-12-28", Period::WorkingDays(4)),
            ("2026-12-28", Period::NaturalDays(10)),
            ("2023-01-02", Period::WorkingDays(1)),
            ("2027-03-01", Period::WorkingDays(0)),
        ] {
            let due = calendar.due(date(from), period, Some(date("2026-12-28")));
            assert_eq!((due.date, due.remaining), (None, None), "{from}");
            assert!(due.reason.contains("不在日历里"), "{}", due.reason);
        }
    }

    #[test]
    fn remaining_counts_in_the_unit_of_the_period() {
        let calendar = published();
        for (today, expected) in [("2026-09-30", 10), ("2026-10-10", 7), ("2026-10-20", 0), ("2026-10-21", -1)] {
            let due = calendar.due(date("2026-09-30"), Period::WorkingDays(10), Some(date(today)));
            assert_eq!(due.remaining, Some(expected), "{today}");
        }
    }

    #[test]
    fn a_wrong_file_is_named() {
        for (source, part) in [
            ("year = 2027", "notice"),
            ("year = 2027\nnotice = \"x\"\noff = []\nwork = [\"2027-02-30\"]", "不存在"),
            ("year = 2027\nnotice = \"x\"\noff = []\ncolour = 1", "colour"),
        ] {
            let problem = toml_file::parse::<Year>("2027.toml", source).expect_err(source);
            assert!(problem.file == "2027.toml" && problem.message.contains(part), "{problem}");
        }
        let wrong = Year { year: 2027, notice: String::new(), off: vec![], work: vec![date("2027-01-04")] };
        assert!(Calendar::new(vec![wrong]).is_err(), "周一不能是调休上班日");
    }
}
