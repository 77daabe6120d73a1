//! Reading and writing the container: magic, table of sections, checksums.

use bytes::Bytes;

use super::signature::{MAGIC as SIGNED, TRAILER};
use super::{Manifest, section};
use crate::error::{Error, ErrorCode, Result};

const MAGIC: &[u8; 8] = b"SHEDA\r\n\x1a";
/// The version of the container and of all sections; a pack of another version is refused.
pub const FORMAT: u32 = 3;
const HEADER: usize = 24;

#[derive(Debug, Clone)]
struct Section {
    name: String,
    start: usize,
    end: usize,
}

/// An opened pack: every section checked, none copied.
#[derive(Debug, Clone)]
pub struct Pack {
    bytes: Bytes,
    sections: Vec<Section>,
    /// Where the signature begins; `None` for an unsigned pack.
    trailer: Option<usize>,
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map(u32::from_le_bytes)
}

impl Pack {
    /// Opens a pack from its bytes.
    ///
    /// # Errors
    /// [`ErrorCode::PackEmpty`], [`ErrorCode::PackForeign`], [`ErrorCode::PackVersion`], [`ErrorCode::PackTruncated`] or
    /// [`ErrorCode::PackDamaged`]; the message names the section.
    pub fn open(bytes: Vec<u8>) -> Result<Self> {
        if bytes.is_empty() {
            return Err(Error::new(ErrorCode::PackEmpty, "知识包是空的：没有读到任何内容"));
        }
        let magic = bytes.len().min(MAGIC.len());
        if bytes[..magic] != MAGIC[..magic] {
            return Err(Error::new(ErrorCode::PackForeign, "这不是社答知识包（.sheda）：文件开头不对"));
        }
        let truncated = |what: &str| {
            Error::new(ErrorCode::PackTruncated, format!("知识包不完整：在“{what}”处中断，共 {} 字节。请重新下载", bytes.len()))
        };
        let header = |at: usize| u32_at(&bytes, at).ok_or_else(|| truncated("文件头"));
        let format = header(8)?;
        if format != FORMAT {
            return Err(Error::new(
                ErrorCode::PackVersion,
                format!(
                    "知识包的格式是第 {format} 版，本程序只认第 {FORMAT} 版。请{}",
                    if format > FORMAT { "升级程序" } else { "用新版工具重新生成知识包" }
                ),
            ));
        }
        let length = header(12)? as usize;
        let table_length = header(16)? as usize;
        let table_checksum = header(20)?;
        let table = bytes.get(HEADER..HEADER.saturating_add(table_length)).ok_or_else(|| truncated("目录"))?;
        if crc32fast::hash(table) != table_checksum {
            return Err(Error::damaged("目录", "校验和不符"));
        }
        let mut sections = Vec::new();
        let mut at = 0;
        while at < table.len() {
            let entry = || -> Option<(String, usize, usize, u32)> {
                let name_end = at + 1 + usize::from(*table.get(at)?);
                let name = std::str::from_utf8(table.get(at + 1..name_end)?).ok()?.to_owned();
                Some((
                    name,
                    u32_at(table, name_end)? as usize,
                    u32_at(table, name_end + 4)? as usize,
                    u32_at(table, name_end + 8)?,
                ))
            };
            let (name, start, size, checksum) = entry().ok_or_else(|| Error::damaged("目录", "条目不全"))?;
            at += 1 + name.len() + 12;
            let end = start.checked_add(size).filter(|&end| end <= length).ok_or_else(|| Error::damaged("目录", "偏移越界"))?;
            let content = bytes.get(start..end).ok_or_else(|| truncated(&name))?;
            if crc32fast::hash(content) != checksum {
                return Err(Error::damaged(&name, "校验和不符"));
            }
            sections.push(Section { name, start, end });
        }
        let trailer = match bytes.get(length..) {
            None => return Err(truncated("末尾")),
            Some([]) => None,
            Some(trailer) if trailer.len() == TRAILER && trailer.starts_with(SIGNED) => Some(length),
            Some(rest) => return Err(Error::damaged("末尾", format!("多出 {} 字节", rest.len()))),
        };
        Ok(Self { bytes: Bytes::from(bytes), sections, trailer })
    }

    /// The bytes of a section, sharing the pack's memory; `None` if the pack has no such section.
    pub fn section(&self, name: &str) -> Option<Bytes> {
        let found = self.sections.iter().find(|section| section.name == name)?;
        Some(self.bytes.slice(found.start..found.end))
    }

    /// The bytes of a section that the engine cannot do without.
    ///
    /// # Errors
    /// [`ErrorCode::PackIncomplete`] if it is missing.
    pub fn required(&self, name: &str) -> Result<Bytes> {
        self.section(name)
            .ok_or_else(|| Error::new(ErrorCode::PackIncomplete, format!("知识包缺少“{name}”部分，请用 sheda build 重新生成")))
    }

    /// Names and sizes in bytes of all sections, in file order.
    pub fn sections(&self) -> impl Iterator<Item = (&str, usize)> {
        self.sections.iter().map(|section| (section.name.as_str(), section.end - section.start))
    }

    /// The whole file's size in bytes.
    pub fn size(&self) -> usize {
        self.bytes.len()
    }

    /// The bytes that are signed, and the trailer with the signature; `None` for an unsigned pack.
    pub(super) fn signed_bytes(&self) -> Option<(&[u8], &[u8])> {
        self.trailer.map(|at| self.bytes.split_at(at))
    }

    /// The manifest.
    ///
    /// # Errors
    /// If it is missing or not what this version writes.
    pub fn manifest(&self) -> Result<Manifest> {
        let bytes = self.required(section::MANIFEST)?;
        serde_json::from_slice(&bytes).map_err(|error| Error::damaged(section::MANIFEST, error))
    }
}

/// Collects sections and writes the file.
#[cfg(feature = "write")]
#[derive(Debug, Default)]
pub struct PackWriter {
    sections: Vec<(String, Vec<u8>)>,
}

#[cfg(feature = "write")]
impl PackWriter {
    /// Adds a section; sections are written in the order in which they were added.
    pub fn add(&mut self, name: impl Into<String>, bytes: Vec<u8>) {
        self.sections.push((name.into(), bytes));
    }

    /// The file's bytes.
    ///
    /// # Errors
    /// [`ErrorCode::PackWrite`] if a name is longer than 255 bytes or the file exceeds 4 GiB.
    pub fn finish(self) -> Result<Vec<u8>> {
        let failed = |message: String| Error::new(ErrorCode::PackWrite, message);
        let table_length: usize = self.sections.iter().map(|(name, _)| 1 + name.len() + 12).sum();
        let mut offset = HEADER + table_length;
        let mut table = Vec::with_capacity(table_length);
        for (name, bytes) in &self.sections {
            let name_length = u8::try_from(name.len()).map_err(|_| failed(format!("部分名太长：{name}")))?;
            table.push(name_length);
            table.extend_from_slice(name.as_bytes());
            for number in [offset, bytes.len()] {
                let number = u32::try_from(number).map_err(|_| failed("知识包超过 4 GiB，请分成几个".into()))?;
                table.extend_from_slice(&number.to_le_bytes());
            }
            table.extend_from_slice(&crc32fast::hash(bytes).to_le_bytes());
            offset += bytes.len();
        }
        let length = u32::try_from(offset).map_err(|_| failed("知识包超过 4 GiB，请分成几个".into()))?;
        let mut out = Vec::with_capacity(offset);
        out.extend_from_slice(MAGIC);
        for number in [FORMAT, length, table_length as u32, crc32fast::hash(&table)] {
            out.extend_from_slice(&number.to_le_bytes());
        }
        out.extend_from_slice(&table);
        for (_, bytes) in &self.sections {
            out.extend_from_slice(bytes);
        }
        Ok(out)
    }
}

#[cfg(test)]
#[cfg(feature = "write")]
mod tests {
    use super::*;

    fn pack() -> Vec<u8> {
        let mut writer = PackWriter::default();
        writer.add(section::MANIFEST, b"{}".to_vec());
        writer.add(section::ANSWERS, b"some answers".to_vec());
        writer.add("empty", Vec::new());
        writer.finish().expect("small")
    }

    #[test]
    fn sections_come_back() {
        let opened = Pack::open(pack()).expect("just written");
        assert_eq!(opened.section(section::ANSWERS).expect("written"), b"some answers".as_slice());
        assert_eq!(opened.sections().count(), 3);
        assert_eq!(opened.required("rules").expect_err("absent").code, ErrorCode::PackIncomplete);
    }

    #[test]
    fn every_truncation_is_an_error() {
        let whole = pack();
        for length in 0..whole.len() {
            let error = Pack::open(whole[..length].to_vec()).expect_err("truncated");
            assert!(matches!(error.code, ErrorCode::PackEmpty | ErrorCode::PackTruncated), "{length}: {error}");
        }
    }

    #[test]
    fn every_flipped_bit_is_an_error() {
        let whole = pack();
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x10;
            assert!(Pack::open(bytes).is_err(), "byte {at}");
        }
    }

    #[test]
    fn foreign_and_newer_files_say_so() {
        for (bytes, code) in [
            (b"PK\x03\x04 a zip".to_vec(), ErrorCode::PackForeign),
            (b"x".to_vec(), ErrorCode::PackForeign),
            ([MAGIC.as_slice(), &(FORMAT + 1).to_le_bytes(), &[0; 12]].concat(), ErrorCode::PackVersion),
            ([pack(), b"more".to_vec()].concat(), ErrorCode::PackDamaged),
        ] {
            assert_eq!(Pack::open(bytes).expect_err("unusable").code, code);
        }
    }
}
