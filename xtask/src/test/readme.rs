//! The READMEs cannot rot: their commands are run, their figures are those that were measured, and both say the same.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, bail};

use super::retrieval;
use crate::COMMANDS;
use crate::figures;
use crate::process::{node, path_with};
use crate::step::{Counts, Outcome};
use crate::workspace::Workspace;

const ENGLISH: &str = "README.md";
const CHINESE: &str = "README.zh.md";
const TYPESCRIPT: &str = "wasm/js/node_modules/typescript/bin/tsc";
/// How far the kept figures may be from today's before they have to be measured anew: sizes as a share, MRR in points.
const SIZE_TOLERANCE: f64 = 0.1;
const MRR_TOLERANCE: f64 = 0.005;

pub fn check(workspace: &Workspace) -> anyhow::Result<Outcome> {
    let mut counts = Counts::default();
    let mut note = |what: &str, result: anyhow::Result<()>| {
        counts += Counts { passed: usize::from(result.is_ok()), failed: usize::from(result.is_err()) };
        match result {
            Ok(()) => println!("      ok: {what}"),
            Err(error) => println!("      FAILED: {what}: {error:#}"),
        }
    };
    let read = |name: &str| std::fs::read_to_string(workspace.path(name)).with_context(|| name.to_owned());
    let (english, chinese) = (read(ENGLISH)?, read(CHINESE)?);
    note("both READMEs have the same sections, examples and commands", same_structure(&english, &chinese));
    for command in shell_lines(&english) {
        note(&command, tried(workspace, &command));
    }
    match example(&english) {
        Some(_) if !workspace.path(TYPESCRIPT).is_file() => {
            println!("      not present: {TYPESCRIPT}, the example is not checked")
        }
        Some(code) => note("the example fits the package's types", type_checked(workspace, code)),
        None => note("an example", Err(anyhow::anyhow!("there is no js block"))),
    }
    match figures::read(workspace)? {
        None => println!("      not present: {} (cargo xtask bench --write makes it)", figures::FILE),
        Some(measured) => {
            for page in figures::PAGES {
                let text = read(page.file)?;
                let same = page.renewed(&text, &measured).and_then(|renewed| {
                    if renewed == text {
                        Ok(())
                    } else {
                        bail!("they are not those in {}: run cargo xtask bench --write", figures::FILE)
                    }
                });
                note(&format!("the figures in {}", page.file), same);
            }
            note("the module's size in the figures is today's", module_size(workspace, &measured));
            for set in measured["sets"].as_array().into_iter().flatten() {
                let name = set["name"].as_str().unwrap_or_default();
                let (report, _) = retrieval::kept(workspace, name)?;
                if workspace.shared("bench").is_some() && report.is_file() {
                    note(&format!("the quality on {name} in the figures is today's"), quality(&report, set));
                }
            }
        }
    }
    Ok(Outcome::Counted(counts))
}

fn module_size(workspace: &Workspace, measured: &serde_json::Value) -> anyhow::Result<()> {
    let kept = measured["module"]["bytes"].as_f64().context("no size kept")?;
    let today = std::fs::metadata(workspace.module()).context("no module was built")?.len() as f64;
    if (today / kept - 1.0).abs() > SIZE_TOLERANCE {
        bail!("{kept} bytes are kept, {today} are built: run cargo xtask bench --write");
    }
    Ok(())
}

/// Compares with what `sheda eval` said earlier in this run.
fn quality(report: &Path, kept: &serde_json::Value) -> anyhow::Result<()> {
    let report: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(report)?)?;
    let (today, kept) = (retrieval::mrr(&report, "sheda")?, kept["mrr_10"].as_f64().context("no MRR kept")?);
    if (today - kept).abs() > MRR_TOLERANCE {
        bail!("MRR@10 {kept:.4} is kept, {today:.4} is measured: run cargo xtask bench --write");
    }
    Ok(())
}

/// What must be the same in both languages: the levels of the headings and the contents of the code blocks, comments aside.
fn same_structure(english: &str, chinese: &str) -> anyhow::Result<()> {
    let (one, other) = (skeleton(english), skeleton(chinese));
    if one.len() != other.len() {
        bail!("{} headings and code lines in {ENGLISH}, {} in {CHINESE}", one.len(), other.len());
    }
    match one.iter().zip(&other).find(|(one, other)| one != other) {
        Some((one, other)) => bail!("“{one}” in {ENGLISH} is “{other}” in {CHINESE}"),
        None => Ok(()),
    }
}

fn skeleton(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut in_code = false;
    for line in text.lines() {
        if line.starts_with("```") {
            in_code = !in_code;
            lines.push(line.to_owned());
        } else if in_code {
            lines.push(without_comment(line).to_owned());
        } else if line.starts_with('#') {
            lines.push(line.chars().take_while(|&c| c == '#').collect());
        }
    }
    lines
}

fn without_comment(line: &str) -> &str {
    let end = ["  # ", "  // "].iter().filter_map(|mark| line.find(mark)).min().unwrap_or(line.len());
    let line = line[..end].trim_end();
    if line.trim_start().starts_with("# ") || line.trim_start().starts_with("// ") { "" } else { line }
}

/// Every line of every ```sh block.
fn shell_lines(text: &str) -> Vec<String> {
    let blocks = text.split("\n```").skip(1).step_by(2);
    let lines = blocks.filter_map(|block| block.strip_prefix("sh\n")).flat_map(str::lines);
    lines.map(without_comment).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// The first ```js block.
fn example(text: &str) -> Option<&str> {
    Some(text.split_once("```js\n")?.1.split_once("```")?.0)
}

/// Checks the example as TypeScript does for an editor: every name it uses must be declared by the package or the browser.
fn type_checked(workspace: &Workspace, code: &str) -> anyhow::Result<()> {
    let folder = workspace.own("readme")?;
    let declarations = workspace.path("wasm/js/dist/browser.d.ts");
    let options = serde_json::json!({
        "compilerOptions": {
            "allowJs": true, "checkJs": true, "noEmit": true, "strict": false, "types": [], "skipLibCheck": true,
            "target": "es2022", "lib": ["es2023", "dom", "dom.iterable"], "module": "esnext", "moduleResolution": "bundler",
            "paths": { "sheda": [declarations] },
        },
        "files": ["example.mjs"],
    });
    std::fs::write(folder.join("tsconfig.json"), options.to_string())?;
    std::fs::write(folder.join("example.mjs"), code)?;
    let output = node(&workspace.root).arg(TYPESCRIPT).arg("-p").arg(&folder).output()?;
    if !output.status.success() {
        bail!("{}", String::from_utf8_lossy(&output.stdout).trim());
    }
    Ok(())
}

/// A command of the README: `cargo xtask …` must be one of ours, `sheda …` is run (findings are fine, faults are not).
fn tried(workspace: &Workspace, line: &str) -> anyhow::Result<()> {
    if let Some(rest) = line.strip_prefix("cargo xtask ") {
        let name = rest.split(' ').next().unwrap_or_default();
        let Some((_, arguments, _)) = COMMANDS.iter().find(|(known, _, _)| *known == name) else { bail!("no such command") };
        return match rest.split(' ').skip(1).find(|word| word.starts_with("--") && !arguments.contains(word)) {
            Some(option) => bail!("no such option: {option}"),
            None => Ok(()),
        };
    }
    if !line.contains("sheda ") || line.starts_with("npm ") || line.starts_with("git ") || line.starts_with("cargo ") {
        return Ok(());
    }
    if cfg!(windows) {
        bail!("not tried: this line is for a Unix shell");
    }
    let path = path_with([workspace.target.join("debug").as_path()])?;
    let status = Command::new("sh")
        .args(["-c", line])
        .current_dir(&workspace.root)
        .env("PATH", path)
        .env("SHEDA_PACK", workspace.pack())
        .output()?;
    match status.status.code() {
        Some(0 | 1) => Ok(()),
        _ => bail!("{}: {}", status.status, String::from_utf8_lossy(&status.stderr).trim()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str =
        "# A\n\ntext\n\n```sh\ncargo xtask demo   # serve\n# a remark\nsheda search x\n```\n\n```js\nopen()\n```\n\n## B\n";

    #[test]
    fn commands_are_the_lines_of_sh_blocks() {
        assert_eq!(shell_lines(PAGE), ["cargo xtask demo", "sheda search x"]);
    }

    #[test]
    fn comments_and_prose_may_differ_but_nothing_else() {
        let same = PAGE.replace("# serve", "# 打开网页").replace("# A", "# 甲").replace("text", "文字");
        assert!(same_structure(PAGE, &same).is_ok());
        assert!(same_structure(PAGE, &PAGE.replace("search x", "search y")).is_err());
        assert!(same_structure(PAGE, &PAGE.replace("## B\n", "")).is_err());
    }
}
