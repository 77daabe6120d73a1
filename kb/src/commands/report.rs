//! `sheda report`: a ledger's page for supervision and evaluation.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use sheda_core::Engine;
use sheda_core::calendar::Date;

use super::progress::Progress;
use crate::calendar::today;
use crate::ledger::{self, Tally};
use crate::pack_location;

/// 由咨询服务台账生成监督评价报告（一个网页文件，可打印）
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 台账：.csv、.xlsx 或 .jsonl
    pub ledger: PathBuf,
    /// 写到哪个文件
    #[arg(long, short)]
    pub output: PathBuf,
    /// 知识包文件，不写则用全国知识包
    #[arg(long)]
    pub pack: Option<PathBuf>,
    /// 报告标题
    #[arg(long, default_value = "社会保险咨询服务监督评价报告")]
    pub title: String,
    /// 把哪一天当作今天，如 2026-11-23
    #[arg(long)]
    pub now: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// If the ledger cannot be read or the page cannot be written.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let engine = Engine::open(pack_location::read(args.pack.as_ref())?)?;
    let (checker, words) = engine.checker()?;
    let now = args.now.clone().unwrap_or_else(today);
    let day: Date = now.parse().with_context(|| "--now 写错了")?;
    let mut tally = Tally::default();
    let progress = Progress::rows();
    ledger::read(&args.ledger, checker.schema(), &mut |row| {
        progress.step();
        let checked = row.record.and_then(|record| {
            let report = checker.check_record(words, &record, Some(&now)).map_err(|error| error.to_string())?;
            Ok((record, report))
        });
        match checked {
            Ok((record, report)) => tally.add(checker, row.number, &record, &report, Some(day)),
            Err(_) => tally.unreadable += 1,
        }
        Ok(())
    })?;
    progress.finish();
    let source = args.ledger.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let page = ledger::page(&args.title, &source, &now, &tally);
    std::fs::write(&args.output, page).with_context(|| format!("{} 写不了", args.output.display()))?;
    eprintln!("已生成 {}：{} 行，超期 {}，读不出 {}", args.output.display(), tally.rows, tally.overdue_rows, tally.unreadable);
    Ok(ExitCode::SUCCESS)
}
