//! The subcommands of `sheda`, one file each.

pub mod build;
mod carets;
pub mod check;
pub mod diff;
pub mod due;
pub mod eval;
pub mod export;
pub mod inspect;
pub mod keygen;
pub mod lint;
mod progress;
pub mod report;
pub mod rules;
pub mod search;

use std::process::ExitCode;

use crate::Problem;

/// Exit code for findings.
pub const FINDINGS: u8 = 1;

/// Prints problems, one a line, and their number; the exit code for findings.
pub fn report(problems: &[Problem], json: bool) -> ExitCode {
    for problem in problems {
        if json {
            println!("{}", serde_json::json!(problem));
        } else {
            eprintln!("{problem}");
        }
    }
    if !json {
        eprintln!("共 {} 处问题", problems.len());
    }
    ExitCode::from(FINDINGS)
}
