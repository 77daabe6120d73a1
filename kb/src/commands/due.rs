//! `sheda due`: when an answer is due.

use std::io::{self, BufRead, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use serde::Deserialize;
use sheda_core::Engine;
use sheda_core::rules::{Checker, DueRequest};

use crate::calendar::today;
use crate::pack_location;

/// 算答复期限；- 则从标准输入逐行读 JSON：{"id","received_at","working_days"|"natural_days"|"channel"}
#[derive(Debug, clap::Args)]
pub struct Args {
    /// - 从标准输入读；不写则用下面的选项
    pub input: Option<String>,
    /// 知识包文件，不写则用全国知识包
    #[arg(long)]
    pub pack: Option<PathBuf>,
    /// 输出 JSON
    #[arg(long)]
    pub json: bool,
    /// 收到日期，不写则为今天
    #[arg(long)]
    pub received: Option<String>,
    /// 多少个工作日
    #[arg(long, conflicts_with_all = ["natural_days", "channel"])]
    pub working_days: Option<u32>,
    /// 多少日（自然日）
    #[arg(long, conflicts_with = "channel")]
    pub natural_days: Option<u32>,
    /// 按哪种服务形式的承诺
    #[arg(long)]
    pub channel: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
struct Line {
    #[serde(default)]
    id: serde_json::Value,
    #[serde(flatten)]
    request: DueRequest,
}

/// Runs the command.
///
/// # Errors
/// If the pack cannot be opened or standard input cannot be read.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let engine = Engine::open(pack_location::read(args.pack.as_ref())?)?;
    let (checker, _) = engine.checker()?;
    match args.input.as_deref() {
        Some("-") => lines(checker),
        Some(other) => anyhow::bail!("不认识的参数 {other}；从标准输入读请写 -"),
        None => one(checker, args),
    }
}

fn one(checker: &Checker, args: &Args) -> anyhow::Result<ExitCode> {
    let request = DueRequest {
        channel: args.channel.clone(),
        working_days: args.working_days,
        natural_days: args.natural_days,
        received_at: Some(args.received.clone().unwrap_or_else(today)),
        now: Some(today()),
    };
    let due = checker.due(&request)?;
    if args.json {
        println!("{}", serde_json::json!({"due": due.date, "remaining": due.remaining, "reason": due.reason}));
        return Ok(ExitCode::SUCCESS);
    }
    match (due.date, due.remaining) {
        (Some(date), Some(left)) if left < 0 => println!("{date}（已超期 {}）  {}", -left, due.reason),
        (Some(date), Some(left)) => println!("{date}（还剩 {left}）  {}", due.reason),
        (Some(date), None) => println!("{date}  {}", due.reason),
        (None, _) => println!("算不出：{}", due.reason),
    }
    Ok(ExitCode::SUCCESS)
}

/// One answer a line; a bad line is answered with an error and stops nothing.
fn lines(checker: &Checker) -> anyhow::Result<ExitCode> {
    let mut out = BufWriter::new(io::stdout().lock());
    let mut faulty = false;
    for (at, line) in io::stdin().lock().lines().enumerate() {
        let line = line.with_context(|| format!("标准输入第 {} 行读不了", at + 1))?;
        if line.trim().is_empty() {
            continue;
        }
        let answer = match serde_json::from_str::<Line>(&line) {
            Err(error) => Err((serde_json::Value::Null, format!("第 {} 行不是要求的 JSON：{error}", at + 1), "bad-json")),
            Ok(line) => match checker.due(&line.request) {
                Ok(due) => {
                    Ok(serde_json::json!({"id": line.id, "due": due.date, "remaining": due.remaining, "reason": due.reason}))
                }
                Err(error) => Err((line.id, format!("第 {} 行（{}）：{}", at + 1, error.field, error.message), error.code)),
            },
        };
        let value = answer.unwrap_or_else(|(id, message, code)| {
            faulty = true;
            serde_json::json!({"id": id, "due": null, "reason": message, "error": {"code": code, "message": message}})
        });
        writeln!(out, "{value}")?;
        out.flush()?;
    }
    Ok(if faulty { ExitCode::from(2) } else { ExitCode::SUCCESS })
}
