//! Chinese numerals: 十五年 and 15年 are the same to a reader, so they must be the same to a search.

/// Characters that a Chinese numeral is made of.
pub const NUMERALS: &str = "零〇一二两三四五六七八九十百千万";

fn digit(c: char) -> Option<u64> {
    Some(match c {
        '零' | '〇' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// Reads a numeral written in Chinese characters or digits, e.g. 十五 → 15, 三百零五 → 305, 二〇二六 → 2026, 3万 → 30000.
///
/// `None` if `text` is not wholly a numeral or exceeds the range of a `u64`.
pub fn parse_numeral(text: &str) -> Option<u64> {
    if text.is_empty() {
        return None;
    }
    if text.chars().all(|c| digit(c).is_some()) && text.chars().count() > 1 {
        return text.chars().try_fold(0u64, |sum, c| sum.checked_mul(10)?.checked_add(digit(c)?));
    }
    let (mut total, mut section, mut current) = (0u64, 0u64, None::<u64>);
    for c in text.chars() {
        if let Some(value) = digit(c).or_else(|| c.to_digit(10).map(u64::from)) {
            current = Some(if c.is_ascii_digit() { current.unwrap_or(0).checked_mul(10)?.checked_add(value)? } else { value });
            continue;
        }
        let scale = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            '万' => {
                let part = section.checked_add(current.take().unwrap_or(0))?;
                total = total.checked_add(part.checked_mul(10_000)?)?;
                section = 0;
                continue;
            }
            _ => return None,
        };
        section = section.checked_add(current.take().unwrap_or(1).checked_mul(scale)?)?;
    }
    total.checked_add(section)?.checked_add(current.unwrap_or(0))
}

/// A number up to 9999 in Chinese characters, as articles are numbered: 46 → 四十六, 105 → 一百零五.
pub fn chinese_numeral(number: u16) -> String {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let mut out = String::new();
    let mut zero = false;
    for (scale, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = usize::from(number / scale % 10);
        if digit == 0 {
            zero = zero || !out.is_empty();
            continue;
        }
        if zero {
            out.push('零');
            zero = false;
        }
        if !(scale == 10 && digit == 1 && out.is_empty()) {
            out.push(DIGITS[digit]);
        }
        out.push_str(name);
    }
    if out.is_empty() { "零".into() } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_articles_are_numbered() {
        for (number, expected) in [
            (1, "一"),
            (10, "十"),
            (12, "十二"),
            (20, "二十"),
            (46, "四十六"),
            (100, "一百"),
            (105, "一百零五"),
            (110, "一百一十"),
            (1260, "一千二百六十"),
        ] {
            assert_eq!(chinese_numeral(number), expected);
            assert_eq!(parse_numeral(expected), Some(u64::from(number)), "{expected}");
        }
    }

    #[test]
    fn numerals() {
        for (text, expected) in [
            ("十五", Some(15)),
            ("二十", Some(20)),
            ("三百零五", Some(305)),
            ("两", Some(2)),
            ("二〇二六", Some(2026)),
            ("一万二千", Some(12_000)),
            ("3万", Some(30_000)),
            ("15", Some(15)),
            ("零", Some(0)),
            ("", None),
            ("十个", None),
            ("99999999999999999999999", None),
        ] {
            assert_eq!(parse_numeral(text), expected, "{text}");
        }
    }
}
