//! Finding the browsers of the tests, or installing them where that is ours to do (Debian, as root).

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, bail};

use crate::process::{on_path, run};
use crate::workspace::Workspace;

/// A browser that tests drive.
pub struct Browser {
    name: &'static str,
    /// The environment variable that names its program, for us and for the tests.
    pub variable: &'static str,
    programs: &'static [&'static str],
    mac: &'static str,
    /// Below the folder of programs.
    windows: &'static str,
    /// Debian's packages.
    packages: &'static [&'static str],
}

/// What most people have; every test of a page runs in it.
pub const CHROMIUM: Browser = Browser {
    name: "Chromium or Google Chrome",
    variable: "CHROME_PATH",
    programs: &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
    mac: "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    windows: r"Google\Chrome\Application\chrome.exe",
    packages: &["chromium", "chromium-driver"],
};

/// The second opinion.
pub const FIREFOX: Browser = Browser {
    name: "Firefox",
    variable: "FIREFOX_PATH",
    programs: &["firefox-esr", "firefox"],
    mac: "/Applications/Firefox.app/Contents/MacOS/firefox",
    windows: r"Mozilla Firefox\firefox.exe",
    packages: &["firefox-esr"],
};

impl Browser {
    /// The browser's program.
    pub fn path(&self, workspace: &Workspace) -> anyhow::Result<PathBuf> {
        if let Some(found) = self.find()? {
            return Ok(found);
        }
        let (name, variable, packages) = (self.name, self.variable, self.packages.join(" "));
        let debian = std::fs::read_to_string("/etc/os-release")
            .is_ok_and(|text| text.lines().any(|line| line.starts_with("ID") && line.contains("debian")));
        if !debian || !is_root() {
            bail!("no {name} here: install it (Debian: sudo apt-get install {packages}), or set {variable}");
        }
        println!("      no {name} here: installing it by apt-get");
        apt(workspace, &["update", "-q"])?;
        apt(workspace, &[&["install", "-y", "-q", "--no-install-recommends"], self.packages].concat())?;
        self.find()?.with_context(|| format!("apt-get installed {packages}, but it is not on PATH"))
    }

    fn find(&self) -> anyhow::Result<Option<PathBuf>> {
        if let Some(named) = std::env::var_os(self.variable).map(PathBuf::from) {
            if !named.is_file() {
                bail!("{} is {}, but there is no such file", self.variable, named.display());
            }
            return Ok(Some(named));
        }
        let mut known = vec![PathBuf::from(self.mac)];
        known.extend(std::env::var_os("ProgramFiles").map(|folder| PathBuf::from(folder).join(self.windows)));
        Ok(self.programs.iter().find_map(|name| on_path(name)).or_else(|| known.into_iter().find(|path| path.is_file())))
    }
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.starts_with(b"0\n"))
}

fn apt(workspace: &Workspace, arguments: &[&str]) -> anyhow::Result<()> {
    run(Command::new("apt-get").args(arguments).current_dir(&workspace.root).env("DEBIAN_FRONTEND", "noninteractive"))
}
