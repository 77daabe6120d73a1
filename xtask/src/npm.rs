//! npm packages of a folder, fetched by `npm ci` when its lock file changed since the last time.

use std::path::Path;

use anyhow::bail;

use crate::process::{npm, run};
use crate::stamp::Stamp;
use crate::workspace::Workspace;

/// Fetches the packages of `folder`; whether anything was fetched.
pub fn ci(workspace: &Workspace, folder: &Path) -> anyhow::Result<bool> {
    let lock = folder.join("package-lock.json");
    if !lock.is_file() {
        bail!("{} is missing: run npm install there and commit it", workspace.short(&lock));
    }
    let name = format!("npm-{}", workspace.short(folder).to_string().replace(['/', '\\'], "-"));
    // npm writes this file last, so a broken installation does not have it.
    let outputs = [folder.join("node_modules/.package-lock.json")];
    let asked_for = ["dependencies", "devDependencies"].map(|key| package(folder)[key].to_string());
    let stamp = Stamp::new(workspace, &name, &[lock], &asked_for.each_ref().map(String::as_str), &outputs)?;
    if stamp.is_current() {
        return Ok(false);
    }
    run(npm(folder).args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]))?;
    // A folder without dependencies gets no node_modules, hence no file to look for.
    if outputs.iter().all(|path| path.exists()) {
        stamp.set()?;
    }
    Ok(true)
}

/// Runs a script of the folder's `package.json`.
pub fn script(folder: &Path, name: &str) -> std::process::Command {
    let mut command = npm(folder);
    command.args(["run", "--silent", name]);
    command
}

/// Whether `package.json` of the folder has this script.
pub fn has_script(folder: &Path, name: &str) -> bool {
    package(folder)["scripts"][name].is_string()
}

/// The folder's `package.json`; `null` if there is none that can be read.
fn package(folder: &Path) -> serde_json::Value {
    let text = std::fs::read_to_string(folder.join("package.json")).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}
