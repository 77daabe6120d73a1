//! What is built: the `sheda` command, the pack, the module, the npm package and the page.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::npm;
use crate::process::{cargo, colour, run, text_of};
use crate::stamp::Stamp;
use crate::step::Outcome;
use crate::tools;
use crate::workspace::Workspace;

/// The npm package's folder.
pub const PACKAGE: &str = "wasm/js";
/// The demo mini-program's folder.
pub const MINI_DEMO: &str = "mini-demo";
/// The page's folder.
pub const PAGE: &str = "web-demo";
/// The `sheda` command, quick to compile.
pub fn sheda(workspace: &Workspace) -> anyhow::Result<Outcome> {
    let mut command = cargo(&workspace.root);
    colour(&mut command);
    run(command.args(["build", "--quiet", "--package", "sheda-kb", "--bin", "sheda"]))?;
    Ok(Outcome::done())
}

/// The `sheda` command as it is shipped and measured.
pub fn sheda_release(workspace: &Workspace) -> anyhow::Result<Outcome> {
    run(cargo(&workspace.root).args(["build", "--quiet", "--release", "--package", "sheda-kb", "--bin", "sheda"]))?;
    Ok(Outcome::done())
}

/// The national pack from `kb`.
pub fn pack(workspace: &Workspace) -> anyhow::Result<Outcome> {
    let pack = workspace.pack();
    let inputs = [workspace.path("kb"), workspace.sheda("debug")];
    let stamp = Stamp::new(workspace, "pack", &inputs, &[], std::slice::from_ref(&pack))?;
    if stamp.is_current() {
        return Ok(Outcome::UpToDate);
    }
    run(Command::new(workspace.sheda("debug")).args(["build", "kb", "-o"]).arg(&pack).current_dir(&workspace.root))?;
    stamp.set()?;
    Ok(Outcome::done())
}

/// The compact pack for phones.
pub fn compact_pack(workspace: &Workspace) -> anyhow::Result<Outcome> {
    let pack = workspace.compact_pack();
    let inputs = [workspace.path("kb"), workspace.sheda("debug")];
    let stamp = Stamp::new(workspace, "compact-pack", &inputs, &[], std::slice::from_ref(&pack))?;
    if stamp.is_current() {
        return Ok(Outcome::UpToDate);
    }
    run(Command::new(workspace.sheda("debug")).args(["build", "--compact", "kb", "-o"]).arg(&pack).current_dir(&workspace.root))?;
    stamp.set()?;
    Ok(Outcome::done())
}

/// What both modules are made of.
const MODULE_SOURCES: [&str; 7] =
    ["core", "wasm/src", "wasm/Cargo.toml", "wasm/js/package.json", "Cargo.toml", "Cargo.lock", ".cargo/config.toml"];

/// The WebAssembly module with its JavaScript glue, by wasm-pack; its arguments are in the package's `build:wasm` script.
pub fn module(workspace: &Workspace) -> anyhow::Result<Outcome> {
    wasm(workspace, "module", "build:wasm", &[], &workspace.module())
}

/// The author's module, which also builds packs.
pub fn author_module(workspace: &Workspace) -> anyhow::Result<Outcome> {
    let sources = ["kb/src", "kb/build.rs", "kb/Cargo.toml", "kb/lexicon"];
    wasm(workspace, "author-module", "build:author", &sources, &workspace.author_module())
}

fn wasm(workspace: &Workspace, name: &str, script: &str, sources: &[&str], module: &Path) -> anyhow::Result<Outcome> {
    let inputs: Vec<PathBuf> = MODULE_SOURCES.iter().chain(sources).map(|name| workspace.path(name)).collect();
    let rustc = text_of(Command::new("rustc").arg("--version").current_dir(&workspace.root))?;
    let stamp = Stamp::new(workspace, name, &inputs, &[&rustc], &[module.to_owned(), module.with_extension("js")])?;
    if stamp.is_current() {
        return Ok(Outcome::UpToDate);
    }
    if !workspace.path(PACKAGE).join("package.json").is_file() {
        return Ok(Outcome::NotPresent(PACKAGE.to_owned()));
    }
    let mut command = npm::script(&workspace.path(PACKAGE), script);
    command.env("PATH", tools::path(workspace)?);
    run(&mut command)?;
    stamp.set()?;
    let bytes = std::fs::metadata(module)?.len();
    Ok(Outcome::Done(format!("{bytes} bytes")))
}

/// The npm package `sheda`: TypeScript and module → `wasm/js/dist`.
pub fn package(workspace: &Workspace) -> anyhow::Result<Outcome> {
    let sources = ["src", "scripts", "package.json", "package-lock.json", "tsconfig.json"];
    let mut inputs: Vec<PathBuf> = sources.map(|name| workspace.path(PACKAGE).join(name)).to_vec();
    inputs.extend([workspace.path("wasm/pkg"), workspace.path("wasm/pkg-author")]);
    build_script(workspace, PACKAGE, "build:js", &inputs)
}

/// What a mini-program takes from the npm package: `wasm/js/miniprogram_dist`.
pub fn miniprogram(workspace: &Workspace) -> anyhow::Result<Outcome> {
    let sources = ["src", "scripts", "package.json", "package-lock.json", "tsconfig.miniprogram.json", "dist"];
    let mut inputs: Vec<PathBuf> = sources.map(|name| workspace.path(PACKAGE).join(name)).to_vec();
    inputs.extend([workspace.module(), workspace.compact_pack()]);
    package_script(workspace, "build:miniprogram", "miniprogram_dist", &inputs)
}

/// The same for hosts that refuse WebAssembly: `wasm/js/without-wasm`. Turning the module into JavaScript takes half a minute.
pub fn without_wasm(workspace: &Workspace) -> anyhow::Result<Outcome> {
    let mut inputs: Vec<PathBuf> =
        ["src", "scripts", "package-lock.json"].map(|name| workspace.path(PACKAGE).join(name)).to_vec();
    inputs.extend([workspace.module(), workspace.path(PACKAGE).join("dist")]);
    package_script(workspace, "build:without-wasm", "without-wasm", &inputs)
}

/// A script of the npm package that makes one folder, unless nothing changed. `npm ci` ran when the package was built.
fn package_script(workspace: &Workspace, script: &str, makes: &str, inputs: &[PathBuf]) -> anyhow::Result<Outcome> {
    let folder = workspace.path(PACKAGE);
    let stamp = Stamp::new(workspace, &script.replace(':', "-"), inputs, &[script], &[folder.join(makes)])?;
    if stamp.is_current() {
        return Ok(Outcome::UpToDate);
    }
    run(npm::script(&folder, script).env("SHEDA_COMPACT_PACK", workspace.compact_pack()))?;
    stamp.set()?;
    Ok(Outcome::done())
}

/// The demo mini-program's npm packages, where WeChat's tools would put them: `mini-demo/miniprogram_npm`.
pub fn mini_demo(workspace: &Workspace) -> anyhow::Result<Outcome> {
    let folder = workspace.path(MINI_DEMO);
    npm::ci(workspace, &folder)?;
    let inputs = [folder.clone(), workspace.path(PACKAGE).join("miniprogram_dist")];
    let stamp = Stamp::new(workspace, "mini-demo", &inputs, &[], &[folder.join("miniprogram_npm")])?;
    if stamp.is_current() {
        return Ok(Outcome::UpToDate);
    }
    run(&mut npm::script(&folder, "build"))?;
    stamp.set()?;
    Ok(Outcome::done())
}

/// The page: `web-demo/dist`.
pub fn page(workspace: &Workspace) -> anyhow::Result<Outcome> {
    let sources = [PAGE, "wasm/js/dist", "wasm/js/package.json", "kb", "tests/golden/questions.jsonl"];
    let mut inputs: Vec<PathBuf> = sources.map(|name| workspace.path(name)).to_vec();
    inputs.push(workspace.pack());
    build_script(workspace, PAGE, "build", &inputs)
}

/// `npm ci` and a script in a folder, unless nothing changed.
fn build_script(workspace: &Workspace, name: &str, script: &str, inputs: &[PathBuf]) -> anyhow::Result<Outcome> {
    let folder = workspace.path(name);
    if !folder.join("package.json").is_file() {
        return Ok(Outcome::NotPresent(name.to_owned()));
    }
    npm::ci(workspace, &folder)?;
    let stamp = Stamp::new(workspace, &format!("build-{}", name.replace('/', "-")), inputs, &[script], &[folder.join("dist")])?;
    if stamp.is_current() {
        return Ok(Outcome::UpToDate);
    }
    run(npm::script(&folder, script).env("SHEDA_PACK", workspace.pack()))?;
    stamp.set()?;
    Ok(Outcome::done())
}
