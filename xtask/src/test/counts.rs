//! How many tests passed and failed, read from what test runners print at their end.

use std::process::Command;

use crate::process::{colour, tee};
use crate::step::{Counts, Outcome};

/// Runs tests; a runner that fails without naming a failed test counts as one failure.
pub fn run(command: &mut Command) -> anyhow::Result<Outcome> {
    colour(command);
    let (ok, lines) = tee(command)?;
    let mut counts = Counts::default();
    for line in &lines {
        counts += read(line).unwrap_or_default();
    }
    if !ok {
        counts.failed = counts.failed.max(1);
    } else if counts == Counts::default() {
        counts.passed = 1;
    }
    Ok(Outcome::Counted(counts))
}

/// The counts that one line reports; `None` for any other line.
fn read(line: &str) -> Option<Counts> {
    let line = without_colour(line);
    // cargo test: "test result: ok. 3 passed; 0 failed; …"; nextest repeats it, indented, for a test that failed
    if let Some(rest) = line.strip_prefix("test result: ") {
        return Some(named(rest.split_once(". ")?.1));
    }
    let line = line.trim();
    // cargo nextest: "Summary [ 1.2s] 12 tests run: 11 passed (1 slow), 1 failed, 0 skipped"
    if let Some((_, rest)) = line.split_once(" run: ").filter(|_| line.starts_with("Summary [")) {
        return Some(named(rest));
    }
    // node --test: "# pass 3", "ℹ fail 0"
    if let Some(rest) = line.strip_prefix("# ").or_else(|| line.strip_prefix("ℹ ")) {
        let (word, number) = rest.split_once(' ')?;
        let number = number.parse().ok()?;
        return match word {
            "pass" => Some(Counts { passed: number, failed: 0 }),
            "fail" => Some(Counts { passed: 0, failed: number }),
            _ => None,
        };
    }
    // vitest: "Tests  1 failed | 11 passed (12)", not "Test Files …"
    if let Some(rest) = line.strip_prefix("Tests ") {
        return Some(named(rest));
    }
    // Playwright: "12 passed (3.4s)", "1 failed"; our own scripts: "12 passed, 0 failed"
    let first = line.split_whitespace().nth(1)?.trim_end_matches(',');
    (line.starts_with(|c: char| c.is_ascii_digit()) && matches!(first, "passed" | "failed") && line.len() < 60)
        .then(|| named(line))
}

/// `N passed` and `N failed` in a list that is separated by `,`, `;` or `|`.
fn named(text: &str) -> Counts {
    let mut counts = Counts::default();
    for part in text.split([',', ';', '|']) {
        let mut words = part.split_whitespace();
        let (Some(Ok(number)), Some(word)) = (words.next().map(str::parse), words.next()) else { continue };
        match word {
            "passed" => counts.passed = number,
            "failed" => counts.failed = number,
            _ => {}
        }
    }
    counts
}

fn without_colour(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut rest = line.chars();
    while let Some(c) = rest.next() {
        if c == '\u{1b}' {
            let _ = rest.by_ref().find(|c| c.is_ascii_alphabetic());
        } else {
            plain.push(c);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_test_runners() {
        let table = [
            ("     Summary [   1.234s] 12 tests run: 11 passed (1 slow), 1 failed, 3 skipped", Some((11, 1))),
            (
                "\u{1b}[32;1m     Summary\u{1b}[0m [   0.019s] \u{1b}[1m4\u{1b}[0m tests run: \u{1b}[1m4\u{1b}[0m \u{1b}[32;1mpassed\u{1b}[0m, \u{1b}[1m0\u{1b}[0m skipped",
                Some((4, 0)),
            ),
            ("     Summary [   0.010s] 1 test run: 1 passed, 0 skipped", Some((1, 0))),
            ("test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s", Some((3, 0))),
            ("test result: FAILED. 3 passed; 2 failed; 0 ignored", Some((3, 2))),
            ("    test result: FAILED. 0 passed; 1 failed; 0 ignored", None),
            ("# pass 7", Some((7, 0))),
            ("ℹ fail 2", Some((0, 2))),
            ("# tests 9", None),
            ("      Tests  1 failed | 11 passed (12)", Some((11, 1))),
            (" Test Files  2 passed (2)", None),
            ("  12 passed (3.4s)", Some((12, 0))),
            ("  1 failed", Some((0, 1))),
            ("5 passed, 1 failed", Some((5, 1))),
            ("PASS [   0.004s] sheda-core text::tests::passed", None),
            ("12 ways in which a test passed", None),
            ("", None),
        ];
        for (line, counts) in table {
            let wanted = counts.map(|(passed, failed)| Counts { passed, failed });
            assert_eq!(read(line), wanted, "{line}");
        }
    }
}
