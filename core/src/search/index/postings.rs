//! Postings: which documents have a gram, and how often.

/// The documents that have a gram.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Postings<'a> {
    /// A single one.
    One {
        /// Its number.
        document: u32,
        /// How often it has the gram.
        times: u32,
    },
    /// Several, encoded as [`super`] says.
    Many {
        /// How many.
        documents: u32,
        /// The code.
        bytes: &'a [u8],
    },
}

impl Postings<'_> {
    /// In how many documents the gram occurs.
    pub fn documents(&self) -> u32 {
        match *self {
            Self::One { .. } => 1,
            Self::Many { documents, .. } => documents,
        }
    }

    /// Calls `each` with the number of every document, ascending, and how often it has the gram.
    pub fn for_each(&self, mut each: impl FnMut(u32, u32)) {
        let bytes = match *self {
            Self::One { document, times } => return each(document, times),
            Self::Many { bytes, .. } => bytes,
        };
        let (mut next, mut at) = (0u32, 0usize);
        while let Some(&first) = bytes.get(at) {
            at += 1;
            let mut code = u32::from(first & 0x7f);
            if first >= 0x80 {
                let mut shift = 7;
                while let Some(&byte) = bytes.get(at) {
                    at += 1;
                    code |= u32::from(byte & 0x7f).wrapping_shl(shift);
                    shift += 7;
                    if byte < 0x80 {
                        break;
                    }
                }
            }
            let document = next.wrapping_add(code >> 1);
            next = document.wrapping_add(1);
            if code & 1 == 0 {
                each(document, 1);
            } else {
                each(document, bytes.get(at).map_or(1, |&more| u32::from(more) + 2));
                at += 1;
            }
        }
    }
}

/// Reads a little-endian base-128 number; `None` at the end of the bytes.
#[inline]
pub(super) fn varint(bytes: &mut &[u8]) -> Option<u32> {
    let (&first, rest) = bytes.split_first()?;
    *bytes = rest;
    if first < 0x80 {
        return Some(u32::from(first));
    }
    let mut value = u32::from(first & 0x7f);
    let mut shift = 7;
    loop {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u32::from(byte & 0x7f).checked_shl(shift)?;
        if byte < 0x80 {
            return Some(value);
        }
        shift += 7;
    }
}

/// Bytes in which a lone document's number is written.
pub(super) fn lone_width(documents: usize) -> usize {
    match documents {
        0..=0xffff => 2,
        0x1_0000..=0xff_ffff => 3,
        _ => 4,
    }
}
