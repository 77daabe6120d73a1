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

/// The mean reciprocal rank of one row of a report.
pub fn mrr(report: &serde_json::Value, row: &str) -> anyhow::Result<f64> {
    let rows = report["figures"].as_array().context("the report has no figures")?;
    let found = rows.iter().find(|figures| figures["name"] == row).with_context(|| format!("the report has no row {row}"))?;
    found["mrr@10"].as_f64().context("the row has no mrr@10")
}
