//! `cargo xtask bench`: opening, searching and building, natively and in WebAssembly, on the sets beside the workspace.
//!
//! Bare times depend on the machine, so only ratios within one run fail.

use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::{Context, bail};
use serde_json::{Value, json};

use crate::figures::{self, number};
use crate::process::{node, run as run_command, text_and_peak, text_of};
use crate::step::{self, Step};
use crate::test::{compressed, mrr, sets};
use crate::workspace::Workspace;
use crate::{artifacts, npm, pack_sections, tools};

/// The module may take this many times as long as the native engine, at the median.
const WASM_AT_MOST: f64 = 3.0;
/// The package's script that opens a pack, asks every question of a file and prints JSON.
const NODE_SCRIPT: &str = "bench";
const PEERS: &str = "tests/peers";

const STEPS: [Step; 9] = [
    Step { name: "Node.js", run: tools::node_is_there },
    Step { name: "Rust's wasm32 target", run: tools::wasm_target },
    Step { name: "wasm-bindgen and wasm-pack", run: tools::wasm_tools },
    Step { name: "the sheda command, release", run: artifacts::sheda_release },
    Step { name: "the sheda command (cargo build)", run: artifacts::sheda },
    Step { name: "the pack (sheda build kb)", run: artifacts::pack },
    Step { name: "the module (wasm-pack build)", run: artifacts::module },
    Step { name: "the author's module (wasm-pack build)", run: artifacts::author_module },
    Step { name: "the npm package (wasm/js)", run: artifacts::package },
];

/// Measures, prints and, if asked to, keeps the figures.
pub fn run(workspace: &Workspace, write: bool, peers: bool) -> anyhow::Result<ExitCode> {
    step::all(workspace, &STEPS)?;
    if peers {
        return run_peers(workspace, write);
    }
    let sets = sets(workspace)?;
    if sets.is_empty() {
        bail!("not present: retrieval sets (../shared/bench: folders with docs.jsonl and queries.jsonl)");
    }
    let measured = sets.iter().map(|set| measure(workspace, set)).collect::<anyhow::Result<Vec<Value>>>()?;
    let figures = json!({
        "date": today(), "machine": machine(workspace)?, "sets": measured,
        "module": sizes(workspace, &workspace.module())?, "pack": pack_figures(workspace)?,
    });
    print(&figures);
    if write {
        figures::write(workspace, &figures)?;
        println!("kept in {}", figures::FILE);
    }
    Ok(if ratios_hold(&measured) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn measure(workspace: &Workspace, set: &Path) -> anyhow::Result<Value> {
    let name = set.file_name().unwrap_or_default().to_string_lossy().into_owned();
    println!("measuring {name} …");
    let pack = workspace.own("bench")?.join(format!("{name}.sheda"));
    let mut eval = Command::new(workspace.sheda("release"));
    eval.args(["eval", "--json", "--output"]).arg(&pack).arg(set).current_dir(&workspace.root);
    let (text, peak) = text_and_peak(&mut eval)?;
    let report: Value = serde_json::from_str(&text).context("sheda eval --json")?;
    let ours = report["figures"].as_array().and_then(|rows| rows.iter().find(|row| row["name"] == "sheda"));
    let ours = ours.context("sheda eval has no row of its own")?;
    let part = pack.with_extension("part");
    std::fs::write(&part, pack_sections::bytes_of(&pack, &["index/".to_owned(), "dictionary".to_owned()])?)?;
    let documents = std::fs::read_to_string(set.join("docs.jsonl"))?.lines().count();
    Ok(json!({
        "name": name, "documents": documents, "questions": ours["queries"],
        "mrr_10": mrr(&report, "sheda")?, "baseline_mrr_10": mrr(&report, "baseline")?,
        "native": { "open_ms": report["open_ms"], "p50_ms": ms(&ours["p50_us"]), "p99_ms": ms(&ours["p99_us"]) },
        "wasm": in_wasm(workspace, &pack, set)?,
        "index": sizes(workspace, &part)?,
        "build_s": report["build_seconds"], "build_peak_bytes": peak,
    }))
}

/// The same questions in Node, through the package's own calls.
fn in_wasm(workspace: &Workspace, pack: &Path, set: &Path) -> anyhow::Result<Value> {
    let folder = workspace.path(artifacts::PACKAGE);
    if !npm::has_script(&folder, NODE_SCRIPT) {
        println!("      not present: a {NODE_SCRIPT} script in {}", artifacts::PACKAGE);
        return Ok(Value::Null);
    }
    let text = text_of(npm::script(&folder, NODE_SCRIPT).arg("--").arg(pack).arg(set.join("queries.jsonl")))?;
    let report: Value = serde_json::from_str(&text).context("npm run bench")?;
    Ok(json!({ "open_ms": report["open_ms"], "p50_ms": report["p50_ms"], "p99_ms": report["p99_ms"] }))
}

fn ratios_hold(sets: &[Value]) -> bool {
    let mut hold = true;
    for set in sets {
        let (Some(native), Some(wasm)) = (set["native"]["p50_ms"].as_f64(), set["wasm"]["p50_ms"].as_f64()) else { continue };
        let ratio = wasm / native;
        let fits = ratio <= WASM_AT_MOST;
        println!(
            "{:<18} median search, wasm / native: {ratio:.2} (at most {WASM_AT_MOST}){}",
            set["name"].as_str().unwrap_or_default(),
            if fits { "" } else { "  OVER" }
        );
        hold &= fits;
    }
    hold
}

fn print(figures: &Value) {
    let none = Vec::new();
    println!(
        "\n{:<18} {:>7} {:>15} {:>15} {:>15} {:>19} {:>7} {:>8}",
        "", "MRR@10", "open ms", "p50 ms", "p99 ms", "index raw/brotli", "build", "peak"
    );
    println!(
        "{:<18} {:>7} {:>15} {:>15} {:>15} {:>19} {:>7} {:>8}",
        "", "", "native  wasm", "native  wasm", "native  wasm", "KB", "s", "MiB"
    );
    for set in figures["sets"].as_array().unwrap_or(&none) {
        let both =
            |key: &str, digits| format!("{} {:>7}", number(&set["native"][key], digits), number(&set["wasm"][key], digits));
        let kb = |key: &str| set["index"][key].as_f64().unwrap_or_default() / 1e3;
        println!(
            "{:<18} {:>7} {:>15} {:>15} {:>15} {:>19} {:>7} {:>8}",
            set["name"].as_str().unwrap_or_default(),
            number(&set["mrr_10"], 4),
            both("open_ms", 2),
            both("p50_ms", 3),
            both("p99_ms", 3),
            format!("{:.0} / {:.0}", kb("bytes"), kb("brotli")),
            number(&set["build_s"], 2),
            number(&json!(set["build_peak_bytes"].as_f64().map(|bytes| bytes / f64::from(1 << 20))), 0),
        );
    }
    println!(
        "module {} bytes, {} brotli; {}\n",
        figures["module"]["bytes"],
        figures["module"]["brotli"],
        figures["machine"].as_str().unwrap_or_default()
    );
}

fn run_peers(workspace: &Workspace, write: bool) -> anyhow::Result<ExitCode> {
    let folder = workspace.path(PEERS);
    if !folder.join("package.json").is_file() {
        bail!("not present: {PEERS}");
    }
    npm::ci(workspace, &folder)?;
    let mut bench = npm::script(&folder, "bench");
    bench.arg("--").arg("--sheda").arg(workspace.sheda("release")).arg("--pack").arg(workspace.pack());
    bench.arg("--results").arg(workspace.target.join("peers/results.json"));
    if write {
        bench.arg("--write");
    }
    run_command(&mut bench)?;
    Ok(ExitCode::SUCCESS)
}

fn pack_figures(workspace: &Workspace) -> anyhow::Result<Value> {
    let text = text_of(Command::new(workspace.sheda("release")).args(["inspect", "--json"]).arg(workspace.pack()))?;
    let inspected: Value = serde_json::from_str(&text).context("sheda inspect --json")?;
    let mut figures = sizes(workspace, &workspace.pack())?;
    figures["answers"] = inspected["manifest"]["counts"]["answers"].clone();
    Ok(figures)
}

fn sizes(workspace: &Workspace, file: &Path) -> anyhow::Result<Value> {
    Ok(json!({ "bytes": std::fs::metadata(file)?.len(), "brotli": compressed(workspace, file, "brotli", None)? }))
}

fn ms(microseconds: &Value) -> Option<f64> {
    microseconds.as_f64().map(|us| us / 1e3)
}

fn machine(workspace: &Workspace) -> anyhow::Result<String> {
    let cores = std::thread::available_parallelism()?;
    let node = text_of(node(&workspace.root).arg("--version"))?;
    Ok(format!("{cores} cores, {} {}, Node {}", std::env::consts::OS, std::env::consts::ARCH, node.trim()))
}

/// Today in UTC, by the civil-from-days algorithm.
fn today() -> String {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    let days = since.as_secs() / 86_400 + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    format!("{year}-{month:02}-{day:02}")
}
