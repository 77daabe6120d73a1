//! What a text is indexed by: single characters and pairs of neighbours, with numerals in both scripts made equal.

use super::{ByteSpan, NUMERALS, is_han, numerals::parse_numeral};

/// What kind of unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitKind {
    /// One Han character.
    Han,
    /// A run of letters or digits of any other script, e.g. `12333`, `gb`, `3.5%`.
    Run,
}

/// The smallest thing that is indexed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unit {
    /// Where it stands in the normalised text.
    pub span: ByteSpan,
    /// What it is.
    pub kind: UnitKind,
}

/// The units of a normalised text in order; everything else (punctuation, spaces, emoji) separates them.
pub fn units(text: &str) -> impl Iterator<Item = Unit> + '_ {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        while let Some((start, c)) = chars.next() {
            if is_han(c) {
                return Some(Unit { span: ByteSpan::new(start, start + c.len_utf8()), kind: UnitKind::Han });
            }
            if !c.is_alphanumeric() {
                continue;
            }
            let mut end = start + c.len_utf8();
            let mut last = c;
            while let Some(&(at, next)) = chars.peek() {
                // A decimal point and a percent sign belong to the number: 3.5%.
                let decimal = next == '.'
                    && last.is_ascii_digit()
                    && text[at + 1..].chars().next().is_some_and(|after| after.is_ascii_digit());
                let percent = next == '%' && last.is_ascii_digit();
                if is_han(next) || !(next.is_alphanumeric() || decimal || percent) {
                    break;
                }
                end = at + next.len_utf8();
                last = next;
                chars.next();
            }
            return Some(Unit { span: ByteSpan::new(start, end), kind: UnitKind::Run });
        }
        None
    })
}

/// Characters that a number is counted in: after a numeral they are indexed with it in digits, 十五年 as 15年.
pub const MEASURES: &str = "年月日天岁倍个周元级次条号";

/// Calls `emit` with every unit and every pair of neighbours of a normalised text.
///
/// Those are slices of `text`. A numeral in Chinese characters before a measure is given a second time in digits (`15年`), and 百分之六十 as `60%`.
pub fn grams(text: &str, mut emit: impl FnMut(&str)) {
    let mut previous: Option<Unit> = None;
    // Start of the numeral that ends at the previous unit.
    let mut numeral: Option<usize> = None;
    for unit in units(text) {
        let token = unit.span.of(text);
        emit(token);
        let adjacent = previous.filter(|p| p.span.end == unit.span.start);
        if let Some(before) = adjacent {
            emit(&text[before.span.start..unit.span.end]);
        }
        let counts = unit.kind == UnitKind::Han && NUMERALS.contains(token);
        if let Some(start) = numeral {
            let closed = !counts || adjacent.is_none();
            if closed {
                let end = previous.map_or(start, |p| p.span.end);
                if let Some(value) = parse_numeral(&text[start..end]) {
                    if text[..start].ends_with("百分之") {
                        emit(&format!("{value}%"));
                    } else if adjacent.is_some() && MEASURES.contains(token) {
                        emit(&format!("{value}{token}"));
                    }
                }
                numeral = None;
            }
        }
        if counts && numeral.is_none() {
            numeral = Some(unit.span.start);
        }
        previous = Some(unit);
    }
    if let (Some(start), Some(last)) = (numeral, previous)
        && text[..start].ends_with("百分之")
        && let Some(value) = parse_numeral(&text[start..last.span.end])
    {
        emit(&format!("{value}%"));
    }
}

/// Splits a text into sentences, each with its closing punctuation; blank ones are left out.
pub fn sentences(text: &str) -> impl Iterator<Item = ByteSpan> + '_ {
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        while let Some((at, c)) = chars.next() {
            if !matches!(c, '。' | '！' | '？' | '；' | '!' | '?' | ';' | '\n') {
                continue;
            }
            let mut end = at + c.len_utf8();
            while let Some(&(next, closing)) = chars.peek() {
                if !matches!(closing, '”' | '’' | '」' | '』' | '）' | ')' | '"') {
                    break;
                }
                end = next + closing.len_utf8();
                chars.next();
            }
            let span = trimmed(text, start, end);
            start = end;
            if span.start < span.end {
                return Some(span);
            }
        }
        let span = trimmed(text, start, text.len());
        start = text.len();
        (span.start < span.end).then_some(span)
    })
}

fn trimmed(text: &str, start: usize, end: usize) -> ByteSpan {
    let part = &text[start..end];
    let lead = part.len() - part.trim_start().len();
    ByteSpan::new(start + lead, start + lead + part.trim().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<String> {
        let mut out = Vec::new();
        grams(text, |token| out.push(token.to_owned()));
        out
    }

    #[test]
    fn grams_are_units_and_neighbours() {
        assert_eq!(tokens("失业金"), ["失", "业", "失业", "金", "业金"]);
        assert_eq!(tokens("社保,卡"), ["社", "保", "社保", "卡"], "标点隔开");
        assert_eq!(tokens("打12333电话"), ["打", "12333", "打12333", "电", "12333电", "话", "电话"]);
        assert_eq!(tokens("3.5%"), ["3.5%"]);
        assert_eq!(tokens("😀"), Vec::<String>::new());
    }

    #[test]
    fn numerals_in_both_scripts_share_a_token() {
        for (chinese, digits) in [("满十五年", "满15年"), ("二十四个月", "24个月"), ("百分之六十", "60%"), ("六十周岁", "60周岁")]
        {
            let shared: Vec<String> = tokens(chinese).into_iter().filter(|t| t.chars().any(|c| c.is_ascii_digit())).collect();
            assert_eq!(shared.len(), 1, "{chinese}");
            assert!(tokens(digits).contains(&shared[0]), "{chinese} {shared:?} {:?}", tokens(digits));
        }
    }

    #[test]
    fn sentences_keep_their_punctuation() {
        let text = "您好。请说“不知道。”后面；\n 第二行";
        let got: Vec<&str> = sentences(text).map(|s| s.of(text)).collect();
        assert_eq!(got, ["您好。", "请说“不知道。”", "后面；", "第二行"]);
    }
}
