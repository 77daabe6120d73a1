//! The table of sections at the head of a pack, read to weigh sections one by one. The format is documented in `core/src/pack`.

use std::path::Path;

use anyhow::{Context, ensure};

const MAGIC: &[u8] = b"SHEDA\r\n\x1a";
const FORMAT: u32 = 3;
const HEADER: usize = 24;

/// The bytes of all sections whose name starts with one of `names`, one after another.
pub fn bytes_of(pack: &Path, names: &[String]) -> anyhow::Result<Vec<u8>> {
    let bytes = std::fs::read(pack).with_context(|| format!("cannot read {}", pack.display()))?;
    select(&bytes, names).with_context(|| format!("{} is not a pack of format {FORMAT}", pack.display()))
}

fn select(bytes: &[u8], names: &[String]) -> anyhow::Result<Vec<u8>> {
    ensure!(bytes.starts_with(MAGIC) && number(bytes, 8)? == FORMAT as usize, "another magic or format");
    let end = HEADER + number(bytes, 16)?;
    let mut chosen = Vec::new();
    let mut at = HEADER;
    while at < end {
        let name_end = at + 1 + usize::from(*bytes.get(at).context("cut off")?);
        let name = std::str::from_utf8(bytes.get(at + 1..name_end).context("cut off")?)?;
        let (start, length) = (number(bytes, name_end)?, number(bytes, name_end + 4)?);
        if names.iter().any(|prefix| name.starts_with(prefix.as_str())) {
            chosen.extend_from_slice(bytes.get(start..start + length).context("cut off")?);
        }
        at = name_end + 12;
    }
    ensure!(!chosen.is_empty(), "none of its sections is called {names:?}");
    Ok(chosen)
}

fn number(bytes: &[u8], at: usize) -> anyhow::Result<usize> {
    let four = bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).context("cut off")?;
    Ok(u32::from_le_bytes(four) as usize)
}
