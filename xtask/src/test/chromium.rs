//! Finding Chromium for the browser tests, or installing it where that is ours to do (Debian, as root).

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, bail};

use crate::process::{on_path, run};
use crate::workspace::Workspace;

const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const MAC: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
const WINDOWS: &str = r"Google\Chrome\Application\chrome.exe";

/// The browser's program.
pub fn path(workspace: &Workspace) -> anyhow::Result<PathBuf> {
    if let Some(found) = find()? {
        return Ok(found);
    }
    let debian = std::fs::read_to_string("/etc/os-release")
        .is_ok_and(|text| text.lines().any(|line| line.starts_with("ID") && line.contains("debian")));
    if !debian || !is_root() {
        bail!(
            "no Chromium here: install Chromium or Google Chrome (Debian: sudo apt-get install chromium chromium-driver), or set CHROME_PATH"
        );
    }
    println!("      no Chromium here: installing it by apt-get");
    apt(workspace, &["update", "-q"])?;
    apt(workspace, &["install", "-y", "-q", "--no-install-recommends", "chromium", "chromium-driver"])?;
    find()?.context("apt-get installed chromium, but it is not on PATH")
}

fn find() -> anyhow::Result<Option<PathBuf>> {
    if let Some(named) = std::env::var_os("CHROME_PATH").map(PathBuf::from) {
        if !named.is_file() {
            bail!("CHROME_PATH is {}, but there is no such file", named.display());
        }
        return Ok(Some(named));
    }
    let mut known = vec![PathBuf::from(MAC)];
    known.extend(std::env::var_os("ProgramFiles").map(|folder| PathBuf::from(folder).join(WINDOWS)));
    Ok(NAMES.iter().find_map(|name| on_path(name)).or_else(|| known.into_iter().find(|path| path.is_file())))
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.starts_with(b"0\n"))
}

fn apt(workspace: &Workspace, arguments: &[&str]) -> anyhow::Result<()> {
    run(Command::new("apt-get").args(arguments).current_dir(&workspace.root).env("DEBIAN_FRONTEND", "noninteractive"))
}
