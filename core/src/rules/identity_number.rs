//! Recognising a person's numbers among the digits of a text.

use crate::calendar::Date;
use crate::text::ByteSpan;

/// Digits that belong together: groups with a single space or dash between them.
#[derive(Debug, Default)]
pub struct Run {
    digits: Vec<u8>,
    /// Where each digit stands.
    places: Vec<usize>,
    /// For each digit, whether a group begins with it.
    opens: Vec<bool>,
    /// Whether a letter or a star touches the run's start.
    touched_before: bool,
    /// Whether a letter or a star touches the run's end.
    touched_after: bool,
}

/// The runs of digits of a normalised text (a final x of a citizen number counts as one), at least seven long.
pub fn runs(text: &str) -> Vec<Run> {
    let bytes = text.as_bytes();
    let touches = |byte: Option<&u8>| byte.is_some_and(|b| b.is_ascii_alphabetic() || *b == b'*' || *b == b'_');
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let mut run = Run { touched_before: at > 0 && touches(bytes.get(at - 1)), ..Run::default() };
        let mut opens = true;
        loop {
            match bytes.get(at) {
                Some(byte) if byte.is_ascii_digit() => {
                    run.push(*byte, at, opens);
                    opens = false;
                    at += 1;
                }
                Some(b'x')
                    if run.digits.len() >= 17
                        && !touches(bytes.get(at + 1))
                        && !bytes.get(at + 1).is_some_and(u8::is_ascii_digit) =>
                {
                    run.push(b'x', at, false);
                    at += 1;
                }
                Some(b' ' | b'-') if bytes.get(at + 1).is_some_and(u8::is_ascii_digit) => {
                    opens = true;
                    at += 1;
                }
                // 110101…123 X: the check letter after a space.
                _ => break,
            }
        }
        run.touched_after = touches(bytes.get(at));
        if run.digits.len() >= 7 {
            out.push(run);
        }
    }
    out
}

impl Run {
    fn push(&mut self, digit: u8, at: usize, opens: bool) {
        self.digits.push(digit);
        self.places.push(at);
        self.opens.push(opens);
    }

    /// Every part of `length` digits made of whole groups, whose ends no letter touches.
    fn parts(&self, length: usize) -> impl Iterator<Item = (&[u8], ByteSpan)> {
        (0..self.digits.len().saturating_sub(length - 1)).filter_map(move |start| {
            let end = start + length;
            let opens = self.opens[start] && (start > 0 || !self.touched_before);
            let closes = self.opens.get(end).map_or(!self.touched_after, |&opens| opens);
            (opens && closes).then(|| (&self.digits[start..end], ByteSpan::new(self.places[start], self.places[end - 1] + 1)))
        })
    }
}

const PROVINCES: [u32; 34] = [
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63, 64, 65,
    71, 81, 82,
];

/// Citizen numbers: GB 11643-1999 (weights, modulus 11), province and date of birth plausible.
pub fn citizen_number(run: &Run) -> Vec<ByteSpan> {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECK: &[u8; 11] = b"10x98765432";
    let valid = |digits: &[u8]| {
        let number =
            |from: usize, to: usize| digits[from..to].iter().fold(0u32, |sum, d| sum * 10 + u32::from(d.wrapping_sub(b'0')));
        if !digits[..17].iter().all(u8::is_ascii_digit) || !PROVINCES.contains(&number(0, 2)) {
            return false;
        }
        let born = Date::new(number(6, 10) as i32, number(10, 12), number(12, 14));
        let sum: u32 = WEIGHTS.iter().zip(digits).map(|(weight, digit)| weight * u32::from(digit - b'0')).sum();
        born.is_some_and(|date| date.year() < 2100) && CHECK[(sum % 11) as usize] == digits[17]
    };
    run.parts(18).filter(|(digits, _)| valid(digits)).map(|(_, span)| span).collect()
}

/// Mobile numbers: eleven digits from 13 to 19, with or without 86.
pub fn mobile(run: &Run) -> Vec<ByteSpan> {
    let valid = |digits: &[u8]| digits[0] == b'1' && (b'3'..=b'9').contains(&digits[1]) && digits.iter().all(u8::is_ascii_digit);
    let mut found: Vec<ByteSpan> = run.parts(11).filter(|(digits, _)| valid(digits)).map(|(_, span)| span).collect();
    if found.is_empty() {
        found.extend(run.parts(13).filter(|(digits, _)| digits.starts_with(b"86") && valid(&digits[2..])).map(|(_, span)| span));
    }
    // Part of a bank card in groups (6222 0213 …) is none.
    if !bank_card(run).is_empty() || !citizen_number(run).is_empty() {
        let others: Vec<ByteSpan> = bank_card(run).into_iter().chain(citizen_number(run)).collect();
        found.retain(|span| !others.iter().any(|other| other.overlaps(*span)));
    }
    found
}

/// Landlines: an area code and seven or eight digits, or those digits alone.
pub fn landline(run: &Run) -> Vec<ByteSpan> {
    let length = run.digits.len();
    let with_area = (10..=12).contains(&length) && run.digits[0] == b'0';
    let without = (7..=8).contains(&length) && (b'2'..=b'8').contains(&run.digits[0]);
    let all: Vec<ByteSpan> = run.parts(length).map(|(_, span)| span).collect();
    if with_area || without { all } else { Vec::new() }
}

/// Bank cards: 16 to 19 digits, an issuer's prefix, Luhn.
pub fn bank_card(run: &Run) -> Vec<ByteSpan> {
    let luhn = |digits: &[u8]| {
        let sum: u32 = digits
            .iter()
            .rev()
            .enumerate()
            .map(|(at, digit)| {
                let value = u32::from(digit - b'0');
                let value = if at % 2 == 1 { value * 2 } else { value };
                value / 10 + value % 10
            })
            .sum();
        sum.is_multiple_of(10)
    };
    let issuer = |digits: &[u8]| {
        matches!(
            (digits[0], digits[1]),
            (b'6', b'0' | b'2' | b'5') | (b'4', _) | (b'5', b'1'..=b'5') | (b'3', b'5' | b'7') | (b'9', b'5')
        )
    };
    let valid = |digits: &[u8]| digits.iter().all(u8::is_ascii_digit) && issuer(digits) && luhn(digits);
    if run.digits.len() < 16 {
        return Vec::new();
    }
    let mut taken = citizen_number(run);
    let mut found = Vec::new();
    for length in (16..=19).rev() {
        for (_, span) in run.parts(length).filter(|(digits, _)| valid(digits)) {
            if !taken.iter().any(|other| other.overlaps(span)) {
                taken.push(span);
                found.push(span);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(detect: fn(&Run) -> Vec<ByteSpan>, text: &str) -> Vec<&str> {
        runs(text).iter().flat_map(detect).map(|span| span.of(text)).collect()
    }

    #[test]
    fn citizen_numbers() {
        for (text, expected, why) in [
            ("号码11010519491231002x。", vec!["11010519491231002x"], "标准例"),
            ("440524 19880101 0011", vec!["440524 19880101 0011"], "空格隔开"),
            ("440524-19880101-0011", vec!["440524-19880101-0011"], "短横隔开"),
            ("110105194912310021", vec![], "校验码不对"),
            ("010105194912310029", vec![], "没有这个省"),
            ("110105********002x", vec![], "已打码"),
            ("a11010519491231002x", vec![], "更长的代码的一部分"),
            ("11010519491331002x", vec![], "没有 13 月"),
        ] {
            assert_eq!(found(citizen_number, text), expected, "{why}");
        }
    }

    #[test]
    fn phones_and_cards() {
        assert_eq!(found(mobile, "电话13812345678,或138 1234 5679"), ["13812345678", "138 1234 5679"]);
        assert_eq!(found(mobile, "+86-13812345678"), ["13812345678"]);
        assert_eq!(found(mobile, "138****5678 12333 202613812345678"), Vec::<&str>::new());
        assert_eq!(found(landline, "0471-1234567"), ["0471-1234567"]);
        assert_eq!(found(landline, "12333"), Vec::<&str>::new());
        assert_eq!(found(bank_card, "卡号6222 0212 3456 7890"), Vec::<&str>::new(), "校验不过");
        assert_eq!(found(bank_card, "卡号6222 0212 3456 7894"), ["6222 0212 3456 7894"]);
        assert_eq!(found(bank_card, "91110000ma01abcd2x"), Vec::<&str>::new());
    }
}
