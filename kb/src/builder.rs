//! Building a pack from answers and words.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use anyhow::Context;
use character_converter::traditional_to_simplified;
use pinyin::ToPinyin;
use rayon::prelude::*;
use sheda_core::pack::{Counts, Fingerprints, Manifest, Pack, PackWriter, open_dictionary, section};
use sheda_core::search::write;
use sheda_core::search::{Answer, NATIONAL};
use sheda_core::text::{Normalizer, PinyinTable, is_han};

use crate::Problem;
use crate::lexicon::{BaseDictionary, JIEBA_VERSION, LexiconSource, Pruner};
use crate::recipe::Recipe;
use crate::rules::{Crossings, Edges, RuleSources, prove};
use crate::sources::{PackInfo, Sources};

/// How often jieba's corpus must have seen a character for it to be common in simplified text.
const COMMON: u32 = 500;

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
    built_from: u32,
    parts: Parts,
    recipe: &Recipe,
) -> anyhow::Result<Vec<u8>> {
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
    let variants = variants(&base);
    let normalizer = Normalizer::from_pairs(&variants);
    let texts: Vec<String> = texts.par_iter().map(|text| normalizer.normalize(text).text).collect();
    let mut pruner = Pruner::new(&base);
    pruner.keep_words_of(&texts);
    if parts.edges != Edges::default() {
        let crossings = Crossings::new(&parts.edges);
        pruner.keep_where(recipe.crossing_from, |word| crossings.by(word));
    }
    lexicon.words.iter().for_each(|word| pruner.add_word(word));
    let pruned = pruner.finish(recipe.cost_step)?;

    // Tokens are made on all cores, a slice at a time so that memory stays bounded.
    let prepared = answers
        .chunks(2048)
        .flat_map(|slice| slice.par_iter().map(|answer| write::prepare(answer, &normalizer)).collect::<Vec<_>>());
    let stored: Vec<Answer> = answers.iter().map(|answer| recipe.stored(answer)).collect();
    let mut sections = write::write(&stored, prepared, recipe.keep(answers.len()))?;
    sections.extend(write::meaning(answers, &normalizer, recipe.meaning_step).map(|bytes| (section::MEANING.to_owned(), bytes)));

    let questions = stored.iter().map(|answer| if answer.questions.is_empty() { 0 } else { answer.questions.len() as u32 + 1 });
    let manifest = Manifest {
        id: info.id.clone(),
        title: info.title.clone(),
        version: info.version.clone(),
        built_from: format!("{built_from:08x}"),
        built_with: Fingerprints {
            sheda: env!("CARGO_PKG_VERSION").to_owned(),
            jieba: JIEBA_VERSION.to_owned(),
            dictionary: format!("{:08x}", crc32fast::hash(&pruned.section)),
        },
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
    writer.add(section::DICTIONARY, pruned.section);
    writer.add(section::VARIANTS, variants.into_bytes());
    let lexicon = lexicon.compile(&normalizer);
    let pinyin = readings(&base, recipe.reading_from);
    writer.add(section::LEXICON, postcard::to_stdvec(&lexicon)?);
    writer.add(section::SOUNDS, write::sounds(&lexicon, &PinyinTable::parse(&pinyin).context("pinyin table")?)?);
    writer.add(section::PINYIN, pinyin);
    for (name, bytes) in sections.into_iter().chain(parts.sections) {
        writer.add(name, bytes);
    }
    Ok(writer.finish()?)
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
pub fn build_folders(folders: &[PathBuf], recipe: &Recipe) -> Result<Built, Vec<Problem>> {
    let sources = Sources::read(folders)?;
    let rules = RuleSources::read(&sources.folders)?;
    let unknown = rules.unknown_answers(|id| sources.answers.iter().any(|file| file.front.id.value == id));
    if !unknown.is_empty() {
        return Err(unknown);
    }
    let failed = |error: anyhow::Error| vec![Problem::new("", 0, format!("知识包生成不了：{error:#}"))];
    let pack = build_sources(&sources, &rules, recipe).map_err(failed)?;
    let opened = Pack::open(pack.clone()).and_then(|pack| open_dictionary(&pack)).map_err(|error| failed(error.into()))?;
    let problems = prove(&rules, &opened);
    if !problems.is_empty() {
        return Err(problems);
    }
    let answers = sources.answers.iter().filter(|file| recipe.admits(file.front.region.value)).count();
    Ok(Built { pack, answers, sources, rules })
}

fn build_sources(sources: &Sources, rules: &RuleSources, recipe: &Recipe) -> anyhow::Result<Vec<u8>> {
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
    build(&answers, &lexicon, &info, sources.fingerprint, parts, recipe)
}

/// Pairs of a traditional character and its simplified form, one after another. Characters that are common in simplified
/// text (么, 宁, 覆) are left alone, whatever the converter says of them.
pub(crate) fn variants(base: &BaseDictionary) -> String {
    let mut pairs = BTreeMap::new();
    for c in ('\u{4e00}'..='\u{9fff}').filter(|&c| is_han(c)) {
        let text = c.to_string();
        let simple = traditional_to_simplified(&text);
        let mut simple = simple.chars();
        if let (Some(simple), None) = (simple.next(), simple.next())
            && simple != c
            && base.find(&text).is_none_or(|ordinal| base.count(ordinal) < COMMON)
        {
            pairs.insert(c, simple);
        }
    }
    pairs.into_iter().flat_map(|(variant, plain)| [variant, plain]).collect()
}

/// Readings of the characters in use: those that jieba's dictionary lists as words of their own, rare ones left out.
fn readings(base: &BaseDictionary, from: u32) -> Vec<u8> {
    let mut readings = BTreeMap::new();
    base.for_each(|ordinal, word| {
        let mut chars = word.chars();
        if let (Some(c), None) = (chars.next(), chars.next())
            && is_han(c)
            && base.count(ordinal) >= from
            && let Some(reading) = c.to_pinyin()
        {
            readings.insert(c, reading.plain().replace('ü', "v"));
        }
    });
    PinyinTable::write(&readings)
}

fn reviewed(answers: &[Answer]) -> Vec<String> {
    let days: BTreeSet<&String> = answers.iter().filter_map(|answer| answer.reviewed.as_ref()).collect();
    days.first().into_iter().chain(days.last()).map(|day| (*day).clone()).collect()
}
