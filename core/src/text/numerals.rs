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

#[cfg(test)]
mod tests {
    use super::parse_numeral;

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
