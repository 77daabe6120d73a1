//! The tools that a build needs besides cargo: found, or fetched once into `target/tools`.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, bail};

use crate::process::{cargo, node, npm, on_path, path_with, run, text_of, within};
use crate::step::Outcome;
use crate::workspace::Workspace;

const NODE_AT_LEAST: u32 = 20;
const WASM_PACK_AT_LEAST: (u32, u32) = (0, 13);
const WASM_PACK: &str = "0.15.1";
const WASM_PACK_ON_NPM: &str = "0.15.0";
const WASM_TARGET: &str = "wasm32-unknown-unknown";
/// npm's wasm-pack downloads its binary when it is installed; where it cannot, it should not hold us up.
const NPM_LIMIT: Duration = Duration::from_secs(40);

/// Node and npm, which cannot be fetched for the user.
pub fn node_is_there(workspace: &Workspace) -> anyhow::Result<Outcome> {
    let ask = "install Node.js 20 or newer (https://nodejs.org, or your system's package) and try again";
    let version = text_of(node(&workspace.root).arg("--version")).context(ask)?;
    let version = version.trim();
    let major: u32 = version.trim_start_matches('v').split('.').next().unwrap_or_default().parse().context("node --version")?;
    if major < NODE_AT_LEAST {
        bail!("this is Node.js {version}: {ask}");
    }
    let npm = text_of(npm(&workspace.root).arg("--version")).context(ask)?;
    Ok(Outcome::Done(format!("node {version}, npm {}", npm.trim())))
}

/// The standard library for WebAssembly.
pub fn wasm_target(workspace: &Workspace) -> anyhow::Result<Outcome> {
    let sysroot = text_of(Command::new("rustc").arg("--print=sysroot").current_dir(&workspace.root))?;
    if Path::new(sysroot.trim()).join("lib/rustlib").join(WASM_TARGET).is_dir() {
        return Ok(Outcome::UpToDate);
    }
    if on_path("rustup").is_none() {
        bail!(
            "Rust's {WASM_TARGET} target is not installed and there is no rustup to add it: install it as your Rust came (see https://rustup.rs)"
        );
    }
    run(Command::new("rustup").args(["target", "add", WASM_TARGET]).current_dir(&workspace.root))?;
    Ok(Outcome::Done(format!("added {WASM_TARGET}")))
}

/// wasm-bindgen of exactly the version in `Cargo.lock`, and wasm-pack.
pub fn wasm_tools(workspace: &Workspace) -> anyhow::Result<Outcome> {
    let wanted = bindgen_version(workspace)?;
    let mut fetched = Vec::new();
    if bindgen(workspace, &wanted).is_none() {
        install(workspace, "wasm-bindgen-cli", &wanted, &["--no-default-features", "--bin", "wasm-bindgen"])?;
        bindgen(workspace, &wanted).context("wasm-bindgen was installed but does not answer to --version")?;
        fetched.push(format!("wasm-bindgen {wanted}"));
    }
    if wasm_pack(workspace).is_none() {
        if !wasm_pack_from_npm(workspace)? {
            install(workspace, "wasm-pack", WASM_PACK, &[])?;
        }
        wasm_pack(workspace).context("wasm-pack was installed but does not answer to --version")?;
        fetched.push("wasm-pack".to_owned());
    }
    if fetched.is_empty() {
        return Ok(Outcome::UpToDate);
    }
    let _ = fs::remove_dir_all(workspace.target.join("tools-build"));
    Ok(Outcome::Done(format!("fetched {}", fetched.join(" and "))))
}

/// `PATH` with wasm-pack and the right wasm-bindgen before everything else.
pub fn path(workspace: &Workspace) -> anyhow::Result<OsString> {
    let wanted = bindgen_version(workspace)?;
    let bindgen = bindgen(workspace, &wanted).with_context(|| format!("no wasm-bindgen {wanted}"))?;
    let wasm_pack = wasm_pack(workspace).context("no wasm-pack")?;
    path_with([bindgen, wasm_pack].iter().filter_map(|tool| tool.parent()))
}

/// The version of wasm-bindgen that the module is linked with.
pub fn bindgen_version(workspace: &Workspace) -> anyhow::Result<String> {
    let lock = fs::read_to_string(workspace.path("Cargo.lock")).context("cannot read Cargo.lock")?;
    locked_version(&lock, "wasm-bindgen").context("Cargo.lock has no wasm-bindgen")
}

fn locked_version(lock: &str, package: &str) -> Option<String> {
    let mut lines = lock.lines().skip_while(|line| *line != format!("name = \"{package}\""));
    lines.nth(1)?.strip_prefix("version = \"")?.strip_suffix('"').map(str::to_owned)
}

fn bindgen(workspace: &Workspace, wanted: &str) -> Option<PathBuf> {
    candidates(workspace, "wasm-bindgen").into_iter().find(|tool| version_of(tool).as_deref() == Some(wanted))
}

fn wasm_pack(workspace: &Workspace) -> Option<PathBuf> {
    let script = if cfg!(windows) { "wasm-pack.cmd" } else { "wasm-pack" };
    let mut tools = candidates(workspace, "wasm-pack");
    tools.push(npm_folder(workspace).join("node_modules/.bin").join(script));
    tools.into_iter().find(|tool| version_of(tool).is_some_and(|version| recent_enough(&version)))
}

fn recent_enough(version: &str) -> bool {
    let mut parts = version.split('.').map_while(|part| part.parse().ok());
    matches!((parts.next(), parts.next()), (Some(major), Some(minor)) if (major, minor) >= WASM_PACK_AT_LEAST)
}

fn candidates(workspace: &Workspace, name: &str) -> Vec<PathBuf> {
    let own = workspace.target.join("tools/bin").join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    std::iter::once(own).filter(|tool| tool.is_file()).chain(on_path(name)).collect()
}

/// The last word of `tool --version`: `wasm-bindgen 0.2.130`.
fn version_of(tool: &Path) -> Option<String> {
    let text = text_of(Command::new(tool).arg("--version")).ok()?;
    text.split_whitespace().nth(1).map(str::to_owned)
}

fn npm_folder(workspace: &Workspace) -> PathBuf {
    workspace.target.join("tools/npm")
}

/// Tries npm's prebuilt wasm-pack; whether it works. A half-made installation is removed.
fn wasm_pack_from_npm(workspace: &Workspace) -> anyhow::Result<bool> {
    let folder = npm_folder(workspace);
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("package.json"), "{ \"private\": true }\n")?;
    println!("      trying npm's prebuilt wasm-pack {WASM_PACK_ON_NPM}");
    let package = format!("wasm-pack@{WASM_PACK_ON_NPM}");
    let installed = within(NPM_LIMIT, npm(&folder).args(["install", "--no-save", "--no-audit", "--no-fund", &package]))?;
    if installed && wasm_pack(workspace).is_some() {
        return Ok(true);
    }
    println!("      npm's prebuilt cannot be had here (it downloads from GitHub)");
    let _ = fs::remove_dir_all(&folder);
    Ok(false)
}

/// `cargo install` into `target/tools`, with a profile that compiles quickly: these tools run for a second each.
fn install(workspace: &Workspace, package: &str, version: &str, arguments: &[&str]) -> anyhow::Result<()> {
    println!("      building {package} {version} from source, once: this takes a few minutes");
    let command = |locked: &[&str]| {
        let mut command = cargo(&workspace.root);
        command.args(["install", "--quiet", package, "--version", &format!("={version}")]).args(arguments).args(locked);
        command.arg("--root").arg(workspace.target.join("tools"));
        command.arg("--target-dir").arg(workspace.target.join("tools-build"));
        for (key, value) in [("OPT_LEVEL", "1"), ("DEBUG", "false"), ("LTO", "off"), ("CODEGEN_UNITS", "16")] {
            command.env(format!("CARGO_PROFILE_RELEASE_{key}"), value);
        }
        command
    };
    // A mirror may lag behind the lock file that the tool was published with; then whatever fits has to do.
    if text_of(&mut command(&["--locked"])).is_ok() {
        return Ok(());
    }
    println!("      not with its own lock file, once more without it");
    run(&mut command(&[])).with_context(|| format!("cannot install {package} {version}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locked_version_is_that_of_the_package_itself() {
        let lock = "[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\nsource = \"…\"\n\n[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"0.2.9\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(locked_version(lock, "wasm-bindgen-macro").as_deref(), Some("0.2.9"));
        assert_eq!(locked_version(lock, "wasm"), None);
    }

    #[test]
    fn an_old_or_unreadable_wasm_pack_is_refused() {
        for (version, fits) in [("0.15.1", true), ("0.13.0", true), ("1.0.0", true), ("0.12.1", false), ("unknown", false)] {
            assert_eq!(recent_enough(version), fits, "{version}");
        }
    }
}
