//! A Markdown file with YAML front matter: splitting the two and reading the front matter into a typed value.

use serde::de::DeserializeOwned;

use crate::Problem;

/// The two parts of a source file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts<'a> {
    /// The YAML between the two `---` lines. Its first line is line 2 of the file.
    pub front: &'a str,
    /// Everything after the closing `---` line.
    pub body: &'a str,
    /// The line of the file on which `body` begins, counted from 1.
    pub body_line: usize,
}

/// Splits a source file into front matter and body.
///
/// # Errors
/// If the file does not begin with `---` or the front matter never ends.
pub fn split<'a>(file: &str, source: &'a str) -> Result<Parts<'a>, Problem> {
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    let rest = source
        .strip_prefix("---\n")
        .or_else(|| source.strip_prefix("---\r\n"))
        .ok_or_else(|| Problem::new(file, 1, "文件要以一行 --- 开头，接着写 id、title 等信息（front matter）"))?;
    let mut at = 0;
    for (line, text) in (2..).zip(rest.split_inclusive('\n')) {
        if text.trim_end() == "---" {
            return Ok(Parts { front: &rest[..at], body: &rest[at + text.len()..], body_line: line + 1 });
        }
        at += text.len();
    }
    Err(Problem::new(file, 1, "开头的信息没有结束：请在信息之后加一行 ---"))
}

/// Reads YAML front matter into `T`; fields of type [`serde_saphyr::Spanned`] know their line.
///
/// # Errors
/// A problem with the file's line: not YAML, an unknown or missing key, a value of the wrong type.
pub fn parse<T: DeserializeOwned>(file: &str, parts: &Parts<'_>) -> Result<T, Problem> {
    serde_saphyr::from_str(parts.front).map_err(|error| {
        let line = error.location().map_or(1, |location| line_of(&location));
        let text = error.without_snippet().to_string();
        Problem::new(file, line, explain(&text))
    })
}

/// The line of the file at which a front-matter value stands.
pub fn line_of(location: &serde_saphyr::Location) -> usize {
    location.line() as usize + 1
}

/// Puts the common messages of the YAML reader into an editor's words and keeps the original.
fn explain(text: &str) -> String {
    let first = text.lines().next().unwrap_or(text);
    if first.contains("unknown field") {
        format!("有不认识的键：{first}")
    } else if first.contains("missing field") {
        format!("缺少必填的键：{first}")
    } else if first.contains("duplicate") {
        format!("同一个键写了两次：{first}")
    } else {
        format!("信息读不出来：{first}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code)]
    struct Front {
        id: serde_saphyr::Spanned<String>,
        title: String,
    }

    fn read(source: &str) -> Result<Front, Problem> {
        split("a.md", source).and_then(|parts| parse("a.md", &parts))
    }

    #[test]
    fn parts_and_lines() {
        let parts = split("a.md", "---\nid: a\ntitle: b\n---\n正文\n").expect("well-formed");
        assert_eq!(parts, Parts { front: "id: a\ntitle: b\n", body: "正文\n", body_line: 5 });
        let front = read("---\ntitle: b\nid: a\n---\n").expect("well-formed");
        assert_eq!(line_of(&front.id.referenced), 3);
    }

    #[test]
    fn faults_name_the_line() {
        for (source, line, part) in [
            ("正文", 1, "---"),
            ("---\nid: a\n", 1, "没有结束"),
            ("---\nid: a\ntitle: b\ncolour: c\n---\n", 4, "不认识的键"),
            ("---\nid: a\n---\n", 2, "缺少必填的键"),
            ("---\nid: a\ntitle: b\nid: c\n---\n", 4, "写了两次"),
            ("---\nid: [a\ntitle: b\n---\n", 2, "读不出来"),
        ] {
            let problem = read(source).expect_err(source);
            assert!(problem.message.contains(part), "{source:?}: {problem}");
            assert!(problem.line.abs_diff(line) <= 1, "{source:?}: {problem}");
        }
    }
}
