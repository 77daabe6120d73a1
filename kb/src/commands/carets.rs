//! Findings as a compiler shows them: the line, and carets below it that fit characters of double width.

use std::io::{self, Write};

use sheda_core::rules::{CheckReport, Diagnostic, Safety, Severity};
use sheda_core::text::ByteSpan;
use unicode_width::UnicodeWidthStr;

/// The name of a severity.
pub const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "错误",
        Severity::Warning => "警告",
        Severity::Info => "提示",
    }
}

/// Most columns of a line that are shown around a finding.
const SHOWN: usize = 96;

/// Prints all findings of one report; `text_of` gives the text of a field.
///
/// # Errors
/// If the output cannot be written.
pub fn print<'t>(
    out: &mut impl Write,
    name: &str,
    text_of: impl Fn(&str) -> Option<&'t str>,
    report: &CheckReport,
) -> io::Result<()> {
    for diagnostic in &report.diagnostics {
        one(out, name, text_of(&diagnostic.field).unwrap_or(""), diagnostic)?;
    }
    Ok(())
}

fn one(out: &mut impl Write, name: &str, text: &str, diagnostic: &Diagnostic) -> io::Result<()> {
    writeln!(out, "{}[{}] {}", severity(diagnostic.severity), diagnostic.code, diagnostic.message)?;
    match diagnostic.span {
        Some(span) => {
            let (line, column, shown, mark) = excerpt(text, span);
            let gutter = " ".repeat(line.to_string().len());
            writeln!(out, "{gutter}--> {name}:{line}:{column}")?;
            writeln!(out, "{gutter} |")?;
            writeln!(out, "{line} | {shown}")?;
            writeln!(out, "{gutter} | {mark}")?;
        }
        None => writeln!(out, " --> {name}（{}）", diagnostic.field)?,
    }
    writeln!(out, "  = 依据：{}", diagnostic.source)?;
    for fix in &diagnostic.fixes {
        let safety = if fix.safety == Safety::Safe { "可自动修改" } else { "请过目" };
        let text: Vec<&str> = fix.edits.iter().map(|edit| edit.text.as_str()).filter(|text| !text.is_empty()).collect();
        let shown =
            if text.is_empty() || fix.title.contains(text[0]) { String::new() } else { format!("：{}", text.join(" … ")) };
        writeln!(out, "  = 改法（{safety}）：{}{shown}", fix.title)?;
    }
    writeln!(out)
}

/// The line that a span begins on: its number and column from 1 (in characters), the part shown, and the carets.
fn excerpt(text: &str, span: ByteSpan) -> (usize, usize, String, String) {
    let before = text.get(..span.start).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let end = text[span.start..].find('\n').map_or(text.len(), |at| span.start + at);
    let lead = &text[start..span.start];
    let marked = &text[span.start..span.end.min(end)];
    let tail = &text[span.start + marked.len()..end];
    let column = lead.chars().count() + 1;
    let room = SHOWN.saturating_sub(marked.width());
    let lead = last_columns(lead, room / 2);
    let tail = first_columns(tail, room - lead.width().min(room));
    let mark = format!("{}{}", " ".repeat(lead.width()), "^".repeat(marked.width().max(1)));
    (line, column, format!("{lead}{marked}{tail}").replace(['\t', '\r'], " "), mark)
}

/// The end of a text that fits into so many columns, with … for what is left out.
fn last_columns(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut from = text.len();
    for (at, _) in text.char_indices().rev() {
        if text[at..].width() + 2 > columns {
            break;
        }
        from = at;
    }
    format!("… {}", &text[from..]).replacen("… ", "..", 1)
}

/// The beginning of a text that fits into so many columns.
fn first_columns(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut to = 0;
    for (at, c) in text.char_indices() {
        if text[..at + c.len_utf8()].width() + 2 > columns {
            break;
        }
        to = at + c.len_utf8();
    }
    format!("{}..", &text[..to])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carets_stand_below_double_width_characters() {
        for (text, part, line, column, mark) in [
            ("您好，这事不归我管。", "不归我管", 1, 6, "          ^^^^^^^^"),
            ("ab不行", "不行", 1, 3, "  ^^^^"),
            ("第一行\n😀你好", "你", 2, 2, "  ^^"),
            ("𠤪你", "你", 1, 2, "  ^^"),
        ] {
            let start = text.find(part).expect("there");
            let got = excerpt(text, ByteSpan::new(start, start + part.len()));
            assert_eq!((got.0, got.1, got.3.as_str()), (line, column, mark), "{text}");
        }
    }

    #[test]
    fn a_long_line_is_cut_around_the_finding() {
        let text = format!("{}不行{}", "很长的话".repeat(60), "很长的话".repeat(60));
        let start = text.find("不行").expect("there");
        let (_, _, shown, mark) = excerpt(&text, ByteSpan::new(start, start + 6));
        assert!(shown.width() <= SHOWN + 4, "{}", shown.width());
        let lead = mark.trim_end_matches('^').len();
        assert_eq!(shown.find("不行").map(|at| shown[..at].width()), Some(lead));
    }
}
