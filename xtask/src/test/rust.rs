//! The steps of `cargo xtask test` that need no JavaScript.

use std::process::Command;

use anyhow::bail;

use super::counts;
use crate::artifacts;
use crate::process::{cargo, colour, is_set, on_path, run, text_of};
use crate::stamp::sha256;
use crate::step::Outcome;
use crate::workspace::Workspace;

pub fn format(workspace: &Workspace) -> anyhow::Result<Outcome> {
    run(cargo(&workspace.root).args(["fmt", "--all", "--check"]))?;
    Ok(Outcome::done())
}

pub fn clippy(workspace: &Workspace) -> anyhow::Result<Outcome> {
    lints(workspace, &["--workspace", "--all-targets"])
}

pub fn clippy_wasm(workspace: &Workspace) -> anyhow::Result<Outcome> {
    lints(workspace, &["--package", "sheda-core", "--target", "wasm32-unknown-unknown"])
}

fn lints(workspace: &Workspace, what: &[&str]) -> anyhow::Result<Outcome> {
    let mut command = cargo(&workspace.root);
    colour(&mut command);
    run(command.args(["clippy", "--quiet"]).args(what).args(locked()).args(["--", "-D", "warnings"]))?;
    Ok(Outcome::done())
}

pub fn tests(workspace: &Workspace) -> anyhow::Result<Outcome> {
    let mut command = cargo(&workspace.root);
    if on_path("cargo-nextest").is_some() {
        command.args(["nextest", "run", "--workspace", "--no-fail-fast", "--no-tests=pass", "--status-level=slow"]);
        command.args(["--final-status-level=fail", "--cargo-quiet"]);
    } else {
        command.args(["test", "--workspace", "--lib", "--bins", "--tests", "--no-fail-fast", "--quiet"]);
    }
    counts::run(command.args(locked()))
}

pub fn doc_tests(workspace: &Workspace) -> anyhow::Result<Outcome> {
    counts::run(cargo(&workspace.root).args(["test", "--workspace", "--doc", "--no-fail-fast", "--quiet"]).args(locked()))
}

/// A lock file that does not fit is a fault on the CI; at a desk, cargo may bring it up to date.
fn locked() -> &'static [&'static str] {
    if is_set("CI") { &["--locked"] } else { &[] }
}

/// Format, references and, where the law texts lie beside the workspace, every figure.
pub fn lint(workspace: &Workspace) -> anyhow::Result<Outcome> {
    if !workspace.path("kb/content").is_dir() {
        return Ok(Outcome::NotPresent("kb/content".to_owned()));
    }
    let mut command = Command::new(workspace.sheda("debug"));
    command.args(["lint", "kb"]).current_dir(&workspace.root);
    let laws = workspace.shared("laws");
    if let Some(laws) = &laws {
        command.arg("--laws").arg(laws);
    }
    run(&mut command)?;
    let note = if laws.is_some() {
        "figures checked against the law texts"
    } else {
        "law texts (../shared/laws) not present, figures not checked"
    };
    Ok(Outcome::Done(note.to_owned()))
}

/// The pack that everything else uses, and a second one in another place: the same input must give the same bytes.
pub fn same_pack(workspace: &Workspace) -> anyhow::Result<Outcome> {
    if !workspace.path("kb/content").is_dir() {
        return Ok(Outcome::NotPresent("kb/content".to_owned()));
    }
    artifacts::pack(workspace)?;
    let again = workspace.own("again")?.join("national.sheda");
    text_of(
        Command::new(workspace.sheda("debug")).args(["build", "--json", "kb", "-o"]).arg(&again).current_dir(&workspace.root),
    )?;
    if sha256(&workspace.pack())? != sha256(&again)? {
        bail!("{} and {} differ", workspace.short(&workspace.pack()), workspace.short(&again));
    }
    Ok(Outcome::Done(format!("{} bytes", std::fs::metadata(&again)?.len())))
}
