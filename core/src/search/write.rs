//! Writing what search needs: the build-time half of search. Nothing here touches files or threads, so that a browser can build too.

use std::collections::HashMap;

pub use super::index::write::{Keep, Prepared};
pub use super::meaning::write::write as meaning;
use super::record::{Answer, AnswerStore, FacetNames, Facets, NATIONAL};
use crate::error::{Error, ErrorCode, Result};
use crate::pack::section;
use crate::text::{MapWriter, Normalizer};

/// Writes the table of sounds for the words of a lexicon.
///
/// # Errors
/// If the table cannot be written.
pub fn sounds(lexicon: &super::Lexicon, pinyin: &crate::text::PinyinTable) -> Result<Vec<u8>> {
    super::thesaurus::Thesaurus::write_sounds(lexicon, pinyin)
}

/// The sections that search needs, by name.
pub type Sections = Vec<(String, Vec<u8>)>;

/// Counts the grams of an answer's title, text and questions.
pub fn prepare(answer: &Answer, normalizer: &Normalizer) -> Prepared {
    let parts = [&answer.title, &answer.text].into_iter().chain(&answer.questions);
    Prepared::new(parts.map(String::as_str), normalizer)
}

/// Writes the index and the answers.
///
/// `prepared` has the grams of each of `answers`, in the same order; it may know more than is stored of them.
///
/// # Errors
/// [`ErrorCode::PackWrite`] if an id occurs twice or something exceeds 4 GiB.
pub fn write(answers: &[Answer], prepared: impl IntoIterator<Item = Prepared>, keep: Keep) -> Result<Sections> {
    let mut sections = super::index::write::write(prepared, keep)?;
    sections.push((section::ANSWERS.to_owned(), AnswerStore::write(answers.iter())?));
    sections.push((section::IDS.to_owned(), ids(answers)?));
    sections.push((section::FACETS.to_owned(), facets(answers)?));
    Ok(sections)
}

fn ids(answers: &[Answer]) -> Result<Vec<u8>> {
    let failed = |error: String| Error::new(ErrorCode::PackWrite, format!("编号表写不出来：{error}"));
    let mut sorted: Vec<(&str, u64)> = answers.iter().enumerate().map(|(number, a)| (a.id.as_str(), number as u64)).collect();
    sorted.sort_unstable();
    if let Some(twice) = sorted.windows(2).find(|pair| pair[0].0 == pair[1].0) {
        return Err(failed(format!("id 重复：{}", twice[0].0)));
    }
    let mut map = MapWriter::default();
    for (id, number) in sorted {
        map.insert(id, number).map_err(|error| failed(error.to_string()))?;
    }
    Ok(map.finish())
}

/// The numbers of the values of a facet, in the order in which they appear.
fn number(names: &mut Vec<String>, name: &str) -> u8 {
    let at = names.iter().position(|known| known == name).unwrap_or_else(|| {
        names.push(name.to_owned());
        names.len() - 1
    });
    u8::try_from(at).unwrap_or(u8::MAX)
}

fn day(date: Option<&String>, default: u32) -> u32 {
    date.and_then(|text| text.replace('-', "").parse().ok()).unwrap_or(default)
}

fn facets(answers: &[Answer]) -> Result<Vec<u8>> {
    let by_id: HashMap<&str, u32> = answers.iter().enumerate().map(|(n, a)| (a.id.as_str(), n as u32)).collect();
    let mut names = FacetNames::default();
    let mut entries = Vec::with_capacity(answers.len() * Facets::SIZE);
    for answer in answers {
        names.regional |= answer.region > NATIONAL;
        Facets {
            region: answer.region,
            effective: day(answer.effective.as_ref(), 0),
            until: day(answer.until.as_ref(), u32::MAX),
            overrides: answer.overrides.as_deref().and_then(|id| by_id.get(id).copied()).unwrap_or(u32::MAX),
            insurance: number(&mut names.insurances, &answer.insurance),
            kind: number(&mut names.kinds, &answer.kind),
            agency: number(&mut names.agencies, &answer.agency),
        }
        .write(&mut entries);
    }
    let names = postcard::to_stdvec(&names).map_err(|error| Error::new(ErrorCode::PackWrite, error.to_string()))?;
    let mut out = (names.len() as u32).to_le_bytes().to_vec();
    out.extend_from_slice(&names);
    out.extend_from_slice(&entries);
    Ok(out)
}
