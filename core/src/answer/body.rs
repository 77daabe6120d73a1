//! The body of an answer: plain lines with a marker at the front, as the builder made them from Markdown.
//!
//! ```text
//! ## 办理流程        a heading
//! 1. 先登记         a step
//! · 身份证          a list item
//! | 缴费 | 最长 |   a row of a table, the first of its rows being the heads
//! 别的              a paragraph
//! ```
//!
//! One text serves search, snippets, replies and pages, so a pack holds every answer once.

use std::fmt::Write;

/// One block of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block<'a> {
    /// A heading.
    Heading(&'a str),
    /// Steps in order, with their numbers.
    Steps(Vec<(&'a str, &'a str)>),
    /// List items.
    Items(Vec<&'a str>),
    /// Rows of a table, the first being the heads.
    Table(Vec<Vec<&'a str>>),
    /// A paragraph.
    Paragraph(&'a str),
}

enum Line<'a> {
    Heading(&'a str),
    Step(&'a str, &'a str),
    Item(&'a str),
    Row(Vec<&'a str>),
    Paragraph(&'a str),
}

fn line(text: &str) -> Line<'_> {
    if let Some(heading) = text.strip_prefix("## ") {
        return Line::Heading(heading);
    }
    if let Some(item) = text.strip_prefix("· ") {
        return Line::Item(item);
    }
    if let Some(row) = text.strip_prefix("| ").and_then(|row| row.strip_suffix(" |")) {
        return Line::Row(row.split(" | ").collect());
    }
    if let Some((number, step)) = text.split_once(". ")
        && !number.is_empty()
        && number.bytes().all(|byte| byte.is_ascii_digit())
    {
        return Line::Step(number, step);
    }
    Line::Paragraph(text)
}

/// The blocks of a body, in order.
pub fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut out: Vec<Block<'_>> = Vec::new();
    for text in text.lines().filter(|line| !line.is_empty()) {
        match (line(text), out.last_mut()) {
            (Line::Step(number, step), Some(Block::Steps(steps))) => steps.push((number, step)),
            (Line::Item(item), Some(Block::Items(items))) => items.push(item),
            (Line::Row(row), Some(Block::Table(rows))) => rows.push(row),
            (Line::Step(number, step), _) => out.push(Block::Steps(vec![(number, step)])),
            (Line::Item(item), _) => out.push(Block::Items(vec![item])),
            (Line::Row(row), _) => out.push(Block::Table(vec![row])),
            (Line::Heading(heading), _) => out.push(Block::Heading(heading)),
            (Line::Paragraph(paragraph), _) => out.push(Block::Paragraph(paragraph)),
        }
    }
    out
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A body as HTML; every text of it is escaped.
pub fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let list = |out: &mut String, tag: &str, items: &mut dyn Iterator<Item = &str>| {
        let _ = write!(out, "<{tag}>");
        for item in items {
            let _ = write!(out, "<li>{}</li>", escaped(item));
        }
        let _ = write!(out, "</{tag}>");
    };
    for block in blocks(text) {
        match block {
            Block::Heading(heading) => {
                let heading = escaped(heading);
                let _ = write!(out, "<h2 id=\"{heading}\">{heading}</h2>");
            }
            Block::Steps(steps) => list(&mut out, "ol", &mut steps.into_iter().map(|(_, step)| step)),
            Block::Items(items) => list(&mut out, "ul", &mut items.into_iter()),
            Block::Table(rows) => {
                out.push_str("<table>");
                for (number, row) in rows.iter().enumerate() {
                    let tag = if number == 0 { "th" } else { "td" };
                    out.push_str(match number {
                        0 => "<thead><tr>",
                        1 => "<tbody><tr>",
                        _ => "<tr>",
                    });
                    for cell in row {
                        let _ = write!(out, "<{tag}>{}</{tag}>", escaped(cell));
                    }
                    out.push_str(if number == 0 { "</tr></thead>" } else { "</tr>" });
                }
                out.push_str(if rows.len() > 1 { "</tbody></table>" } else { "</table>" });
            }
            Block::Paragraph(paragraph) => {
                let _ = write!(out, "<p>{}</p>", escaped(paragraph));
            }
        }
    }
    out
}

/// The lines of one block as people write them in a reply.
pub fn readable_lines(block: &Block<'_>) -> Vec<String> {
    match block {
        Block::Heading(heading) => vec![format!("{heading}：")],
        Block::Steps(steps) => steps.iter().map(|(number, step)| format!("{number}. {step}")).collect(),
        Block::Items(items) => items.iter().map(|item| format!("· {item}")).collect(),
        // 满 1 年不足 5 年：12 个月. The heads only say what a reader of two columns sees anyway; wider tables keep them.
        Block::Table(rows) if rows.iter().all(|row| row.len() == 2) => rows.iter().skip(1).map(|row| row.join("：")).collect(),
        Block::Table(rows) => {
            let heads = rows.first().cloned().unwrap_or_default();
            let cells = |row: &Vec<&str>| {
                let named = row.iter().zip(&heads).skip(1).map(|(cell, head)| format!("{head} {cell}"));
                format!("{}：{}", row.first().unwrap_or(&""), named.collect::<Vec<_>>().join("，"))
            };
            rows.iter().skip(1).map(cells).collect()
        }
        Block::Paragraph(paragraph) => vec![(*paragraph).to_owned()],
    }
}

/// A body as people write it in a reply.
pub fn readable(text: &str) -> String {
    blocks(text).iter().flat_map(readable_lines).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str =
        "最长 24 个月：\n| 缴费 | 最长 |\n| 满 1 年 | 12 个月 |\n## 办理流程\n1. 登记\n2. 申领\n## 所需材料\n· 身份证<x>";

    #[test]
    fn html_is_made_of_escaped_text() {
        let page = html(BODY);
        assert_eq!(
            page,
            "<p>最长 24 个月：</p><table><thead><tr><th>缴费</th><th>最长</th></tr></thead><tbody><tr><td>满 1 年</td><td>12 个月</td></tr></tbody></table>\
             <h2 id=\"办理流程\">办理流程</h2><ol><li>登记</li><li>申领</li></ol><h2 id=\"所需材料\">所需材料</h2><ul><li>身份证&lt;x&gt;</li></ul>"
        );
    }

    #[test]
    fn a_reply_reads_like_one() {
        assert_eq!(readable(BODY), "最长 24 个月：\n满 1 年：12 个月\n办理流程：\n1. 登记\n2. 申领\n所需材料：\n· 身份证<x>");
        assert_eq!(readable("| 险种 | 部门 | 电话 |\n| 医疗 | 医保 | 12393 |"), "医疗：部门 医保，电话 12393");
    }

    #[test]
    fn a_figure_at_the_start_is_no_step() {
        assert_eq!(blocks("15 年。不满的可以补。"), [Block::Paragraph("15 年。不满的可以补。")]);
        assert_eq!(blocks("3.5 倍"), [Block::Paragraph("3.5 倍")]);
    }
}
