//! Numerals inside a normalised text: 15, 3.5, 1,500, 十五, 两, 一千五百, 半.

use crate::text::{NUMERALS, parse_numeral};

/// Longest numeral looked at, in characters.
const MAX_CHARS: usize = 12;

fn is_numeral(c: char) -> bool {
    NUMERALS.contains(c) || c == '半'
}

/// The numeral that `text` begins with: its length in bytes and its value.
pub fn leading(text: &str) -> Option<(usize, f64)> {
    let ascii = ascii_length(text);
    if ascii > 0 {
        return Some((ascii, ascii_value(&text[..ascii])?));
    }
    let length: usize = text.chars().take(MAX_CHARS).take_while(|&c| is_numeral(c)).map(char::len_utf8).sum();
    chinese(text.get(..length)?).map(|value| (length, value))
}

/// The numeral that `text` ends with: its length in bytes and its value.
pub fn trailing(text: &str) -> Option<(usize, f64)> {
    let digits: usize = text.bytes().rev().take(MAX_CHARS).take_while(|b| b.is_ascii_digit() || matches!(b, b'.' | b',')).count();
    if digits > 0 && text.as_bytes().last().is_some_and(u8::is_ascii_digit) {
        let part = &text[text.len() - digits..];
        let part = part.trim_start_matches(['.', ',']);
        return Some((part.len(), ascii_value(part)?));
    }
    let length: usize = text.chars().rev().take(MAX_CHARS).take_while(|&c| is_numeral(c)).map(char::len_utf8).sum();
    let part = text.get(text.len() - length..)?;
    chinese(part).map(|value| (length, value))
}

/// Whether the last character of `before` belongs to a numeral that goes on.
pub fn continues_before(before: &str) -> bool {
    let mut chars = before.chars().rev();
    match chars.next() {
        Some(c) if c.is_ascii_digit() || NUMERALS.contains(c) => true,
        Some('.' | ',') => chars.next().is_some_and(|c| c.is_ascii_digit()),
        _ => false,
    }
}

fn ascii_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut length = 0;
    while length < bytes.len().min(MAX_CHARS) {
        let separator =
            matches!(bytes[length], b'.' | b',') && length > 0 && bytes.get(length + 1).is_some_and(u8::is_ascii_digit);
        if !bytes[length].is_ascii_digit() && !separator {
            break;
        }
        length += 1;
    }
    length
}

fn ascii_value(text: &str) -> Option<f64> {
    text.replace(',', "").parse().ok()
}

fn chinese(text: &str) -> Option<f64> {
    match text {
        "" => None,
        "半" => Some(0.5),
        _ => match text.strip_suffix('半') {
            Some(whole) => parse_numeral(whole).map(|value| value as f64 + 0.5),
            None => parse_numeral(text).map(|value| value as f64),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_at_both_ends() {
        for (text, expected) in [
            ("15年", Some((2, 15.0))),
            ("3.5%", Some((3, 3.5))),
            ("1,500元", Some((5, 1500.0))),
            ("十五年", Some((6, 15.0))),
            ("两个月", Some((3, 2.0))),
            ("半年", Some((3, 0.5))),
            ("年", None),
            ("", None),
        ] {
            assert_eq!(leading(text), expected, "{text}");
        }
        for (text, expected) in
            [("满15", Some((2, 15.0))), ("满十五", Some((6, 15.0))), ("为3.5", Some((3, 3.5))), ("满", None), ("", None)]
        {
            assert_eq!(trailing(text), expected, "{text}");
        }
    }
}
