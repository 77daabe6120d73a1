//! The body of an answer: Markdown → the line format of a pack, with the few checks that keep answers uniform and safe.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::Problem;

/// Headings that an answer may use.
pub const HEADINGS: [&str; 11] = [
    "办理条件",
    "办理流程",
    "所需材料",
    "办理时限",
    "办理渠道",
    "计算方法",
    "年限表",
    "举例",
    "常见误区",
    "温馨提示",
    "法律责任",
];

/// A body as it goes into a pack.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rendered {
    /// The line format of [`sheda_core::answer::blocks`]: a line a paragraph, list item or table row, with its marker.
    pub text: String,
    /// `(line of the file, text)` of every block, for checks that report lines.
    pub lines: Vec<(usize, String)>,
}

/// Renders a body that begins on line `first_line` of `file`; faults go to `problems`.
pub fn render(file: &str, body: &str, first_line: usize, problems: &mut Vec<Problem>) -> Rendered {
    let line_at = |offset: usize| first_line + body[..offset.min(body.len())].matches('\n').count();
    let mut report = |offset: usize, message: String| problems.push(Problem::new(file, line_at(offset), message));
    let mut out = Rendered::default();
    let mut block = Block::default();
    let mut first_block = true;
    let mut row: Vec<String> = Vec::new();
    // For each open list, the number of its next item; `None` for a list without numbers.
    let mut lists: Vec<Option<u64>> = Vec::new();
    for (event, range) in Parser::new_ext(body, Options::ENABLE_TABLES).into_offset_iter() {
        match &event {
            Event::Html(raw) | Event::InlineHtml(raw) => {
                report(range.start, format!("不能写原始 HTML：{}", raw.trim()));
            }
            Event::Start(Tag::Image { .. } | Tag::Link { .. }) => report(range.start, "答案里不放链接和图片".into()),
            Event::Start(Tag::Heading { level, .. }) => {
                if *level != HeadingLevel::H2 {
                    report(range.start, "标题只用二级（##）".into());
                }
                if first_block {
                    report(range.start, "第一段要直接回答问题，不能一上来就是标题".into());
                }
            }
            Event::Start(Tag::List(first)) => lists.push(*first),
            Event::Text(text) | Event::Code(text) => block.push(text),
            Event::SoftBreak | Event::HardBreak => block.push(" "),
            Event::End(end) => match end {
                TagEnd::Heading(_) => {
                    let text = block.take();
                    if !HEADINGS.contains(&text.as_str()) {
                        report(range.start, format!("标题“{text}”不在约定之内，可以用：{}", HEADINGS.join("、")));
                    }
                    out.line(line_at(range.start), "## ", text);
                }
                TagEnd::List(_) => {
                    lists.pop();
                }
                TagEnd::Item => {
                    let marker = match lists.last_mut() {
                        Some(Some(number)) => {
                            *number += 1;
                            format!("{}. ", *number - 1)
                        }
                        _ => "· ".to_owned(),
                    };
                    out.line(line_at(range.start), &marker, block.take());
                    first_block = false;
                }
                // A paragraph inside a list item is part of the item.
                TagEnd::Paragraph if !lists.is_empty() => block.push(" "),
                TagEnd::Paragraph => {
                    out.line(line_at(range.start), "", block.take());
                    first_block = false;
                }
                TagEnd::TableHead | TagEnd::TableRow => {
                    let cells = std::mem::take(&mut row);
                    out.line(line_at(range.start), "| ", cells.join(" | ") + " |");
                    first_block = false;
                }
                TagEnd::TableCell => row.push(block.take()),
                _ => {}
            },
            _ => {}
        }
    }
    if out.lines.is_empty() {
        report(0, "没有正文：请写出答案".into());
    }
    out.text.truncate(out.text.trim_end().len());
    out
}

impl Rendered {
    fn line(&mut self, line: usize, marker: &str, text: String) {
        if !text.is_empty() {
            self.text.push_str(marker);
            self.text.push_str(&text);
            self.text.push('\n');
            self.lines.push((line, text));
        }
    }
}

/// The text of one block as it is read.
#[derive(Default)]
struct Block {
    text: String,
}

impl Block {
    fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn take(&mut self) -> String {
        std::mem::take(&mut self.text).trim().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(body: &str) -> Vec<String> {
        let mut problems = Vec::new();
        render("a.md", body, 10, &mut problems);
        problems.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn markdown_becomes_lines() {
        let mut problems = Vec::new();
        let out = render(
            "a.md",
            "最长 24 个月：\n\n| 缴费 | 最长 |\n|---|---|\n| 满 1 年 | 12 个月 |\n\n## 办理流程\n\n1. 登记\n2. 申领\n",
            1,
            &mut problems,
        );
        assert_eq!(problems, []);
        assert_eq!(out.text, "最长 24 个月：\n| 缴费 | 最长 |\n| 满 1 年 | 12 个月 |\n## 办理流程\n1. 登记\n2. 申领");
        assert_eq!(out.lines[2].0, 5);
    }

    #[test]
    fn faults_have_lines() {
        for (body, expected, why) in [
            ("好。\n\n<script>x</script>\n", "a.md:12: 不能写原始 HTML", "脚本"),
            ("好 <b>粗</b>。\n", "a.md:10: 不能写原始 HTML", "行内标签"),
            ("## 办理流程\n\n1. 去\n", "a.md:10: 第一段", "答案在前"),
            ("好。\n\n## 闲话\n", "a.md:12: 标题“闲话”", "未约定的标题"),
            ("好。\n\n### 办理流程\n", "a.md:12: 标题只用二级", "三级标题"),
            ("见[这里](http://x)。\n", "a.md:10: 答案里不放链接", "链接"),
            ("\n", "a.md:10: 没有正文", "空"),
        ] {
            let found = problems(body);
            assert!(found.iter().any(|problem| problem.starts_with(expected)), "{why}: {found:?}");
        }
    }
}
