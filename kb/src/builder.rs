//! Building a pack from answers and words.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use anyhow::Context;
use rayon::prelude::*;
use sheda_core::pack::{Counts, Fingerprints, Manifest, Pack, PackWriter, open_dictionary, section};
use sheda_core::search::write;
use sheda_core::search::{Answer, NATIONAL};
use sheda_core::text::{Normalizer, PinyinTable, is_han};

use crate::Problem;
use crate::files::Files;
use crate::lexicon::{BaseDictionary, JIEBA_VERSION, LexiconSource, Pruner, READINGS, VARIANTS};
use crate::progress::{Progress, Stage};
use crate::recipe::Recipe;
use crate::rules::{Crossings, Edges, RuleSources, prove};
use crate::sources::{PackInfo, Sources};

/// How often jieba's corpus must have seen a character for it to be common in simplified text.
const COMMON: u32 = 500;

/// How many answers are indexed between two reports of progress.
const ANSWERS_AT_ONCE: usize = 512;

/// What goes into a pack besides the answers and their index.
#[derive(Debug, Default)]
pub struct Parts {
    /// Ready-made sections (rules, calendar, …), in the order in which they are written.
    pub sections: Vec<(String, Vec<u8>)>,
    /// Texts whose words the dictionary must keep besides the answers' (rule phrases and examples).
    pub texts: Vec<String>,
    /// Edges of rule phrases: every word of the full dictionary that lies across one must stay.
    pub edges: Edges,
    /// How many rules the sections hold.
    pub rules: u32,
}

/// Builds a pack of these answers.
///
/// The same input gives the same bytes.
///
/// # Errors
/// If two answers share an id or something exceeds the limits of the format.
pub fn build(
    answers: &[Answer],
    lexicon: &LexiconSource,
    info: &PackInfo,
    parts: Parts,
    recipe: &Recipe,
    progress: Progress<'_>,
) -> anyhow::Result<Vec<u8>> {
    progress(Stage::Words, 0, 0);
    let base = BaseDictionary::open()?;
    let plain = Normalizer::default();
    // Rules need the words that lie across their phrases; the answers' own only make the borders of other words surer.
    let in_dictionary = if recipe.compact { &[] } else { answers };
    let mut texts: Vec<String> = in_dictionary
        .par_iter()
        .map(|answer| {
            let mut text = String::new();
            for part in [&answer.title, &answer.text].into_iter().chain(&answer.questions) {
                text.push_str(&plain.normalize(part).text);
                text.push('\n');
            }
            text
        })
        .collect();
    texts.extend(parts.texts.iter().map(|text| plain.normalize(text).text));
    for (from, to) in &lexicon.synonyms {
        texts.push(plain.normalize(from).text);
        texts.extend(to.iter().map(|text| plain.normalize(text).text));
    }
    texts.extend(lexicon.question_words.iter().cloned());
    let variants = variants(base);
    let normalizer = Normalizer::from_pairs(&variants);
    let texts: Vec<String> = texts.par_iter().map(|text| normalizer.normalize(text).text).collect();
    let mut pruner = Pruner::new(base);
    pruner.keep_words_of(&texts);
    if parts.edges != Edges::default() {
        let crossings = Crossings::new(&parts.edges);
        pruner.keep_where(recipe.crossing_from, |word| crossings.by(word));
    }
    lexicon.words.iter().for_each(|word| pruner.add_word(word));
    let pruned = pruner.finish(recipe.cost_step)?;

    // Tokens are made on all cores, a slice at a time so that memory stays bounded.
    let prepared = answers.chunks(ANSWERS_AT_ONCE).enumerate().flat_map(|(slice, answers_here)| {
        progress(Stage::Index, slice * ANSWERS_AT_ONCE, answers.len());
        answers_here.par_iter().map(|answer| write::prepare(answer, &normalizer)).collect::<Vec<_>>()
    });
    let stored: Vec<Answer> = answers.iter().map(|answer| recipe.stored(answer)).collect();
    let index = write::write(&stored, prepared, recipe.keep(answers.len()))?;
    let meaning = write::meaning(answers, &normalizer, recipe.meaning_step).map(|bytes| (section::MEANING.to_owned(), bytes));

    let dictionary = format!("{:08x}", crc32fast::hash(&pruned.section));
    let lexicon = lexicon.compile(&normalizer);
    let pinyin = readings(base, recipe.reading_from);
    let sounds = write::sounds(&lexicon, &PinyinTable::parse(&pinyin).context("pinyin table")?)?;
    let words = [
        (section::DICTIONARY, pruned.section),
        (section::VARIANTS, variants.into_bytes()),
        (section::LEXICON, postcard::to_stdvec(&lexicon)?),
        (section::SOUNDS, sounds),
        (section::PINYIN, pinyin),
    ];
    let words = words.into_iter().map(|(name, bytes)| (name.to_owned(), bytes));
    let sections: Vec<(String, Vec<u8>)> = words.chain(index).chain(meaning).chain(parts.sections).collect();

    let questions = stored.iter().map(|answer| if answer.questions.is_empty() { 0 } else { answer.questions.len() as u32 + 1 });
    let manifest = Manifest {
        id: info.id.clone(),
        title: info.title.clone(),
        version: info.version.clone(),
        built_from: format!("{:08x}", fingerprint(info, &sections)),
        built_with: Fingerprints { sheda: env!("CARGO_PKG_VERSION").to_owned(), jieba: JIEBA_VERSION.to_owned(), dictionary },
        counts: Counts { answers: answers.len() as u32, questions: questions.sum(), rules: parts.rules, words: pruned.words },
        regions: answers
            .iter()
            .map(|answer| answer.region)
            .filter(|&region| region >= NATIONAL)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect(),
        reviewed: reviewed(answers),
        left_out: recipe.left_out(),
    };
    let mut writer = PackWriter::default();
    writer.add(section::MANIFEST, serde_json::to_vec(&manifest)?);
    for (name, bytes) in sections {
        writer.add(name, bytes);
    }
    Ok(writer.finish()?)
}

/// Changes whenever anything in the sources that a reader could notice does: an answer, a rule, a word, a holiday, the name.
fn fingerprint(info: &PackInfo, sections: &[(String, Vec<u8>)]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    for text in [&info.id, &info.title, &info.version] {
        hasher.update(text.as_bytes());
        hasher.update(&[0]);
    }
    for (name, bytes) in sections {
        hasher.update(name.as_bytes());
        hasher.update(bytes);
    }
    hasher.finalize()
}

/// A pack and what it was built from.
#[derive(Debug)]
pub struct Built {
    /// The pack.
    pub pack: Vec<u8>,
    /// How many answers are in it.
    pub answers: usize,
    /// The answers read and their vocabulary.
    pub sources: Sources,
    /// The rules.
    pub rules: RuleSources,
}

/// Builds a pack of everything in these folders; later ones override earlier ones. Every rule's examples are run with the
/// dictionary that goes into the pack.
///
/// # Errors
/// Every problem found, over all files.
pub fn build_folders(
    files: &dyn Files,
    folders: &[PathBuf],
    recipe: &Recipe,
    progress: Progress<'_>,
) -> Result<Built, Vec<Problem>> {
    let sources = Sources::read(files, folders, progress)?;
    progress(Stage::Rules, 0, 0);
    let rules = RuleSources::read(files, &sources.folders)?;
    let unknown = rules.unknown_answers(|id| sources.answers.iter().any(|file| file.front.id.value == id));
    if !unknown.is_empty() {
        return Err(unknown);
    }
    let failed = |error: anyhow::Error| vec![Problem::new("", 0, format!("知识包生成不了：{error:#}"))];
    let pack = build_sources(&sources, &rules, recipe, progress).map_err(failed)?;
    let opened = Pack::open(pack.clone()).and_then(|pack| open_dictionary(&pack)).map_err(|error| failed(error.into()))?;
    let problems = prove(&rules, &opened, progress);
    if !problems.is_empty() {
        return Err(problems);
    }
    let answers = sources.answers.iter().filter(|file| recipe.admits(file.front.region.value)).count();
    Ok(Built { pack, answers, sources, rules })
}

fn build_sources(sources: &Sources, rules: &RuleSources, recipe: &Recipe, progress: Progress<'_>) -> anyhow::Result<Vec<u8>> {
    let mut parts = rules.parts(recipe)?;
    parts.sections.push((section::DIRECTORY.to_owned(), postcard::to_stdvec(&sources.directory())?));
    let info = sources.info.clone().unwrap_or_else(|| PackInfo {
        id: "unnamed".into(),
        title: "未命名知识包".into(),
        version: "0".into(),
    });
    let mut answers = sources.compiled();
    answers.retain(|answer| recipe.admits(answer.region));
    let lexicon = if sources.lexicon == LexiconSource::default() { LexiconSource::builtin()? } else { sources.lexicon.clone() };
    build(&answers, &lexicon, &info, parts, recipe, progress)
}

/// Pairs of a traditional character and its simplified form, one after another. Characters that are common in simplified
/// text (么, 宁, 覆) are left alone, whatever the converter says of them.
pub(crate) fn variants(base: &BaseDictionary) -> String {
    let (mut pairs, mut chars) = (String::new(), VARIANTS.chars());
    while let (Some(variant), Some(simple)) = (chars.next(), chars.next()) {
        if base.find(variant.encode_utf8(&mut [0; 4])).is_none_or(|ordinal| base.count(ordinal) < COMMON) {
            pairs.extend([variant, simple]);
        }
    }
    pairs
}

/// Readings of the characters in use: those that jieba's dictionary lists as words of their own, rare ones left out.
fn readings(base: &BaseDictionary, from: u32) -> Vec<u8> {
    let mut readings = BTreeMap::new();
    for line in READINGS.lines() {
        let mut chars = line.chars();
        if let Some(c) = chars.next().filter(|&c| is_han(c))
            && base.find(c.encode_utf8(&mut [0; 4])).is_some_and(|ordinal| base.count(ordinal) >= from)
        {
            readings.insert(c, chars.as_str().to_owned());
        }
    }
    PinyinTable::write(&readings)
}

fn reviewed(answers: &[Answer]) -> Vec<String> {
    let days: BTreeSet<&String> = answers.iter().filter_map(|answer| answer.reviewed.as_ref()).collect();
    days.first().into_iter().chain(days.last()).map(|day| (*day).clone()).collect()
}
