//! The body of a rule file: 检查什么, 为什么, 反例 and 正例. The examples are tests.

use sheda_core::rules::{CheckRequest, Record};

use crate::Problem;

/// The parts of a rule's page.
#[derive(Debug, Clone, Default)]
pub struct Body {
    /// 检查什么.
    pub what: String,
    /// 为什么.
    pub why: String,
    /// 反例: each must be reported.
    pub bad: Vec<Example>,
    /// 正例: none may be reported.
    pub good: Vec<Example>,
}

/// One example.
#[derive(Debug, Clone)]
pub struct Example {
    /// Its line in the file.
    pub line: usize,
    /// As written, for the page.
    pub text: String,
    /// What is checked.
    pub request: CheckRequest,
    /// Whether it is a ledger record.
    pub is_record: bool,
    /// What the reply must be after the first fix, if the example says so.
    pub mended: Option<String>,
}

/// Reads a body; `channel` is what an example without one is given, `records` says whether examples are ledger records.
///
/// # Errors
/// An unknown heading, a missing part, fewer than three examples of a kind.
pub fn read(file: &str, body: &str, first_line: usize, channel: Option<&str>, records: bool) -> Result<Body, Problem> {
    let mut out = Body::default();
    let mut heading = String::new();
    for (at, text) in body.lines().enumerate() {
        let line = first_line + at;
        if let Some(title) = text.strip_prefix("## ") {
            title.trim().clone_into(&mut heading);
            if !["检查什么", "为什么", "反例", "正例"].contains(&heading.as_str()) {
                return Err(Problem::new(file, line, format!("标题只能是 检查什么、为什么、反例、正例，没有“{heading}”")));
            }
            continue;
        }
        let item = text.trim_start().strip_prefix("- ").map(str::trim);
        match (heading.as_str(), item) {
            ("反例", Some(item)) => out.bad.push(example(file, line, item, channel, records)?),
            ("正例", Some(item)) => out.good.push(example(file, line, item, channel, records)?),
            ("反例" | "正例", None) if !text.trim().is_empty() => {
                return Err(Problem::new(file, line, "例子要写成以 “- ” 开头的一行"));
            }
            ("检查什么", _) => push_line(&mut out.what, text),
            ("为什么", _) => push_line(&mut out.why, text),
            _ if text.trim().is_empty() => {}
            _ => return Err(Problem::new(file, line, "正文要放在 检查什么、为什么、反例、正例 四个标题下")),
        }
    }
    for (missing, name) in [
        (out.what.trim().is_empty(), "检查什么"),
        (out.why.trim().is_empty(), "为什么"),
        (out.bad.len() < 3, "反例（至少 3 条）"),
        (out.good.len() < 3, "正例（至少 3 条）"),
    ] {
        if missing {
            return Err(Problem::new(file, 0, format!("缺少 {name}")));
        }
    }
    out.what = out.what.trim().to_owned();
    out.why = out.why.trim().to_owned();
    Ok(out)
}

fn push_line(to: &mut String, line: &str) {
    to.push_str(line);
    to.push('\n');
}

/// Reads one example: `〔网络 收 2026-09-30 复 2026-10-20〕 问：… 答：… ⇒ …`, all but the reply optional;
/// for records `栏目=值；栏目=值`.
fn example(file: &str, line: usize, item: &str, channel: Option<&str>, records: bool) -> Result<Example, Problem> {
    let mut request = CheckRequest { channel: channel.map(str::to_owned), ..CheckRequest::default() };
    let mut rest = item;
    if let Some((notes, after)) = item.strip_prefix('〔').and_then(|inner| inner.split_once('〕')) {
        rest = after.trim_start();
        let mut words = notes.split_whitespace();
        while let Some(word) = words.next() {
            let target = match word {
                "收" => &mut request.received_at,
                "复" => &mut request.replied_at,
                "今" => &mut request.now,
                "不限" => {
                    request.channel = None;
                    continue;
                }
                name => {
                    request.channel = Some(name.to_owned());
                    continue;
                }
            };
            let date = words.next().ok_or_else(|| Problem::new(file, line, format!("“{word}”后面要写日期")))?;
            *target = Some(date.to_owned());
        }
    }
    let (body, mended) = match rest.split_once('⇒') {
        Some((body, mended)) => (body.trim(), Some(unescaped(mended.trim()))),
        None => (rest, None),
    };
    let is_record = records && body.contains('=');
    if is_record {
        let mut record = Record::default();
        for part in body.split('；') {
            let (heading, value) =
                part.split_once('=').ok_or_else(|| Problem::new(file, line, format!("“{part}”要写成 栏目=值")))?;
            record.set(heading.trim(), value.trim());
        }
        if let Some(channel) = request.channel.take_if(|_| item.starts_with('〔')) {
            record.set("咨询形式", channel);
        }
        request.record = Some(record);
    } else {
        let (question, reply) = match body.strip_prefix("问：").and_then(|rest| rest.split_once("答：")) {
            Some((question, reply)) => (Some(question.trim()), reply.trim()),
            None => (None, body),
        };
        request.question = question.map(unescaped);
        request.reply = Some(unescaped(reply));
    }
    Ok(Example { line, text: item.to_owned(), request, is_record, mended })
}

/// `⏎` stands for a line break.
fn unescaped(text: &str) -> String {
    text.replace('⏎', "\n")
}
