//! The steps of `cargo xtask test` that run in Node and in a browser: `npm test` in a folder.

use super::browsers::{Browser, CHROMIUM, FIREFOX};
use super::counts;
use crate::artifacts::{PACKAGE, PAGE};
use crate::npm;
use crate::step::Outcome;
use crate::workspace::Workspace;

pub fn package_tests(workspace: &Workspace) -> anyhow::Result<Outcome> {
    suite(workspace, PACKAGE, &[])
}

pub fn page_tests(workspace: &Workspace) -> anyhow::Result<Outcome> {
    suite(workspace, PAGE, &[])
}

pub fn browser_tests(workspace: &Workspace) -> anyhow::Result<Outcome> {
    suite(workspace, "tests/web", &[CHROMIUM, FIREFOX])
}

pub fn package_install(workspace: &Workspace) -> anyhow::Result<Outcome> {
    suite(workspace, "tests/package", &[CHROMIUM])
}

pub fn miniprogram_tests(workspace: &Workspace) -> anyhow::Result<Outcome> {
    suite(workspace, "tests/miniprogram", &[])
}

/// Tests find what was built through the environment: `SHEDA_ROOT`, `SHEDA_PACK`, and the variables of the browsers they need.
fn suite(workspace: &Workspace, name: &str, browsers: &[Browser]) -> anyhow::Result<Outcome> {
    let folder = workspace.path(name);
    if !folder.join("package.json").is_file() {
        return Ok(Outcome::NotPresent(name.to_owned()));
    }
    if !npm::has_script(&folder, "test") {
        return Ok(Outcome::NotPresent(format!("{name} has no test script")));
    }
    npm::ci(workspace, &folder)?;
    let mut command = npm::script(&folder, "test");
    command.env("SHEDA_ROOT", &workspace.root).env("SHEDA_PACK", workspace.pack());
    for browser in browsers {
        command.env(browser.variable, browser.path(workspace)?);
    }
    counts::run(&mut command)
}
