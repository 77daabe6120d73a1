//! `sheda rules`: the list of rules, or the page of one.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use sheda_core::Engine;
use sheda_core::rules::RulePage;

use crate::pack_location;

/// 列出质检规则；写上编号看那一条的说明
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 规则编号，如 W101
    pub code: Option<String>,
    /// 知识包文件，不写则用全国知识包
    #[arg(long)]
    pub pack: Option<PathBuf>,
    /// 输出 JSON
    #[arg(long)]
    pub json: bool,
    /// 只看这个类别，如 W1
    #[arg(long)]
    pub family: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// If the pack cannot be opened or there is no such rule.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let engine = Engine::open(pack_location::read(args.pack.as_ref())?)?;
    let ((checker, _), pages) = (engine.checker()?, engine.rules()?);
    let severity = |page: &RulePage| {
        let own = checker.book().rule(&page.code).map(|rule| rule.severity);
        own.and_then(|own| checker.profile().severity_of(&page.code, &page.family, own))
    };
    let mut out = io::BufWriter::new(io::stdout().lock());
    if let Some(code) = &args.code {
        let Some(page) = pages.iter().find(|page| page.code.eq_ignore_ascii_case(code) || page.name == *code) else {
            anyhow::bail!("没有 {code} 这条规则；sheda rules 列出全部");
        };
        if args.json {
            writeln!(out, "{}", serde_json::json!(page))?
        } else {
            write!(out, "{}", text(page))?
        }
        out.flush()?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut family = "";
    for page in pages.iter().filter(|page| args.family.as_ref().is_none_or(|wanted| page.family.eq_ignore_ascii_case(wanted))) {
        if args.json {
            writeln!(out, "{}", serde_json::json!(page))?;
            continue;
        }
        if page.family != family {
            writeln!(out, "\n{} {}", page.family, page.family_title)?;
            family = &page.family;
        }
        let state = severity(page).map_or("已关", |severity| match severity {
            sheda_core::rules::Severity::Error => "错误",
            sheda_core::rules::Severity::Warning => "警告",
            sheda_core::rules::Severity::Info => "提示",
        });
        writeln!(out, "  {}  {state}  {}  （{}）", page.code, page.title, page.name)?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// A page as plain text.
fn text(page: &RulePage) -> String {
    let channels = if page.channels.is_empty() { "全部".to_owned() } else { page.channels.join("、") };
    let mut out = format!(
        "{} {}（{}）\n类别：{} {}　轻重：{}　服务形式：{channels}\n依据：{}\n\n检查什么\n  {}\n\n为什么\n  {}\n",
        page.code, page.title, page.name, page.family, page.family_title, page.severity, page.source, page.what, page.why
    );
    for (title, examples) in [("反例", &page.bad), ("正例", &page.good)] {
        out.push_str(&format!("\n{title}\n"));
        for example in examples {
            out.push_str(&format!("  - {example}\n"));
        }
    }
    if let Some(answer) = &page.answer {
        out.push_str(&format!("\n正确说法见答案：{answer}\n"));
    }
    out
}
