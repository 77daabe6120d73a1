//! The report of a ledger, from rows to page: `sheda report` and the page of the workbench count by the same code.

// What the tests share may panic as a test may.
#![allow(clippy::expect_used, clippy::panic)]

use std::path::PathBuf;

use sheda_core::ledger::Tally;
use sheda_core::rules::{Checker, NoWords, RuleBook};
use sheda_kb::files::Disk;
use sheda_kb::ledger::{page, read};
use sheda_kb::rules::RuleSources;

fn kb() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The institution's promises and columns without any quality rule: rules change more often than a report does.
fn checker() -> Checker {
    let RuleSources { profile, calendar, schema, normalizer, .. } = RuleSources::read(&Disk, &[kb()]).expect("kb is sound");
    Checker::new(RuleBook::default(), calendar, profile, schema, normalizer)
}

#[test]
fn a_ledger_gives_this_page() {
    let checker = checker();
    let now = "2026-11-23";
    let mut tally = Tally::default();
    read(&kb().join("tests/report/ledger.csv"), checker.schema(), &mut |row| {
        match row.record {
            Ok(record) => {
                let report = checker.check_record(&NoWords, &record, Some(now)).expect("sound");
                tally.add(&checker, row.number as u32, &record, &report, now.parse().ok());
            }
            Err(_) => tally.add_unreadable(),
        }
        Ok(())
    })
    .expect("readable");
    let page = page("监督评价报告", "ledger.csv", now, &tally.figures());
    let path = kb().join("tests/report/page.html");
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(&path, &page).expect("writable");
    }
    let expected = std::fs::read_to_string(&path).expect("the page as it should be");
    assert!(page == expected, "the page has changed; look at it, then run with UPDATE_SNAPSHOTS=1");
}
