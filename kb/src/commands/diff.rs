//! `sheda diff`: what a new pack changes against an old one.

use std::path::PathBuf;
use std::process::ExitCode;

use sheda_core::Engine;
use sheda_core::pack::Pack;

use crate::commands::FINDINGS;
use crate::compare::{Differences, FieldChange, compare};
use crate::golden::{self, Golden};
use crate::progress::unheard;
use crate::{json_lines, pack_location};

/// 比较两个知识包：新增、改动、删除了哪些答案和规则；给出金标准问题时看答得更好还是更差
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 原来的知识包
    pub old: PathBuf,
    /// 新的知识包
    pub new: PathBuf,
    /// 金标准问题（questions.jsonl）
    #[arg(long)]
    pub questions: Option<PathBuf>,
    /// 输出 JSON
    #[arg(long)]
    pub json: bool,
}

/// Runs the command. Exit code 1 if the packs differ.
///
/// # Errors
/// If a file cannot be read or is not a sound pack.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let (old, new) = (pack_location::read(Some(&args.old))?, pack_location::read(Some(&args.new))?);
    let comparison = compare(&Pack::open(old.clone())?, &Pack::open(new.clone())?)?;
    let effect = match &args.questions {
        Some(file) => {
            let questions: Vec<golden::Question> = json_lines::read(file)?;
            Some(golden::effect(&questions, &Engine::open(old)?, &Engine::open(new)?, &unheard)?)
        }
        None => None,
    };
    let same = comparison.answers.is_same() && comparison.rules.is_same() && comparison.others.is_empty();
    let code = if same { ExitCode::SUCCESS } else { ExitCode::from(FINDINGS) };
    if args.json {
        println!("{}", serde_json::json!({"comparison": comparison, "effect": effect}));
        return Ok(code);
    }
    show("答案", &comparison.answers);
    show("规则", &comparison.rules);
    if !comparison.others.is_empty() {
        println!("另有变化：{}", comparison.others.join("、"));
    }
    if let Some(effect) = effect {
        println!("{}\n{}\n{}", Golden::HEADING, effect.before.line("before"), effect.after.line("after"));
        for change in &effect.changed {
            println!("{} {} {}", if change.better { "更好" } else { "更差" }, change.id, change.text);
        }
        println!("另有不列出的问题：更好 {}，更差 {}", effect.unlisted.better, effect.unlisted.worse);
    }
    Ok(code)
}

fn show(what: &str, differences: &Differences) {
    let Differences { added, changed, removed, unchanged } = differences;
    println!("{what}：新增 {}，改动 {}，删除 {}，不变 {unchanged}", added.len(), changed.len(), removed.len());
    added.iter().for_each(|entry| println!("  + {} {}", entry.id, entry.title));
    for change in changed {
        let fields: Vec<&str> = change.fields.iter().map(|FieldChange { name, .. }| *name).collect();
        println!("  ~ {} {}（{}）", change.entry.id, change.entry.title, fields.join("、"));
    }
    removed.iter().for_each(|entry| println!("  - {} {}", entry.id, entry.title));
}
