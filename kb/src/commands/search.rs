//! `sheda search`: ask a pack.

use std::io::{self, BufRead, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use sheda_core::Engine;
use sheda_core::calendar::Date;
use sheda_core::search::{SearchOptions, SearchResult};

use crate::pack_location;

/// 在知识包里查答案；问题写 - 则从标准输入逐行读
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 问题，或 -
    pub query: String,
    /// 知识包文件，不写则用全国知识包
    #[arg(long)]
    pub pack: Option<PathBuf>,
    /// 每个问题输出一行 JSON
    #[arg(long)]
    pub json: bool,
    /// 最多几条
    #[arg(long, default_value_t = 5)]
    pub limit: usize,
    /// 提问人所在地区的行政区划代码
    #[arg(long, default_value_t = 0)]
    pub region: u32,
    /// 按哪一天的规定，如 2026-11-23
    #[arg(long, value_parser = day)]
    pub as_of: Option<u32>,
    /// 只看这个险种
    #[arg(long)]
    pub insurance: Option<String>,
    /// 只看这类事项
    #[arg(long)]
    pub kind: Option<String>,
}

/// A day on the command line as `yyyymmdd`.
fn day(text: &str) -> Result<u32, String> {
    Date::from_iso(text).map(Date::compact).ok_or_else(|| format!("不是一个存在的日期：{text}（写成 2026-11-23 这样）"))
}

/// Runs the command.
///
/// # Errors
/// If the pack cannot be opened or standard input cannot be read.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let engine = Engine::open(pack_location::read(args.pack.as_ref())?)?;
    let options = SearchOptions {
        limit: args.limit,
        region: args.region,
        insurance: args.insurance.clone(),
        kind: args.kind.clone(),
        agency: None,
        as_of: args.as_of.unwrap_or(0),
    };
    let mut out = io::BufWriter::new(io::stdout().lock());
    if args.query == "-" {
        for line in io::stdin().lock().lines() {
            let line = line?;
            answer(&engine, &line, &options, args.json, &mut out)?;
            out.flush()?;
        }
    } else {
        answer(&engine, &args.query, &options, args.json, &mut out)?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn answer(engine: &Engine, query: &str, options: &SearchOptions, json: bool, out: &mut impl Write) -> anyhow::Result<()> {
    let result = engine.search(query, options)?;
    if json {
        let mut value = serde_json::to_value(&result)?;
        if let Some(object) = value.as_object_mut() {
            object.insert("query".into(), query.into());
        }
        writeln!(out, "{value}")?;
        return Ok(());
    }
    print(engine, query, &result, out)
}

fn print(engine: &Engine, query: &str, result: &SearchResult, out: &mut impl Write) -> anyhow::Result<()> {
    if result.hits.is_empty() {
        writeln!(out, "没有找到“{query}”的答案")?;
        return Ok(());
    }
    for (rank, hit) in result.hits.iter().enumerate() {
        writeln!(out, "{}. {}", rank + 1, hit.title)?;
        writeln!(out, "   {}", hit.snippet)?;
        let region = engine.directory().region(hit.region);
        let mut facts = vec![hit.insurance.as_str(), region];
        if !hit.agency.is_empty() {
            facts.extend([hit.agency.as_str(), hit.hotline.as_str()]);
        }
        facts.retain(|fact| !fact.is_empty());
        writeln!(out, "   {}  依据：{}", facts.join(" · "), hit.basis.join("；"))?;
    }
    writeln!(out, "共 {} 条相关", result.total)?;
    Ok(())
}
