//! Normalisation: full width → half width, upper → lower case, traditional → simplified, invisible characters dropped.
//!
//! Every step maps one character to one character or to none, so an offset in the normalised text always belongs to
//! one character of the original.

use super::{ByteSpan, is_han};

/// Normalises text; holds the pack's table of character variants, e.g. 險 → 险.
#[derive(Debug, Clone, Default)]
pub struct Normalizer {
    /// The plain form of each character from U+4E00 on, 0 where it is its own: one load a character, since every text
    /// that is indexed or searched goes through here.
    plain: Vec<u16>,
}

const FIRST_HAN: u32 = 0x4e00;
const LAST_HAN: u32 = 0x9fff;

/// A normalised text and where each of its bytes came from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Normalized {
    /// The normalised text.
    pub text: String,
    /// For each byte of `text`, the byte in the original at which its character starts; one more entry for the end.
    origin: Vec<u32>,
}

impl Normalizer {
    /// A normaliser that also maps `variants` (variant character, plain character); characters outside U+4E00–9FFF are ignored.
    pub fn new(variants: impl IntoIterator<Item = (char, char)>) -> Self {
        let han = FIRST_HAN..=LAST_HAN;
        let mut plain = vec![0; (LAST_HAN - FIRST_HAN + 1) as usize];
        for (variant, simple) in variants {
            if han.contains(&u32::from(variant)) && han.contains(&u32::from(simple)) {
                plain[(u32::from(variant) - FIRST_HAN) as usize] = u32::from(simple) as u16;
            }
        }
        Self { plain }
    }

    /// Parses the pack's table: pairs of characters, one after another, e.g. `險险勞劳`.
    pub fn from_pairs(pairs: &str) -> Self {
        let mut chars = pairs.chars();
        Self::new(std::iter::from_fn(|| Some((chars.next()?, chars.next()?))))
    }

    /// The plain form of one character; `None` for a character that is dropped.
    #[inline]
    pub fn character(&self, c: char) -> Option<char> {
        // Most characters of any text are of this block.
        match u32::from(c).checked_sub(FIRST_HAN).and_then(|at| self.plain.get(at as usize)) {
            Some(0) => Some(c),
            Some(&plain) => char::from_u32(u32::from(plain)),
            None => other(c),
        }
    }

    /// The code of the plain form of a character of the block from U+4E00 on, given its code.
    #[inline]
    pub fn plain_han(&self, code: u32) -> u32 {
        match code.checked_sub(FIRST_HAN).and_then(|at| self.plain.get(at as usize)) {
            Some(&plain) if plain != 0 => u32::from(plain),
            _ => code,
        }
    }

    /// Normalises `text`, remembering where each byte came from.
    pub fn normalize(&self, text: &str) -> Normalized {
        let mut out = Normalized { text: String::with_capacity(text.len()), origin: Vec::with_capacity(text.len() + 1) };
        for (at, c) in text.char_indices() {
            if let Some(plain) = self.character(c) {
                out.text.push(plain);
                out.origin.resize(out.text.len(), at as u32);
            }
        }
        out.origin.push(text.len() as u32);
        out
    }

    /// Normalises `text` into `out` without offsets, for indexing and queries.
    pub fn normalize_into(&self, text: &str, out: &mut String) {
        out.clear();
        out.reserve(text.len());
        out.extend(text.chars().filter_map(|c| self.character(c)));
    }
}

/// Whether a character is part of a word or a number.
fn in_word(c: char) -> bool {
    c.is_alphanumeric() || c == '%'
}

/// The plain form of a character outside the table.
fn other(c: char) -> Option<char> {
    match c {
        '\n' => Some('\n'),
        '\u{3000}' | '\u{a0}' | '\t' | '\r' | '\u{2000}'..='\u{200a}' => Some(' '),
        // Zero-width and direction marks, variation selectors, soft hyphen, control characters.
        '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{ad}' => None,
        '\u{ff01}'..='\u{ff5e}' => {
            let half = char::from((c as u32 - 0xff01 + 0x21) as u8);
            Some(half.to_ascii_lowercase())
        }
        'A'..='Z' => Some(c.to_ascii_lowercase()),
        '\0'..='\x7f' if c.is_control() => None,
        '\0'..='\x7f' => Some(c),
        _ => Some(c),
    }
}

impl Normalized {
    /// Without the spaces that typographers set between Chinese and figures or letters: 领 24 个月 is 领24个月.
    ///
    /// Spaces between figures stay, they may part two numbers; so do spaces between Han characters, where people put them for commas.
    #[must_use]
    pub fn closed_up(self) -> Self {
        if !self.text.contains(' ') {
            return self;
        }
        let mut out = Self { text: String::with_capacity(self.text.len()), origin: Vec::with_capacity(self.origin.len()) };
        let joins = |before: char, after: char| is_han(before) != is_han(after) && [before, after].into_iter().all(in_word);
        let mut before = None;
        let mut chars = self.text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            if c == ' ' {
                let after = self.text[at..].trim_start_matches(' ').chars().next();
                if before.zip(after).is_some_and(|(before, after)| joins(before, after)) {
                    while chars.next_if(|&(_, next)| next == ' ').is_some() {}
                    continue;
                }
            }
            out.text.push(c);
            out.origin.extend(self.origin.iter().skip(at).take(c.len_utf8()));
            before = Some(c);
        }
        out.origin.extend(self.origin.last());
        out
    }

    /// The span of the original text that a span of the normalised text came from.
    ///
    /// Invisible characters that were dropped just after the span are not part of it; those inside are.
    pub fn origin(&self, span: ByteSpan, original: &str) -> ByteSpan {
        let at = |byte: usize| self.origin.get(byte).map_or(original.len(), |&o| o as usize);
        let start = at(span.start);
        if span.end <= span.start {
            return ByteSpan::new(start, start);
        }
        let last = at(span.end - 1);
        let width = original.get(last..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        ByteSpan::new(start, last + width)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_between_chinese_and_figures_are_closed_up() {
        for (text, expected) in [
            ("最长领 24 个月", "最长领24个月"),
            ("按 60% 返还，  满 1 年", "按60%返还,  满1年"),
            ("请带 A4 纸", "请带a4纸"),
            ("138 0013 8000", "138 0013 8000"),
            ("不归我管 您去问", "不归我管 您去问"),
            (" 24 ", " 24 "),
        ] {
            let normal = Normalizer::default().normalize(text).closed_up();
            assert_eq!(normal.text, expected);
            let at = normal.text.len();
            assert_eq!(normal.origin(ByteSpan::new(0, at), text), ByteSpan::new(0, text.len()), "{text}");
        }
        let text = "最长领 24 个月";
        let normal = Normalizer::default().normalize(text).closed_up();
        let span = ByteSpan::new(normal.text.find("24").expect("there"), normal.text.find("月").expect("there"));
        assert_eq!(normal.origin(span, text).of(text), "24 个");
    }

    #[test]
    fn forms_are_unified() {
        let normalizer = Normalizer::from_pairs("險险勞劳");
        for (text, expected, why) in [
            ("ＡＢＣ１２３", "abc123", "全角字母数字"),
            ("Shebao", "shebao", "大小写"),
            ("社\u{200b}保\u{feff}", "社保", "零宽字符"),
            ("失業保險", "失業保险", "表里有的繁体字"),
            ("（社保）", "(社保)", "全角括号"),
            ("社保\u{3000}卡", "社保 卡", "全角空格"),
            ("a\u{0}b\u{7}", "ab", "控制字符"),
            ("😀社保", "😀社保", "表情保留"),
            ("", "", "空"),
        ] {
            assert_eq!(normalizer.normalize(text).text, expected, "{why}");
        }
    }

    #[test]
    fn spans_lead_back_to_the_original() {
        let original = "请\u{200b}问Ａ社\u{200b}保\u{200b}，好";
        let normalized = Normalizer::default().normalize(original);
        let start = normalized.text.find("社保").unwrap_or_default();
        let span = normalized.origin(ByteSpan::new(start, start + "社保".len()), original);
        assert_eq!(span.of(original), "社\u{200b}保");
        let whole = normalized.origin(ByteSpan::new(0, normalized.text.len()), original);
        assert_eq!(whole.of(original), original);
    }
}
