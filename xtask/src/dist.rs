//! `cargo xtask dist`: everything that is shipped, in `target/dist`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;

use crate::process::{npm, run as run_command};
use crate::stamp::sha256;
use crate::step::{self, Outcome, Step};
use crate::test::compressed;
use crate::workspace::Workspace;
use crate::{artifacts, demo};

const STEPS: [Step; 11] = [
    Step { name: "the sheda command, release", run: artifacts::sheda_release },
    Step { name: "the compact pack (sheda build --compact kb)", run: artifacts::compact_pack },
    Step { name: "the mini-program's files (wasm/js)", run: artifacts::miniprogram },
    Step { name: "the same without WebAssembly", run: artifacts::without_wasm },
    Step { name: "an empty target/dist", run: empty },
    Step { name: "the sheda command and the pack", run: command_and_pack },
    Step { name: "the npm package (npm pack)", run: tarball },
    Step { name: "the page", run: page },
    Step { name: "the demo mini-program, built", run: artifacts::mini_demo },
    Step { name: "the demo mini-program", run: mini_demo },
    Step { name: "SHA256SUMS", run: sums },
];

/// Builds what is out of date and collects it.
pub fn run(workspace: &Workspace) -> anyhow::Result<ExitCode> {
    step::all(workspace, &demo::STEPS)?;
    step::all(workspace, &STEPS)?;
    print!("\n{}", fs::read_to_string(folder(workspace).join("SHA256SUMS"))?);
    println!("in {}", workspace.short(&folder(workspace)));
    Ok(ExitCode::SUCCESS)
}

fn folder(workspace: &Workspace) -> PathBuf {
    workspace.target.join("dist")
}

fn empty(workspace: &Workspace) -> anyhow::Result<Outcome> {
    let folder = folder(workspace);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    Ok(Outcome::done())
}

fn command_and_pack(workspace: &Workspace) -> anyhow::Result<Outcome> {
    let folder = folder(workspace);
    let sheda = workspace.sheda("release");
    fs::copy(&sheda, folder.join(sheda.file_name().context("sheda is a file")?))?;
    fs::copy(workspace.pack(), folder.join("national.sheda"))?;
    fs::copy(workspace.compact_pack(), folder.join("national-compact.sheda"))?;
    let size = compressed(workspace, &workspace.pack(), "brotli", Some(&folder.join("national.sheda.br")))?;
    Ok(Outcome::Done(format!("national.sheda.br: {size} bytes")))
}

fn tarball(workspace: &Workspace) -> anyhow::Result<Outcome> {
    let package = workspace.path(artifacts::PACKAGE);
    if !package.join("package.json").is_file() {
        return Ok(Outcome::NotPresent(artifacts::PACKAGE.to_owned()));
    }
    run_command(npm(&package).args(["pack", "--silent", "--ignore-scripts", "--pack-destination"]).arg(folder(workspace)))?;
    Ok(Outcome::done())
}

fn page(workspace: &Workspace) -> anyhow::Result<Outcome> {
    let built = workspace.path("web-demo/dist");
    if !built.is_dir() {
        return Ok(Outcome::NotPresent("web-demo/dist".to_owned()));
    }
    let files = copy(&built, &folder(workspace).join("web-demo"))?;
    Ok(Outcome::Done(format!("{files} files")))
}

/// As WeChat's tools open it: without `node_modules`, with `miniprogram_npm`.
fn mini_demo(workspace: &Workspace) -> anyhow::Result<Outcome> {
    let (from, to) = (workspace.path(artifacts::MINI_DEMO), folder(workspace).join("mini-demo"));
    fs::create_dir_all(&to)?;
    let mut files = 0;
    for entry in fs::read_dir(&from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_name() == "node_modules" {
            continue;
        }
        if entry.file_type()?.is_dir() {
            files += copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
            files += 1;
        }
    }
    Ok(Outcome::Done(format!("{files} files")))
}

fn copy(from: &Path, to: &Path) -> anyhow::Result<usize> {
    fs::create_dir_all(to)?;
    let mut files = 0;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            files += copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
            files += 1;
        }
    }
    Ok(files)
}

/// In the form that `sha256sum --check` reads.
fn sums(workspace: &Workspace) -> anyhow::Result<Outcome> {
    let folder = folder(workspace);
    let mut files = Vec::new();
    list(&folder, &mut files)?;
    files.sort();
    let mut text = String::new();
    for file in files {
        let name = file.strip_prefix(&folder)?.to_string_lossy().replace('\\', "/");
        text.push_str(&format!("{}  {name}\n", sha256(&file)?));
    }
    fs::write(folder.join("SHA256SUMS"), text)?;
    Ok(Outcome::done())
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            list(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
