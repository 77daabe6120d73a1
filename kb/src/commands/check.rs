//! `sheda check`: replies (JSON Lines) or a whole ledger against the rules.

use std::io::{self, BufRead, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use serde::Deserialize;
use sheda_core::Engine;
use sheda_core::ledger::{Record, Schema};
use sheda_core::rules::{CheckRequest, Diagnostic, apply_safe};

use super::carets;
use super::progress::Progress;
use crate::calendar::today;
use crate::ledger::{self, Format, Writer};
use crate::pack_location;

/// 检查答复或台账：.jsonl（- 为标准输入）逐行检查答复，.csv、.xlsx 逐行检查台账，.txt、.md 检查一篇答复
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 文件，或 - 从标准输入读 JSON Lines
    #[arg(default_value = "-")]
    pub input: PathBuf,
    /// 知识包文件，不写则用全国知识包
    #[arg(long)]
    pub pack: Option<PathBuf>,
    /// 每条输出一行 JSON
    #[arg(long)]
    pub json: bool,
    /// 只做可以放心的修改：JSON Lines 里加 fixed，.txt、.md 直接改文件
    #[arg(long)]
    pub fix: bool,
    /// 台账连同质检结果写到哪个文件（.csv、.xlsx 或 .jsonl）
    #[arg(long, short)]
    pub output: Option<PathBuf>,
    /// .txt、.md 的服务形式
    #[arg(long)]
    pub channel: Option<String>,
    /// 把哪一天当作今天，如 2026-11-23
    #[arg(long)]
    pub now: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Line {
    #[serde(default)]
    id: serde_json::Value,
    #[serde(flatten)]
    request: CheckRequest,
}

/// What was seen, for the exit code.
#[derive(Debug, Default)]
struct Seen {
    rows: u64,
    findings: u64,
    faulty: u64,
}

impl Seen {
    fn exit(&self) -> ExitCode {
        if self.faulty > 0 {
            ExitCode::from(2)
        } else if self.findings > 0 {
            ExitCode::from(super::FINDINGS)
        } else {
            ExitCode::SUCCESS
        }
    }
}

/// Runs the command.
///
/// # Errors
/// If the pack or the file cannot be opened.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let engine = Engine::open(pack_location::read(args.pack.as_ref())?)?;
    let now = args.now.clone().unwrap_or_else(today);
    let extension = args.input.extension().map(|end| end.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    if args.input.as_os_str() == "-" {
        return lines(&engine, args, &now, &mut io::stdin().lock());
    }
    match (Format::of(&args.input), extension.as_str()) {
        (Some(Format::Csv | Format::Xlsx), _) => whole_ledger(&engine, args, &now),
        (Some(Format::JsonLines), _) => {
            let file = std::fs::File::open(&args.input).with_context(|| format!("{}：打不开", args.input.display()))?;
            let mut reader = io::BufReader::new(file);
            if is_ledger(engine.checker()?.0.schema(), &mut reader)? {
                whole_ledger(&engine, args, &now)
            } else {
                lines(&engine, args, &now, &mut reader)
            }
        }
        (None, "txt" | "md") => one_text(&engine, args, &now),
        (None, _) => anyhow::bail!("{}：不认识的文件类型，要是 .jsonl、.csv、.xlsx、.txt 或 .md", args.input.display()),
    }
}

/// Whether the first line is a ledger record rather than a request.
fn is_ledger(schema: &Schema, reader: &mut impl BufRead) -> anyhow::Result<bool> {
    let start = String::from_utf8_lossy(reader.fill_buf()?).into_owned();
    let first = start.lines().next().unwrap_or("");
    let request_keys = ["\"reply\"", "\"record\"", "\"question\"", "\"received_at\""];
    let columns = schema.columns.iter().filter(|column| first.contains(&format!("\"{}\"", column.name))).count();
    Ok(columns >= 3 && !request_keys.iter().any(|key| first.contains(key)))
}

fn lines(engine: &Engine, args: &Args, now: &str, reader: &mut dyn BufRead) -> anyhow::Result<ExitCode> {
    let (checker, words) = engine.checker()?;
    let mut out = BufWriter::new(io::stdout().lock());
    let mut seen = Seen::default();
    let shown = if args.input.as_os_str() == "-" { "标准输入".to_owned() } else { args.input.display().to_string() };
    let mut buffer = Vec::new();
    let mut number = 0u64;
    while {
        buffer.clear();
        reader.read_until(b'\n', &mut buffer)? > 0
    } {
        number += 1;
        if buffer.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        seen.rows += 1;
        let line: Line = match serde_json::from_slice(&buffer) {
            Ok(line) => line,
            Err(error) => {
                seen.faulty += 1;
                let message = format!("{shown} 第 {number} 行不是要求的 JSON：{error}");
                fault(&mut out, args.json, &serde_json::Value::Null, "bad-json", &message)?;
                continue;
            }
        };
        let mut request = line.request;
        request.now.get_or_insert_with(|| now.to_owned());
        match checker.check(words, &request) {
            Ok(report) => {
                seen.findings += report.diagnostics.len() as u64;
                let reply = checker.text_of(&request, "reply").unwrap_or("");
                if args.json {
                    let mut value = serde_json::json!({"id": line.id, "diagnostics": report.diagnostics, "can_submit": report.can_submit, "due": report.due});
                    if args.fix {
                        value["fixed"] = apply_safe(reply, "reply", &report.diagnostics).into();
                    }
                    writeln!(out, "{value}")?;
                } else {
                    let name = if line.id.is_null() {
                        format!("第 {number} 行")
                    } else {
                        line.id.to_string().trim_matches('"').to_owned()
                    };
                    carets::print(&mut out, &name, |field| checker.text_of(&request, field), &report)?;
                    if args.fix {
                        let fixed = apply_safe(reply, "reply", &report.diagnostics);
                        if fixed != reply {
                            writeln!(out, "  已改：{fixed}\n")?;
                        }
                    }
                }
            }
            Err(error) => {
                seen.faulty += 1;
                fault(
                    &mut out,
                    args.json,
                    &line.id,
                    error.code,
                    &format!("{shown} 第 {number} 行（{}）：{}", error.field, error.message),
                )?;
            }
        }
        out.flush()?;
    }
    if !args.json {
        eprintln!("共 {} 条，{} 处问题，{} 条检查不了", seen.rows, seen.findings, seen.faulty);
    }
    Ok(seen.exit())
}

fn fault(out: &mut impl Write, json: bool, id: &serde_json::Value, code: &str, message: &str) -> io::Result<()> {
    if json {
        writeln!(out, "{}", serde_json::json!({"id": id, "diagnostics": [], "error": {"code": code, "message": message}}))
    } else {
        writeln!(out, "错误：{message}\n")
    }
}

fn one_text(engine: &Engine, args: &Args, now: &str) -> anyhow::Result<ExitCode> {
    let shown = args.input.display().to_string();
    let text = std::fs::read_to_string(&args.input).with_context(|| format!("{shown}：读不了"))?;
    let request = CheckRequest {
        channel: args.channel.clone(),
        reply: Some(text.clone()),
        now: Some(now.to_owned()),
        ..CheckRequest::default()
    };
    let report = engine.check(&request)?;
    let mut out = BufWriter::new(io::stdout().lock());
    if args.json {
        writeln!(
            out,
            "{}",
            serde_json::json!({"id": shown, "diagnostics": report.diagnostics, "can_submit": report.can_submit, "due": report.due})
        )?;
    } else {
        carets::print(&mut out, &shown, |_| Some(text.as_str()), &report)?;
    }
    if args.fix {
        let fixed = apply_safe(&text, "reply", &report.diagnostics);
        if fixed != text {
            std::fs::write(&args.input, fixed).with_context(|| format!("{shown} 写不了"))?;
        }
    }
    out.flush()?;
    Ok(Seen { rows: 1, findings: report.diagnostics.len() as u64, faulty: 0 }.exit())
}

fn whole_ledger(engine: &Engine, args: &Args, now: &str) -> anyhow::Result<ExitCode> {
    let (checker, words) = engine.checker()?;
    let schema = checker.schema();
    let mut writer = args.output.as_deref().map(|path| Writer::create(path, schema)).transpose()?;
    let mut out = BufWriter::new(io::stdout().lock());
    let mut seen = Seen::default();
    let progress = Progress::rows();
    ledger::read(&args.input, schema, &mut |row| {
        progress.step();
        seen.rows += 1;
        let checked = row.record.and_then(|record| {
            let report = checker.check_record(words, &record, Some(now)).map_err(|error| error.to_string())?;
            Ok((record, report))
        });
        let (record, report) = match checked {
            Ok(done) => done,
            Err(message) => {
                seen.faulty += 1;
                let place = format!("{} 第 {} 行：{message}", args.input.display(), row.number);
                if args.json {
                    writeln!(
                        out,
                        "{}",
                        serde_json::json!({"row": row.number, "diagnostics": [], "error": {"code": "bad-row", "message": place}})
                    )?;
                } else {
                    writeln!(out, "错误：{place}")?;
                }
                return Ok(());
            }
        };
        seen.findings += report.diagnostics.len() as u64;
        if let Some(writer) = &mut writer {
            let findings: Vec<String> =
                report.diagnostics.iter().map(|d| format!("{} {}：{}", d.code, d.field, d.message)).collect();
            writer.write(&record, &findings.join("；"))?;
        }
        if args.json {
            let id = schema.columns.first().and_then(|column| record.get(column));
            writeln!(
                out,
                "{}",
                serde_json::json!({"row": row.number, "id": id, "diagnostics": report.diagnostics, "can_submit": report.can_submit, "due": report.due})
            )?;
        } else if writer.is_none() {
            print_row(&mut out, &args.input, row.number, &record, schema, &report.diagnostics)?;
        }
        Ok(())
    })?;
    progress.finish();
    out.flush()?;
    if let Some(writer) = writer {
        writer.finish()?;
    }
    if !args.json {
        eprintln!("共 {} 行，{} 处问题，{} 行读不出", seen.rows, seen.findings, seen.faulty);
    }
    Ok(seen.exit())
}

fn print_row(
    out: &mut impl Write,
    file: &Path,
    row: u64,
    record: &Record,
    schema: &Schema,
    diagnostics: &[Diagnostic],
) -> io::Result<()> {
    for diagnostic in diagnostics {
        let text = schema.column(&diagnostic.field).and_then(|column| record.written(column)).unwrap_or("");
        let words = diagnostic.span.map_or("", |span| span.of(text));
        let quoted = if words.is_empty() { String::new() } else { format!("“{words}” ") };
        writeln!(
            out,
            "{}:{row}: {} {} {}：{quoted}{}",
            file.display(),
            carets::severity(diagnostic.severity),
            diagnostic.code,
            diagnostic.field,
            diagnostic.message
        )?;
    }
    Ok(())
}
