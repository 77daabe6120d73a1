//! `cargo xtask test`: every test there is. A failing step does not keep the others from running.

mod browsers;
mod budget;
mod counts;
mod readme;
mod retrieval;
mod rust;
mod web;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use crate::step::{self, Counts, Outcome, Step, seconds};
use crate::workspace::Workspace;
use crate::{artifacts, tools};

pub use budget::compressed;
pub use retrieval::{mrr, sets};

const STEPS: [Step; 29] = [
    Step { name: "format (cargo fmt --check)", run: rust::format },
    Step { name: "Rust's wasm32 target", run: tools::wasm_target },
    Step { name: "clippy, the workspace", run: rust::clippy },
    Step { name: "clippy, core for wasm32", run: rust::clippy_wasm },
    Step { name: "native tests", run: rust::tests },
    Step { name: "documentation tests", run: rust::doc_tests },
    Step { name: "the sheda command (cargo build)", run: artifacts::sheda },
    Step { name: "the knowledge (sheda lint)", run: rust::lint },
    Step { name: "the pack, twice the same bytes", run: rust::same_pack },
    Step { name: "Node.js", run: tools::node_is_there },
    Step { name: "wasm-bindgen and wasm-pack", run: tools::wasm_tools },
    Step { name: "the module (wasm-pack build)", run: artifacts::module },
    Step { name: "the author's module (wasm-pack build)", run: artifacts::author_module },
    Step { name: "the npm package (wasm/js)", run: artifacts::package },
    Step { name: "the compact pack (sheda build --compact kb)", run: artifacts::compact_pack },
    Step { name: "the mini-program's files (wasm/js)", run: artifacts::miniprogram },
    Step { name: "the same without WebAssembly", run: artifacts::without_wasm },
    Step { name: "the npm package in Node", run: web::package_tests },
    Step { name: "retrieval floors (sheda eval)", run: retrieval::floors },
    Step { name: "the page (web-demo)", run: artifacts::page },
    Step { name: "the page's own tests", run: web::page_tests },
    Step { name: "size budget", run: budget::check },
    Step { name: "browser tests (tests/web)", run: web::browser_tests },
    Step { name: "the demo mini-program (mini-demo)", run: artifacts::mini_demo },
    Step { name: "mini-program tests (tests/miniprogram)", run: web::miniprogram_tests },
    Step { name: "without a JIT (tests/interpreter)", run: web::interpreter },
    Step { name: "the official compiler (tests/miniprogram/official)", run: web::miniprogram_compiler },
    Step { name: "package test (tests/package)", run: web::package_install },
    Step { name: "README", run: readme::check },
];

/// Runs everything and reports.
pub fn run(workspace: &Workspace) -> anyhow::Result<ExitCode> {
    let started = Instant::now();
    let results: Vec<_> =
        STEPS.iter().enumerate().map(|(index, step)| (step.name, step::timed(workspace, index + 1, STEPS.len(), step))).collect();
    let mut total = Counts::default();
    println!("\n{:>10}  {:<42} result", "time", "step");
    for (name, (result, took)) in &results {
        let (counts, said) = verdict(result);
        total += counts;
        println!("{:>10}  {name:<42} {said}", seconds(*took));
    }
    let sum: Duration = results.iter().map(|(_, (_, took))| *took).sum();
    debug_assert!(sum <= started.elapsed());
    println!("{:>10}  all", seconds(started.elapsed()));
    println!("\n{} passed, {} failed", total.passed, total.failed);
    Ok(if total.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What a step adds to the count (one, if it counts nothing itself), and how the table puts it.
fn verdict(result: &anyhow::Result<Outcome>) -> (Counts, String) {
    let one = Counts { passed: 1, failed: 0 };
    match result {
        Ok(Outcome::Counted(counts)) if counts.failed > 0 => {
            (*counts, format!("FAILED: {} of {}", counts.failed, counts.passed + counts.failed))
        }
        Ok(Outcome::Counted(counts)) => (*counts, format!("ok, {}", counts.passed)),
        Ok(Outcome::Done(note)) if note.is_empty() => (one, "ok".to_owned()),
        Ok(Outcome::Done(note)) => (one, format!("ok: {note}")),
        Ok(Outcome::UpToDate) => (one, "ok, up to date".to_owned()),
        Ok(Outcome::NotPresent(what)) => (Counts::default(), format!("not present: {what}")),
        Err(error) => {
            (Counts { passed: 0, failed: 1 }, format!("FAILED: {}", error.to_string().lines().next().unwrap_or_default()))
        }
    }
}
