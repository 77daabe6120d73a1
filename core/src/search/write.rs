//! Writing the index: the build-time half of search. Nothing here touches files or threads, so that a browser can build too.

use std::collections::HashMap;
use std::path::PathBuf;

use tantivy::directory::RamDirectory;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};
use tantivy::{Directory, Index, IndexSettings, SingleSegmentIndexWriter, TantivyDocument};

use super::record::{Answer, AnswerStore, FacetNames, Facets, NATIONAL};
use super::schema::{GRAM, SEPARATOR, TOKENIZER, schema};
use crate::error::{Error, ErrorCode, Result};
use crate::pack::section;
use crate::text::{Normalizer, grams};

/// The tokens of one answer, ready for the index. Making them is most of the work and needs no order, so a native
/// builder makes them on all cores.
#[derive(Debug, Clone, Default)]
pub struct Prepared {
    gram: String,
}

fn push(tokens: &mut String, token: &str) {
    if !tokens.is_empty() {
        tokens.push(SEPARATOR);
    }
    tokens.push_str(token);
}

impl Prepared {
    /// Tokenises an answer.
    pub fn new(answer: &Answer, normalizer: &Normalizer) -> Self {
        let mut prepared = Self::default();
        let mut normalized = String::new();
        for text in [&answer.title, &answer.text].into_iter().chain(&answer.questions) {
            normalizer.normalize_into(text, &mut normalized);
            grams(&normalized, |token| push(&mut prepared.gram, token));
        }
        prepared
    }
}

/// Splits ready-made tokens.
#[derive(Clone)]
struct Ready;

struct ReadyStream<'a> {
    rest: std::str::Split<'a, char>,
    token: Token,
}

impl Tokenizer for Ready {
    type TokenStream<'a> = ReadyStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> ReadyStream<'a> {
        ReadyStream { rest: text.split(SEPARATOR), token: Token::default() }
    }
}

impl TokenStream for ReadyStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(next) = self.rest.find(|token| !token.is_empty()) else { return false };
        self.token.text.clear();
        self.token.text.push_str(next);
        self.token.position = self.token.position.wrapping_add(1);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

/// Writes the table of sounds for the words of a lexicon.
///
/// # Errors
/// If the table cannot be written.
pub fn sounds(lexicon: &super::Lexicon, pinyin: &crate::text::PinyinTable) -> Result<Vec<u8>> {
    super::thesaurus::Thesaurus::write_sounds(lexicon, pinyin)
}

/// The sections that search needs, by name.
pub type Sections = Vec<(String, Vec<u8>)>;

/// The only segment's name: tantivy draws a random one, but the same sources must give the same bytes.
const SEGMENT: &str = "00000000000000000000000000000001";
const SEGMENT_DASHED: &str = "00000000-0000-0000-0000-000000000001";

/// Writes the index and the answers.
///
/// `prepared` has the tokens of each of `answers`, in the same order.
///
/// # Errors
/// [`ErrorCode::PackWrite`] if tantivy refuses or something exceeds 4 GiB.
pub fn write(answers: &[Answer], prepared: impl IntoIterator<Item = Prepared>) -> Result<Sections> {
    let failed = |error: tantivy::TantivyError| Error::new(ErrorCode::PackWrite, format!("索引写不出来：{error}"));
    let tokenizers = TokenizerManager::default();
    tokenizers.register(TOKENIZER, Ready);
    let settings = IndexSettings { docstore_compress_dedicated_thread: false, ..IndexSettings::default() };
    let directory = RamDirectory::create();
    let mut writer: SingleSegmentIndexWriter = Index::builder()
        .schema(schema())
        .settings(settings)
        .tokenizers(tokenizers)
        .single_segment_index_writer(directory.clone(), 64 << 20)
        .map_err(failed)?;
    for tokens in prepared {
        let mut document = TantivyDocument::default();
        document.add_text(GRAM, &tokens.gram);
        writer.add_document(document).map_err(failed)?;
    }
    let index = writer.finalize().map_err(failed)?;
    let mut sections = index_files(&index, &directory)?;
    sections.push((section::ANSWERS.to_owned(), AnswerStore::write(answers.iter())?));
    sections.push((section::IDS.to_owned(), ids(answers)?));
    sections.push((section::FACETS.to_owned(), facets(answers)?));
    Ok(sections)
}

/// The index's files under stable names, in the order of their names.
fn index_files(index: &Index, directory: &RamDirectory) -> Result<Sections> {
    let failed = |error: String| Error::new(ErrorCode::PackWrite, format!("索引写不出来：{error}"));
    let metas = index.searchable_segment_metas().map_err(|error| failed(error.to_string()))?;
    let id = metas.first().map(tantivy::SegmentMeta::id).ok_or_else(|| failed("没有段".into()))?.uuid_string();
    let dashed = format!("{}-{}-{}-{}-{}", &id[..8], &id[8..12], &id[12..16], &id[16..20], &id[20..]);
    let mut files: Vec<PathBuf> = index.directory().list_managed_files().into_iter().collect();
    files.sort();
    let mut sections = Sections::new();
    for file in files {
        // Read below tantivy's managed directory, which hides the footers that it expects when it opens the files.
        let Ok(mut bytes) = directory.atomic_read(&file) else { continue };
        let name = file.to_string_lossy().replace(&id, SEGMENT);
        if name == "meta.json" {
            bytes = String::from_utf8_lossy(&bytes).replace(&dashed, SEGMENT_DASHED).into_bytes();
        }
        sections.push((format!("{}{name}", section::INDEX), bytes));
    }
    Ok(sections)
}

fn ids(answers: &[Answer]) -> Result<Vec<u8>> {
    let failed = |error: String| Error::new(ErrorCode::PackWrite, format!("编号表写不出来：{error}"));
    let mut sorted: Vec<(&str, u64)> = answers.iter().enumerate().map(|(number, a)| (a.id.as_str(), number as u64)).collect();
    sorted.sort_unstable();
    if let Some(twice) = sorted.windows(2).find(|pair| pair[0].0 == pair[1].0) {
        return Err(failed(format!("id 重复：{}", twice[0].0)));
    }
    let mut map = fst::MapBuilder::memory();
    for (id, number) in sorted {
        map.insert(id, number).map_err(|error| failed(error.to_string()))?;
    }
    map.into_inner().map_err(|error| failed(error.to_string()))
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
