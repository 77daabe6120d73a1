//! The steps of `cargo xtask test` that run in Node and in a browser: `npm test` in a folder.

use super::browsers::{Browser, CHROMIUM, FIREFOX};
use super::counts;
use crate::artifacts::{PACKAGE, PAGE};
use crate::npm;
use crate::process::{cargo, node, run, text_of};
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

/// The engine in an interpreter, as on phones whose system allows no just-in-time compiler: figures, no limits.
pub fn interpreter(workspace: &Workspace) -> anyhow::Result<Outcome> {
    const WASM: &str = "wasm32-unknown-unknown";
    run(cargo(&workspace.root).args(["build", "--quiet", "--package", "sheda-interpreter"]))?;
    run(cargo(&workspace.root).args([
        "build",
        "--quiet",
        "--release",
        "--target",
        WASM,
        "--package",
        "sheda-interpreter-guest",
    ]))?;
    let guest = workspace.target.join(WASM).join("release/sheda_interpreter_guest.wasm");
    let interpreter = workspace.target.join("debug").join(format!("sheda-interpreter{}", std::env::consts::EXE_SUFFIX));
    let mut command = node(&workspace.path("tests/miniprogram"));
    command.arg("interpreter.mjs").arg(interpreter).arg(guest).env("SHEDA_COMPACT_PACK", workspace.compact_pack());
    Ok(Outcome::Done(text_of(&mut command)?.trim().to_owned()))
}

/// 289 MB of packages, hence a step and a lock file of its own.
pub fn miniprogram_compiler(workspace: &Workspace) -> anyhow::Result<Outcome> {
    suite(workspace, "tests/miniprogram/official", &[])
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
    command.env("SHEDA_COMPACT_PACK", workspace.compact_pack());
    for browser in browsers {
        command.env(browser.variable, browser.path(workspace)?);
    }
    counts::run(&mut command)
}
