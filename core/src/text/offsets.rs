//! Offsets into a text: bytes inside the engine, UTF-16 units at the JavaScript boundary.

use serde::{Deserialize, Serialize};

/// A half-open range of bytes in a UTF-8 text; both ends lie on character boundaries.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ByteSpan {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl ByteSpan {
    /// A span from `start` up to `end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The text that the span covers; empty if it does not fit `text`.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }

    /// Whether two spans share at least one byte.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// A half-open range of UTF-16 code units, as JavaScript strings count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Utf16Span {
    /// First unit.
    pub start: u32,
    /// One past the last unit.
    pub end: u32,
}

/// Converts between byte and UTF-16 offsets of one text in one pass over the text, whatever their order.
#[derive(Debug)]
pub struct Utf16Map<'a> {
    text: &'a str,
    /// Byte and UTF-16 offset at every `STEP`-th byte (rounded up to a character boundary).
    marks: Vec<(u32, u32)>,
}

const STEP: usize = 64;

impl<'a> Utf16Map<'a> {
    /// Reads `text` once.
    pub fn new(text: &'a str) -> Self {
        let mut marks = Vec::with_capacity(text.len() / STEP + 1);
        let mut units = 0u32;
        for (at, c) in text.char_indices() {
            if at / STEP >= marks.len() {
                marks.push((at as u32, units));
            }
            units += c.len_utf16() as u32;
        }
        Self { text, marks }
    }

    /// The UTF-16 offset of a byte offset; offsets past the end give the text's length.
    pub fn offset(&self, byte: usize) -> u32 {
        let byte = byte.min(self.text.len());
        let mark = self.marks.partition_point(|&(at, _)| at as usize <= byte);
        let (at, units) = if mark == 0 { (0, 0) } else { self.marks[mark - 1] };
        let rest = self.text.get(at as usize..byte).unwrap_or("");
        units + rest.chars().map(|c| c.len_utf16() as u32).sum::<u32>()
    }

    /// The byte offset of a UTF-16 offset; `None` past the end of the text or between the halves of a surrogate pair.
    pub fn byte(&self, unit: u32) -> Option<usize> {
        let mark = self.marks.partition_point(|&(_, units)| units <= unit);
        let (at, mut units) = if mark == 0 { (0, 0) } else { self.marks[mark - 1] };
        let rest = self.text.get(at as usize..).unwrap_or("");
        let ends = rest.char_indices().map(|(byte, c)| (byte, c.len_utf16() as u32)).chain([(rest.len(), 0)]);
        for (byte, width) in ends {
            if units >= unit {
                return (units == unit).then_some(at as usize + byte);
            }
            units += width;
        }
        None
    }

    /// Converts both ends of a span.
    pub fn span(&self, span: ByteSpan) -> Utf16Span {
        Utf16Span { start: self.offset(span.start), end: self.offset(span.end) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf16_offsets_agree_with_the_encoder() {
        let texts = ["", "a", "失业金", "😀失业😀金𠤪", &"社保😀".repeat(50), &"x".repeat(200)];
        for text in texts {
            let map = Utf16Map::new(text);
            for (at, _) in text.char_indices().chain([(text.len(), ' ')]) {
                let expected = text[..at].encode_utf16().count() as u32;
                assert_eq!(map.offset(at), expected, "{text:?} at byte {at}");
                assert_eq!(map.byte(expected), Some(at), "{text:?} at unit {expected}");
            }
            assert_eq!(map.byte(text.encode_utf16().count() as u32 + 1), None, "past the end of {text:?}");
        }
        for (text, unit) in [("😀", 1), ("社保𠤪", 3)] {
            assert_eq!(Utf16Map::new(text).byte(unit), None, "inside a pair of {text:?}");
        }
    }
}
