//! Reads patterns as rule authors write them. Build time only.
//!
//! | 写法 | 意思 |
//! |---|---|
//! | `不知道` | 这几个字 |
//! | `[你\|您]` | 其中之一 |
//! | `的?` `[了\|过]?` | 前面的字、前面的方括号可有可无（全角“？”是问号本身） |
//! | `…` | 同一句里隔 0–10 个字；`…4` 隔 0–4 个字 |
//! | `~` | 同一分句（不过逗号）里隔 0–6 个字；`~3` 隔 0–3 个字 |
//! | `#` | 一个数；`#(>24)` `#(<15)` `#(=2)` `#(!=98,15)` 对数值的要求 |
//! | `，` | 可有可无的标点或空格 |
//! | `^` `$` | 分句的开头、结尾 |
//!
//! In brackets these signs mean the same: `[第#条|规定]`. Such a pattern is written out into one for each alternative.

use super::pattern::{NumberTest, Part, Pattern};
use crate::text::Normalizer;

/// Only matches this short can be part of other words by accident (不行 in 不行使); longer ones are not looked at word by word.
const SHORT: usize = 2;
const DEFAULT_GAP: u8 = 10;
const DEFAULT_CLAUSE_GAP: u8 = 6;

/// A pattern that cannot be read: what is wrong, in the author's words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("写法“{pattern}”读不懂：{reason}")]
pub struct PatternError {
    /// The pattern as written.
    pub pattern: String,
    /// What is wrong with it.
    pub reason: String,
}

/// Most patterns that one with signs in its brackets may stand for.
const MOST_WRITTEN_OUT: usize = 64;

/// Reads a pattern, written out where signs stand in brackets; `words` says whether the ends of a short one must lie between words.
///
/// # Errors
/// As [`parse`]; and if it stands for more than 64 patterns.
pub fn parse_all(source: &str, words: bool, normalizer: &Normalizer) -> Result<Vec<Pattern>, PatternError> {
    let fail = |reason: &str| PatternError { pattern: source.to_owned(), reason: reason.to_owned() };
    let mut left = vec![source.to_owned()];
    let mut patterns = Vec::new();
    while let Some(next) = left.pop() {
        match write_out(&next) {
            Some(variants) => left.extend(variants.into_iter().rev()),
            None => {
                patterns.push(parse(&next, words, normalizer).map_err(|error| fail(&error.reason))?);
                if patterns.len() > MOST_WRITTEN_OUT {
                    return Err(fail("方括号里的 # … ~ ^ $ 展开后太多，请分成几条写"));
                }
            }
        }
    }
    Ok(patterns)
}

/// The variants of the first bracket that has signs in it: one with its plain alternatives, one for each other. `None` if there is none.
fn write_out(source: &str) -> Option<Vec<String>> {
    let mut from = 0;
    while let Some(start) = source[from..].find('[').map(|at| from + at) {
        let end = start + source[start..].find(']')?;
        from = end + 1;
        let escaped = source[..start].chars().rev().take_while(|&c| c == '\\').count() % 2 == 1;
        let (signs, plain): (Vec<&str>, Vec<&str>) =
            source[start + 1..end].split('|').partition(|text| text.contains(['#', '…', '~', '^', '$']));
        if escaped || signs.is_empty() {
            continue;
        }
        let (before, mut after) = (&source[..start], &source[end + 1..]);
        let mut variants: Vec<String> = Vec::new();
        let optional = after.strip_prefix('?');
        if let Some(rest) = optional {
            after = rest;
        }
        if !plain.is_empty() {
            let mark = if optional.is_some() { "?" } else { "" };
            variants.push(format!("{before}[{}]{mark}{after}", plain.join("|")));
        } else if optional.is_some() {
            variants.push(format!("{before}{after}"));
        }
        variants.extend(signs.iter().map(|text| format!("{before}{text}{after}")));
        return Some(variants);
    }
    None
}

/// Reads one pattern; `words` says whether the ends of a short one must lie between words.
///
/// # Errors
/// If brackets do not close, a number test cannot be read, or no part is certain enough to look up.
pub fn parse(source: &str, words: bool, normalizer: &Normalizer) -> Result<Pattern, PatternError> {
    let fail = |reason: &str| PatternError { pattern: source.to_owned(), reason: reason.to_owned() };
    let mut parts: Vec<Part> = Vec::new();
    let mut literal = String::new();
    let mut chars = source.trim().chars().peekable();
    let flush = |literal: &mut String, parts: &mut Vec<Part>| {
        if !literal.is_empty() {
            parts.push(Part::Any(vec![std::mem::take(literal)]));
        }
    };
    while let Some(c) = chars.next() {
        if c == '\\' {
            literal.extend(chars.next().and_then(|next| normalizer.character(next)));
            continue;
        }
        if c == '?'
            && let Some(optional) = literal.pop()
        {
            flush(&mut literal, &mut parts);
            parts.push(Part::Any(vec![optional.to_string(), String::new()]));
            continue;
        }
        if !matches!(c, '[' | '…' | '~' | '#' | '，' | '^' | '$' | ']') {
            literal.extend(normalizer.character(c));
            continue;
        }
        flush(&mut literal, &mut parts);
        match c {
            '[' => {
                let mut body = String::new();
                loop {
                    match chars.next() {
                        Some(']') => break,
                        Some('[') => return Err(fail("方括号里不能再套方括号")),
                        Some(inner) => body.push(inner),
                        None => return Err(fail("方括号没有合上")),
                    }
                }
                let mut texts: Vec<String> = body.split('|').map(|text| normalizer.normalize(text).text).collect();
                if chars.next_if_eq(&'?').is_some() {
                    texts.push(String::new());
                }
                // Longer texts first, so that 不知道的 is tried before 不知道.
                texts.sort_by_key(|text| std::cmp::Reverse(text.len()));
                texts.dedup();
                parts.push(Part::Any(texts));
            }
            ']' => return Err(fail("多了一个右方括号")),
            '…' => {
                while chars.next_if_eq(&'…').is_some() {}
                parts.push(Part::Gap { max: digits(&mut chars).unwrap_or(DEFAULT_GAP), clause: false });
            }
            '~' => parts.push(Part::Gap { max: digits(&mut chars).unwrap_or(DEFAULT_CLAUSE_GAP), clause: true }),
            '#' => {
                let mut test = NumberTest::Any;
                if chars.next_if_eq(&'(').is_some() {
                    let mut body = String::new();
                    loop {
                        match chars.next() {
                            Some(')') => break,
                            Some(inner) => body.push(inner),
                            None => return Err(fail("数的要求没有右括号")),
                        }
                    }
                    test = number_test(&body).ok_or_else(|| fail("数的要求要写成 (>24) (<15) (=2,3) (!=98)"))?;
                }
                parts.push(Part::Number(test));
            }
            '，' => {
                // It may be missing anyway.
                chars.next_if_eq(&'?');
                parts.push(Part::Pause);
            }
            '^' => parts.push(Part::ClauseStart),
            _ => parts.push(Part::ClauseEnd),
        }
    }
    flush(&mut literal, &mut parts);
    let words = words && shortest(&parts) <= SHORT;
    let pattern = Pattern::new(parts, words);
    if pattern.keys().is_empty() { Err(fail("没有一处确定的文字，无从查找")) } else { Ok(pattern) }
}

/// How many characters of text the shortest match has.
fn shortest(parts: &[Part]) -> usize {
    let length = |part: &Part| match part {
        Part::Any(texts) => texts.iter().map(|text| text.chars().count()).min().unwrap_or(0),
        _ => 0,
    };
    parts.iter().map(length).sum()
}

fn digits(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Option<u8> {
    let mut value: Option<u8> = None;
    while let Some(digit) = chars.peek().and_then(|c| c.to_digit(10)) {
        value = Some(value.unwrap_or(0).saturating_mul(10).saturating_add(digit as u8));
        chars.next();
    }
    value
}

fn number_test(body: &str) -> Option<NumberTest> {
    let list = |text: &str| text.split(',').map(|part| part.trim().parse().ok()).collect::<Option<Vec<f64>>>();
    if let Some(rest) = body.strip_prefix("!=") {
        return list(rest).map(NumberTest::Not);
    }
    if let Some(rest) = body.strip_prefix('=') {
        return list(rest).map(NumberTest::Is);
    }
    if let Some(rest) = body.strip_prefix('>') {
        return rest.trim().parse().ok().map(NumberTest::Over);
    }
    body.strip_prefix('<')?.trim().parse().ok().map(NumberTest::Under)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::ByteSpan;

    fn found<'t>(pattern: &str, text: &'t str) -> Option<&'t str> {
        let pattern = parse(pattern, false, &Normalizer::default()).expect("a sound pattern");
        pattern.find(text, ByteSpan::new(0, text.len())).map(|span| span.of(text))
    }

    #[test]
    fn patterns_match() {
        for (pattern, text, expected, why) in [
            ("不知道", "我不知道啊", Some("不知道"), "文字"),
            ("[你|您]懂不懂", "那您懂不懂?", Some("您懂不懂"), "选择"),
            ("难道…[吗|么]", "难道您不会看吗?", Some("难道您不会看吗"), "间隔"),
            ("难道…[吗|么]", "难道不行。好吗", None, "间隔不过句号"),
            ("难道~[吗|么]", "难道不行,好吗", None, "分句间隔不过逗号"),
            ("不是…4了吗", "不是告诉你了吗", Some("不是告诉你了吗"), "限定字数"),
            ("不是…2了吗", "不是告诉过你了吗", None, "超出字数"),
            ("不归我[们]?管", "这不归我管", Some("不归我管"), "可有可无"),
            ("来了?吧?$", "来吧", Some("来吧"), "一个字可有可无"),
            ("走吗？", "走吗?", Some("走吗?"), "问号本身"),
            ("急什么，没看", "急什么,没看", Some("急什么,没看"), "标点"),
            ("急什么，没看", "急什么没看", Some("急什么没看"), "没有标点"),
            ("最长#(>24)个月", "最长36个月", Some("最长36个月"), "数大于"),
            ("最长#(>24)个月", "最长二十四个月", None, "汉字数不大于"),
            ("最长#(>24)个月", "最长三十六个月", Some("最长三十六个月"), "汉字数大于"),
            ("#(!=98)天产假", "享受128天产假", Some("128天产假"), "倒着找数"),
            ("#(!=98)天产假", "享受98天产假", None, "数相等"),
            ("^不行", "这样,不行", Some("不行"), "分句开头"),
            ("^不行", "这不行", None, "不在分句开头"),
            ("不行$", "不行!", Some("不行"), "分句结尾"),
            ("不行$", "不行的", None, "不在分句结尾"),
            ("\\…好", "…好", Some("…好"), "转义"),
        ] {
            assert_eq!(found(pattern, text), expected, "{why}：{pattern} 对 {text}");
        }
    }

    #[test]
    fn signs_in_brackets_mean_what_they_mean_outside() {
        let any = |pattern: &str, text: &str| {
            let patterns = parse_all(pattern, false, &Normalizer::default()).expect("a sound pattern");
            patterns.iter().any(|pattern| pattern.find(text, ByteSpan::new(0, text.len())).is_some())
        };
        for (pattern, text, expected) in [
            ("[第#条|规定]的情形", "第十五条的情形", true),
            ("[第#条|规定]的情形", "规定的情形", true),
            ("[第#条|规定]的情形", "第条的情形", false),
            ("收[#元|#(>10)块|费]", "收5元", true),
            ("收[#元|#(>10)块|费]", "收5块", false),
            ("打印[每张#元]?收费", "打印收费", true),
            ("打印[每张#元]?收费", "打印每张5元收费", true),
            ("真是的[$|，别]", "真是的,别问", true),
            ("真是的[$|，别]", "真是的吧", false),
        ] {
            assert_eq!(any(pattern, text), expected, "{pattern} 对 {text}");
        }
        let many = "[#元|#块]".repeat(7);
        assert!(parse_all(&format!("收{many}"), false, &Normalizer::default()).is_err_and(|error| error.reason.contains("太多")));
    }

    #[test]
    fn faults_are_explained() {
        for (pattern, part) in [
            ("[你|您", "没有合上"),
            ("…吗…", ""),
            ("#个", ""),
            ("…#…", "没有一处"),
            ("", "没有一处"),
            ("#(x)个月", "数的要求"),
            ("好]", "右方括号"),
        ] {
            match parse(pattern, false, &Normalizer::default()) {
                Err(error) => assert!(!part.is_empty() && error.reason.contains(part), "{error}"),
                Ok(_) => assert!(part.is_empty(), "{pattern}"),
            }
        }
    }
}
