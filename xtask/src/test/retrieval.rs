//! Retrieval floors: on every set, our ranking is no worse than one field of unigrams and bigrams in the same run.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::Context;

use crate::process::text_of;
use crate::step::{Counts, Outcome};
use crate::workspace::Workspace;

/// The retrieval sets beside the workspace, smallest first.
pub fn sets(workspace: &Workspace) -> anyhow::Result<Vec<PathBuf>> {
    let Some(folder) = workspace.shared("bench") else { return Ok(Vec::new()) };
    let mut sets = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if let Ok(documents) = fs::metadata(path.join("docs.jsonl")) {
            sets.push((documents.len(), path));
        }
    }
    sets.sort();
    Ok(sets.into_iter().map(|(_, path)| path).collect())
}

/// What `sheda eval --json` said about a set, and the pack that it built, kept for the size budget.
pub fn kept(workspace: &Workspace, set: &str) -> anyhow::Result<(PathBuf, PathBuf)> {
    let folder = workspace.own("eval")?;
    Ok((folder.join(format!("{set}.json")), folder.join(format!("{set}.sheda"))))
}

pub fn floors(workspace: &Workspace) -> anyhow::Result<Outcome> {
    let sets = sets(workspace)?;
    if sets.is_empty() {
        return Ok(Outcome::NotPresent("retrieval sets (../shared/bench)".to_owned()));
    }
    let mut counts = Counts::default();
    println!("      {:<18} {:>8} {:>10}", "MRR@10", "sheda", "baseline");
    for set in sets {
        let name = set.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let (report, pack) = kept(workspace, &name)?;
        let mut command = Command::new(workspace.sheda("debug"));
        let text = text_of(command.args(["eval", "--json", "--output"]).arg(pack).arg(&set).current_dir(&workspace.root))?;
        fs::write(&report, &text)?;
        let json: serde_json::Value = serde_json::from_str(&text).with_context(|| format!("sheda eval --json {name}"))?;
        let (ours, floor) = (mrr(&json, "sheda")?, mrr(&json, "baseline")?);
        let holds = ours >= floor;
        println!("      {name:<18} {ours:>8.4} {floor:>10.4}{}", if holds { "" } else { "  BELOW" });
        counts += Counts { passed: usize::from(holds), failed: usize::from(!holds) };
    }
    Ok(Outcome::Counted(counts))
}

/// The golden questions against `tests/budget/floors.toml`.
pub fn golden(workspace: &Workspace) -> anyhow::Result<Outcome> {
    if !workspace.path("tests/golden/questions.jsonl").is_file() {
        return Ok(Outcome::NotPresent("tests/golden/questions.jsonl".to_owned()));
    }
    let file = "tests/budget/floors.toml";
    let floors: toml::Table = fs::read_to_string(workspace.path(file)).context(file)?.parse().context(file)?;
    let floors = floors.get("golden").context("floors.toml has no [golden]")?;
    let split = floors.get("split").and_then(toml::Value::as_str).context("[golden] has no `split`")?;
    let mut command = Command::new(workspace.sheda("debug"));
    let text =
        text_of(command.args(["eval", "--json", "tests/golden", "--pack"]).arg(workspace.pack()).current_dir(&workspace.root))?;
    let report: serde_json::Value = serde_json::from_str(&text).context("sheda eval --json tests/golden")?;
    let figures = &report["figures"][split];
    let share = |part: &str, of: &str| match (figures[part].as_f64(), figures[of].as_f64()) {
        (Some(part), Some(of)) if of > 0.0 => Ok(part / of),
        _ => anyhow::bail!("the report has no {part} of {of} for {split}"),
    };
    let mut counts = Counts::default();
    println!("      {:<18} {:>8} {:>8}", format!("golden, {split}"), "is", "floor");
    for (floor, part, of) in [
        ("first", "first", "questions"),
        ("three", "three", "questions"),
        ("refused_at_most", "refused", "questions"),
        ("recognised", "recognised", "outside"),
    ] {
        let is = share(part, of)?;
        let bound = floors.get(floor).and_then(toml::Value::as_float).with_context(|| format!("[golden] has no `{floor}`"))?;
        let holds = if floor.ends_with("at_most") { is <= bound } else { is >= bound };
        println!("      {floor:<18} {is:>8.3} {bound:>8.3}{}", if holds { "" } else { "  MISSED" });
        counts += Counts { passed: usize::from(holds), failed: usize::from(!holds) };
    }
    Ok(Outcome::Counted(counts))
}

/// The mean reciprocal rank of one row of a report.
pub fn mrr(report: &serde_json::Value, row: &str) -> anyhow::Result<f64> {
    let rows = report["figures"].as_array().context("the report has no figures")?;
    let found = rows.iter().find(|figures| figures["name"] == row).with_context(|| format!("the report has no row {row}"))?;
    found["mrr@10"].as_f64().context("the row has no mrr@10")
}
