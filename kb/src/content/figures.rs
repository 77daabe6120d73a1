//! Every number traceable: the figures of an answer must stand in the articles that it cites, or be listed with a source.

use std::collections::HashMap;

use sheda_core::text::{Normalizer, parse_numeral};

use super::ContentFile;
use crate::Problem;
use crate::front_matter::line_of;
use crate::laws::{LawText, Laws};

/// A number with what it counts, in thousandths of the unit so that 0.5 and 半 compare exactly.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Figure {
    /// The amount × 1000.
    pub thousandths: u64,
    /// The unit, unified: 日, 工作日, 月, 年, 岁, 倍, 元, %, ‰, ‱, 小时, 分钟, 秒.
    pub unit: &'static str,
    /// How it stands in the text.
    pub text: String,
}

/// Unit as written → unified unit; longer spellings first.
const UNITS: [(&str, &str); 20] = [
    ("个工作日", "工作日"),
    ("工作日", "工作日"),
    ("个月", "月"),
    ("周年", "年"),
    ("周岁", "岁"),
    ("小时", "小时"),
    ("分钟", "分钟"),
    ("万元", "万元"),
    ("天", "日"),
    ("日", "日"),
    ("月", "月"),
    ("年", "年"),
    ("岁", "岁"),
    ("倍", "倍"),
    ("元", "元"),
    ("%", "%"),
    ("‰", "‰"),
    ("‱", "‱"),
    ("秒", "秒"),
    ("个日", "日"),
];

/// All figures of a text, in order. Dates, document numbers and article numbers are not figures.
pub fn figures(text: &str) -> Vec<Figure> {
    let chars = joined(text);
    let mut out = Vec::new();
    let mut at = 0;
    // Numbers of a range (3至12个月) that still wait for their unit.
    let mut waiting: Vec<(u64, String)> = Vec::new();
    while at < chars.len() {
        if let Some(end) = skipped(&chars, at) {
            at = end;
            waiting.clear();
            continue;
        }
        if chars[at] == '半' && chars.get(at + 1) == Some(&'年') {
            out.push(Figure { thousandths: 6000, unit: "月", text: "半年".into() });
            at += 2;
            continue;
        }
        // 百分之…, 千分之…, 万分之…
        let part = ["百分之", "千分之", "万分之"].iter().position(|prefix| starts_with(&chars, at, prefix));
        let start = if part.is_some() { at + 3 } else { at };
        let Some((amount, end)) = number(&chars, start) else {
            if !matches!(chars[at], '至' | '到' | '—' | '–' | '-' | '~' | '、' | '或' | '者') {
                waiting.clear();
            }
            at += 1;
            continue;
        };
        let shown: String = chars[at..end].iter().collect();
        if let Some(part) = part {
            out.push(Figure { thousandths: amount, unit: ["%", "‰", "‱"][part], text: shown });
            at = end;
            waiting.clear();
            continue;
        }
        match UNITS.iter().find(|(written, _)| starts_with(&chars, end, written)) {
            Some(&(written, unit)) => {
                let (amount, unit) = if unit == "万元" { (amount * 10_000, "元") } else { (amount, unit) };
                for (earlier, text) in waiting.drain(..) {
                    let earlier = if written == "万元" { earlier * 10_000 } else { earlier };
                    out.push(Figure { thousandths: earlier, unit, text: format!("{text}{written}") });
                }
                at = end + written.chars().count();
                out.push(Figure { thousandths: amount, unit, text: format!("{shown}{written}") });
            }
            None => {
                waiting.push((amount, shown));
                at = end;
            }
        }
    }
    out
}

/// The normalised characters without the spaces and thousands separators inside numbers: 20 个工作日, 3,000元.
fn joined(text: &str) -> Vec<char> {
    let original: Vec<char> = text.chars().collect();
    let digit = |at: Option<usize>| at.and_then(|at| original.get(at)).is_some_and(char::is_ascii_digit);
    let normalizer = Normalizer::default();
    let mut out = Vec::with_capacity(original.len());
    for (at, &c) in original.iter().enumerate() {
        let between = digit(at.checked_sub(1)) && digit(Some(at + 1));
        let dropped = (c == ' ' && !between) || (c == ',' && between);
        if !dropped {
            out.extend(normalizer.character(c));
        }
    }
    out
}

fn starts_with(chars: &[char], at: usize, text: &str) -> bool {
    text.chars().enumerate().all(|(offset, c)| chars.get(at + offset) == Some(&c))
}

fn is_numeral(c: char) -> bool {
    sheda_core::text::NUMERALS.contains(c)
}

/// A number in digits (with decimals or 万) or Chinese characters: thousandths and where it ends.
fn number(chars: &[char], at: usize) -> Option<(u64, usize)> {
    let first = *chars.get(at)?;
    if first.is_ascii_digit() {
        let mut end = at;
        let mut decimals = None;
        let mut value = 0u64;
        while let Some(&c) = chars.get(end) {
            if let Some(digit) = c.to_digit(10) {
                value = value.checked_mul(10)?.checked_add(u64::from(digit))?;
                decimals = decimals.map(|count| count + 1);
            } else if c == '.' && decimals.is_none() && chars.get(end + 1).is_some_and(char::is_ascii_digit) {
                decimals = Some(0u32);
            } else {
                break;
            }
            end += 1;
        }
        let mut thousandths = value.checked_mul(1000)? / 10u64.checked_pow(decimals.unwrap_or(0))?;
        if chars.get(end) == Some(&'万') && chars.get(end + 1) != Some(&'分') {
            thousandths = thousandths.checked_mul(10_000)?;
            end += 1;
        }
        return Some((thousandths, end));
    }
    if !is_numeral(first) {
        return None;
    }
    let mut end = at;
    while chars.get(end).copied().is_some_and(is_numeral)
        && !starts_with(chars, end, "万分")
        && !starts_with(chars, end, "千分")
        && !starts_with(chars, end, "百分")
    {
        end += 1;
    }
    let text: String = chars[at..end].iter().collect();
    Some((parse_numeral(&text)?.checked_mul(1000)?, end))
}

/// Where a date, an article number or a document number that begins here ends.
fn skipped(chars: &[char], at: usize) -> Option<usize> {
    let digits =
        |from: usize| chars[from.min(chars.len())..].iter().take_while(|c| c.is_ascii_digit() || is_numeral(**c)).count();
    if chars[at] == '〔' {
        return chars[at..].iter().position(|&c| c == '号').map(|length| at + length + 1);
    }
    if chars[at] == '第' {
        // 第四十六条 and 第2档 are names; 第15日 is a time.
        let count = digits(at + 1);
        let named =
            matches!(chars.get(at + 1 + count), Some('条' | '款' | '项' | '章' | '节' | '档' | '号' | '次' | '部' | '年' | '个'));
        return (count > 0 && named).then_some(at + 2 + count);
    }
    let count = digits(at);
    if count == 0 {
        return None;
    }
    let word: String = chars[at..at + count].iter().collect();
    let after = at + count;
    let is_year = word.chars().count() == 4 && word.chars().all(|c| c.is_ascii_digit() || !"十百千万".contains(c));
    let mut end = None;
    if is_year && matches!(chars.get(after), Some('年' | '-')) {
        end = Some(after + 1);
    } else if chars.get(after) == Some(&'月') {
        // A month of the year only if a day follows: 7月1日; otherwise a number of months.
        let days = digits(after + 1);
        return (days > 0 && chars.get(after + 1 + days) == Some(&'日')).then_some(after + 2 + days);
    }
    let mut end = end?;
    for unit in ['月', '日'] {
        let count = digits(end);
        if count > 0 && matches!(chars.get(end + count), Some(c) if *c == unit || *c == '-') {
            end += count + 1;
        } else if count > 0 && unit == '日' && chars.get(end - 1) == Some(&'-') {
            end += count;
        }
    }
    Some(end)
}

/// The forms in which a figure may stand in a law: 1年 is also 12个月.
fn forms(figure: &Figure) -> Vec<(u64, &'static str)> {
    let mut forms = vec![(figure.thousandths, figure.unit)];
    match figure.unit {
        "年" => forms.push((figure.thousandths * 12, "月")),
        "月" if figure.thousandths.is_multiple_of(12_000) => forms.push((figure.thousandths / 12, "年")),
        _ => {}
    }
    forms
}

/// Checks the figures of answers against the articles they cite. `texts` has the law texts that are at hand, by title.
pub fn check_figures(files: &[ContentFile], laws: &Laws, texts: &HashMap<String, LawText>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for file in files {
        let mut known = std::collections::HashSet::new();
        for basis in &file.front.basis.value {
            let Some(text) = texts.get(&basis.law.value) else { continue };
            for article in basis.all_articles() {
                match text.article(article) {
                    Some(article) => known.extend(figures(article).iter().flat_map(forms)),
                    // A text that is only part of a law (民法典 总则编) is no evidence that the article is missing.
                    None if laws.get(&basis.law.value).is_some_and(|law| law.articles.map(usize::from) == Some(text.len())) => {
                        problems.push(Problem::new(
                            &file.file,
                            line_of(&basis.law.referenced),
                            format!("《{}》的文本里找不到第 {article} 条", basis.law.value),
                        ));
                    }
                    None => {}
                }
            }
        }
        for entry in &file.front.figures {
            let listed = figures(&entry.value.value);
            let line = line_of(&entry.value.referenced);
            if listed.is_empty() {
                problems.push(Problem::new(&file.file, line, format!("figures 的 value 要带单位：{}", entry.value.value)));
            }
            if entry.source.trim().is_empty() {
                problems.push(Problem::new(&file.file, line, "figures 要写 source"));
            }
            known.extend(listed.iter().flat_map(forms));
        }
        let title = (line_of(&file.front.title.referenced), file.front.title.value.clone());
        for (line, text) in std::iter::once(&title).chain(&file.rendered.lines) {
            for figure in figures(text) {
                if !forms(&figure).iter().any(|form| known.contains(form)) {
                    problems.push(Problem::new(
                        &file.file,
                        *line,
                        format!("“{}”不在所引条文里，也没有列入 figures", figure.text),
                    ));
                }
            }
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::figures;

    fn found(text: &str) -> Vec<String> {
        figures(text).iter().map(|f| format!("{}{}", f.thousandths as f64 / 1000.0, f.unit)).collect()
    }

    #[test]
    fn figures_in_both_scripts() {
        for (text, expected) in [
            ("自用工之日起三十日内", vec!["30日"]),
            ("20 个工作日", vec!["20工作日"]),
            ("百分之六十，万分之五，千分之二", vec!["60%", "5‱", "2‰"]),
            ("5% 或 0.5%", vec!["5%", "0.5%"]),
            ("暂停3至12个月", vec!["3月", "12月"]),
            ("一倍以上三倍以下", vec!["1倍", "3倍"]),
            ("五百元以上三千元以下", vec!["500元", "3000元"]),
            ("1.5 万元，3万元", vec!["15000元", "30000元"]),
            ("满六十周岁", vec!["60岁"]),
            ("半年内", vec!["6月"]),
            ("2011年7月1日起施行", vec![]),
            ("2025-01-01", vec![]),
            ("7月1日至10月", vec!["10月"]),
            ("第四十六条第二款", vec![]),
            ("国发〔2026〕11号", vec![]),
            ("第15日", vec!["15日"]),
            ("2030年1月1日起提高到20年", vec!["20年"]),
            ("十五年", vec!["15年"]),
            ("3,000 元", vec!["3000元"]),
            ("GB/T 27768-2011，2011年12月30日发布", vec![]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }
}
