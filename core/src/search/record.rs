//! Answers as they lie in the pack: records decoded one at a time on demand, and fixed-width facets for filters.

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::pack::section;

/// The code of the whole country.
pub const NATIONAL: u32 = 100_000;

/// One citation: a law and, where known, the article.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    /// The law's short title, e.g. 社会保险法.
    pub law: String,
    /// The articles cited; empty where the text has no public article numbers.
    pub articles: Vec<u16>,
    /// Where in the text, if not an article.
    pub note: String,
    /// The citation as a reader wants it, e.g. 《社会保险法》第四十六条.
    pub text: String,
}

/// One answer (or one document of a retrieval set).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Stable id, equal to the file's name.
    pub id: String,
    /// The question in one line.
    pub title: String,
    /// How people really ask.
    pub questions: Vec<String>,
    /// 险种.
    pub insurance: String,
    /// One of the standard's four service contents.
    pub kind: String,
    /// 行政区划 code; [`NATIONAL`] for the whole country.
    pub region: u32,
    /// Who is in charge: 人社, 医保, 税务, …
    pub agency: String,
    /// Its hotline.
    pub hotline: String,
    /// Legal basis.
    pub basis: Vec<Basis>,
    /// First day in force, `YYYY-MM-DD`.
    pub effective: Option<String>,
    /// Last day in force, `YYYY-MM-DD`.
    pub until: Option<String>,
    /// Last day on which an editor checked it.
    pub reviewed: Option<String>,
    /// Ids of related answers.
    pub related: Vec<String>,
    /// Id of the national answer that this regional one replaces in its region.
    pub overrides: Option<String>,
    /// The answer, in the line format of [`crate::answer::blocks`].
    pub text: String,
}

/// A [`Basis`] whose texts still lie in the pack; fields in the same order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[allow(missing_docs)]
pub struct BasisRef<'a> {
    pub law: &'a str,
    pub articles: Vec<u16>,
    pub note: &'a str,
    pub text: &'a str,
}

impl BasisRef<'_> {
    /// The citation with texts of its own.
    pub fn to_basis(&self) -> Basis {
        Basis {
            law: self.law.to_owned(),
            articles: self.articles.clone(),
            note: self.note.to_owned(),
            text: self.text.to_owned(),
        }
    }
}

/// An [`Answer`] whose texts still lie in the pack; fields in the same order, so that one record reads as either.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[allow(missing_docs)]
pub struct AnswerRef<'a> {
    pub id: &'a str,
    pub title: &'a str,
    #[serde(borrow)]
    pub questions: Vec<&'a str>,
    pub insurance: &'a str,
    pub kind: &'a str,
    pub region: u32,
    pub agency: &'a str,
    pub hotline: &'a str,
    #[serde(borrow)]
    pub basis: Vec<BasisRef<'a>>,
    pub effective: Option<&'a str>,
    pub until: Option<&'a str>,
    pub reviewed: Option<&'a str>,
    pub related: Vec<&'a str>,
    pub overrides: Option<&'a str>,
    /// The answer's text, not yet looked at: a search reads twelve of them and shows a sentence or two of each.
    /// [`AnswerRef::text`] gives it as text.
    #[serde(borrow)]
    pub text_bytes: &'a [u8],
}

impl<'a> AnswerRef<'a> {
    /// The answer, in the line format of [`crate::answer::blocks`].
    ///
    /// # Errors
    /// If it is not UTF-8: the writer was faulty.
    pub fn text(&self) -> Result<&'a str> {
        as_text(self.text_bytes)
    }
}

/// Bytes of the answers' section as text.
///
/// # Errors
/// If they are not UTF-8.
pub(super) fn as_text(bytes: &[u8]) -> Result<&str> {
    std::str::from_utf8(bytes).map_err(|error| Error::damaged(section::ANSWERS, error))
}

/// What filters need of one answer, 20 bytes in the pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facets {
    /// Region code, 0 if the document has none.
    pub region: u32,
    /// First day in force as `yyyymmdd`, 0 if unknown.
    pub effective: u32,
    /// Last day in force as `yyyymmdd`, `u32::MAX` if open.
    pub until: u32,
    /// Number of the answer that this one replaces in its region, `u32::MAX` if none.
    pub overrides: u32,
    /// Number of the 险种 in [`FacetNames::insurances`].
    pub insurance: u8,
    /// Number of the 事项 in [`FacetNames::kinds`].
    pub kind: u8,
    /// Number of the agency in [`FacetNames::agencies`].
    pub agency: u8,
}

impl Facets {
    /// Bytes of one entry.
    pub const SIZE: usize = 20;

    /// Reads entry `number` of the section.
    pub fn read(section: &[u8], number: u32) -> Option<Self> {
        let at = number as usize * Self::SIZE;
        let entry = section.get(at..at + Self::SIZE)?;
        let word = |i: usize| entry.get(i * 4..i * 4 + 4).and_then(|b| b.try_into().ok()).map(u32::from_le_bytes);
        Some(Self {
            region: word(0)?,
            effective: word(1)?,
            until: word(2)?,
            overrides: word(3)?,
            insurance: entry[16],
            kind: entry[17],
            agency: entry[18],
        })
    }

    /// Appends the entry to a section.
    #[cfg(feature = "write")]
    pub fn write(self, section: &mut Vec<u8>) {
        for word in [self.region, self.effective, self.until, self.overrides] {
            section.extend_from_slice(&word.to_le_bytes());
        }
        section.extend_from_slice(&[self.insurance, self.kind, self.agency, 0]);
    }
}

/// The values that the facet numbers stand for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacetNames {
    /// 险种 in use.
    pub insurances: Vec<String>,
    /// 事项 in use.
    pub kinds: Vec<String>,
    /// Agencies in use.
    pub agencies: Vec<String>,
    /// Whether some answers hold only in a region.
    pub regional: bool,
}

/// The records of all answers: `count u32 · offsets u32 × (count + 1) · records`.
#[derive(Debug, Clone)]
pub struct AnswerStore {
    bytes: Bytes,
    count: u32,
}

impl AnswerStore {
    /// Opens the section.
    ///
    /// # Errors
    /// If the table of offsets does not fit.
    pub fn open(bytes: Bytes) -> Result<Self> {
        let count = bytes.get(..4).and_then(|b| b.try_into().ok()).map(u32::from_le_bytes);
        let count = count.ok_or_else(|| Error::damaged(section::ANSWERS, "没有数量"))?;
        if bytes.len() < 4 + (count as usize + 1) * 4 {
            return Err(Error::damaged(section::ANSWERS, "目录不全"));
        }
        Ok(Self { bytes, count })
    }

    /// How many answers there are.
    pub fn len(&self) -> u32 {
        self.count
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Decodes one answer without copying its texts.
    ///
    /// # Errors
    /// If there is no such number or its record is not what was written.
    pub fn get(&self, number: u32) -> Result<AnswerRef<'_>> {
        let offset = |i: usize| {
            let at = 4 + i * 4;
            self.bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map(u32::from_le_bytes)
        };
        let base = 4 + (self.count as usize + 1) * 4;
        let record = (number < self.count)
            .then(|| {
                let start = offset(number as usize)? as usize;
                let end = offset(number as usize + 1)? as usize;
                self.bytes.get(base.checked_add(start)?..base.checked_add(end)?)
            })
            .flatten()
            .ok_or_else(|| Error::damaged(section::ANSWERS, format!("没有第 {number} 条")))?;
        postcard::from_bytes(record).map_err(|error| Error::damaged(section::ANSWERS, error))
    }

    /// Writes the section.
    ///
    /// # Errors
    /// If the answers together exceed 4 GiB.
    #[cfg(feature = "write")]
    pub fn write<'a>(answers: impl Iterator<Item = &'a Answer>) -> Result<Vec<u8>> {
        use crate::error::ErrorCode;
        let too_big = |_| Error::new(ErrorCode::PackWrite, "答案总量超过 4 GiB，请分成几个知识包");
        let mut records = Vec::new();
        let mut offsets = vec![0u32];
        for answer in answers {
            let record = postcard::to_stdvec(answer).map_err(|error| Error::new(ErrorCode::PackWrite, error.to_string()))?;
            records.extend_from_slice(&record);
            offsets.push(u32::try_from(records.len()).map_err(too_big)?);
        }
        let mut out = Vec::with_capacity(records.len() + offsets.len() * 4 + 4);
        out.extend_from_slice(&(offsets.len() as u32 - 1).to_le_bytes());
        for offset in offsets {
            out.extend_from_slice(&offset.to_le_bytes());
        }
        out.extend_from_slice(&records);
        Ok(out)
    }
}

#[cfg(test)]
#[cfg(feature = "write")]
mod tests {
    use super::*;

    #[test]
    fn a_record_reads_back_field_by_field() {
        let answer = Answer {
            id: "a".into(),
            title: "题".into(),
            questions: vec!["问一".into(), "问二".into()],
            insurance: "失业".into(),
            kind: "政策咨询".into(),
            region: 440_000,
            agency: "人社".into(),
            hotline: "12333".into(),
            basis: vec![Basis { law: "社会保险法".into(), articles: vec![45, 46], note: "注".into(), text: "全".into() }],
            effective: Some("2011-07-01".into()),
            until: None,
            reviewed: Some("2026-11-23".into()),
            related: vec!["b".into()],
            overrides: Some("c".into()),
            text: "正文".into(),
        };
        let bytes = AnswerStore::write([&answer, &answer].into_iter()).expect("small");
        let store = AnswerStore::open(Bytes::from(bytes)).expect("just written");
        let read = store.get(1).expect("second");
        assert_eq!((read.id, read.title, &read.questions[..]), ("a", "题", &["问一", "问二"][..]));
        assert_eq!(
            (read.insurance, read.kind, read.region, read.agency, read.hotline),
            ("失业", "政策咨询", 440_000, "人社", "12333")
        );
        assert_eq!(read.basis.iter().map(BasisRef::to_basis).collect::<Vec<_>>(), answer.basis);
        assert_eq!((read.effective, read.until, read.reviewed), (Some("2011-07-01"), None, Some("2026-11-23")));
        assert_eq!((&read.related[..], read.overrides, read.text_bytes), (&["b"][..], Some("c"), "正文".as_bytes()));
        assert!(store.get(2).is_err());
    }
}
