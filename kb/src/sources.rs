//! Source folders: what is read from where, and how several of them overlay each other.
//!
//! A source is a knowledge folder (`content/`, `lexicon/`, `laws.toml`, …) or just a folder of answers. Later sources
//! add to and override earlier ones by answer id, law title, region code and agency name, so that a city builds on the
//! national base without touching it.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::Deserialize;
use sheda_core::search::{Agency, Answer, Basis, Directory, Region};

use crate::content::{self, ContentFile, Vocabulary};
use crate::files::{Files, markdown_files};
use crate::laws::Laws;
use crate::lexicon::LexiconSource;
use crate::progress::{Progress, Stage};
use crate::{Problem, toml_file};

/// How many files are read between two reports of progress.
const FILES_AT_ONCE: usize = 64;

/// What a knowledge base calls itself (`pack.toml`).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackInfo {
    /// Stable identifier.
    pub id: String,
    /// Name for people.
    pub title: String,
    /// The editors' version.
    pub version: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Agencies {
    agency: Vec<Agency>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Regions {
    region: Vec<Region>,
}

/// Everything read from all sources.
#[derive(Debug, Default)]
pub struct Sources {
    /// Answers, by id; a later source's answer replaces an earlier one's.
    pub answers: Vec<ContentFile>,
    /// Closed sets and laws.
    pub vocabulary: Vocabulary,
    /// Agencies in order.
    pub agencies: Vec<Agency>,
    /// Words.
    pub lexicon: LexiconSource,
    /// The last source's name.
    pub info: Option<PackInfo>,
    /// The knowledge folders among the sources, in order, for the readers of other parts.
    pub folders: Vec<PathBuf>,
}

impl Sources {
    /// Reads all sources, in order.
    ///
    /// # Errors
    /// Every problem found, over all files.
    pub fn read(files: &dyn Files, folders: &[PathBuf], progress: Progress<'_>) -> Result<Self, Vec<Problem>> {
        let mut sources = Self::default();
        let mut problems = Vec::new();
        let mut by_id: BTreeMap<String, ContentFile> = BTreeMap::new();
        for folder in folders {
            if !files.is_folder(folder) {
                problems.push(Problem::new(folder.display().to_string(), 0, "没有这个文件夹"));
                continue;
            }
            let knowledge = files.is_folder(&folder.join("content"));
            let content_folder = if knowledge { folder.join("content") } else { folder.clone() };
            if knowledge {
                sources.folders.push(folder.clone());
            }
            // A bare folder of answers inside a knowledge folder (kb/content) is read with that folder's vocabulary.
            let base = if knowledge {
                Some(folder.as_path())
            } else {
                folder.ancestors().skip(1).find(|above| files.is_file(&above.join("laws.toml")))
            };
            if let Some(base) = base
                && let Err(problem) = sources.read_vocabulary(files, base)
            {
                // Without its vocabulary every answer would seem wrong: this one fault is what to mend first.
                return Err(vec![problem]);
            }
            let paths = match markdown_files(files, &content_folder) {
                Ok(paths) => paths,
                Err(problem) => {
                    problems.push(problem);
                    continue;
                }
            };
            if paths.is_empty() {
                problems.push(Problem::new(content_folder.display().to_string(), 0, "没有答案：文件夹里一个 .md 文件也没有"));
            }
            let mut read = Vec::with_capacity(paths.len());
            for slice in paths.chunks(FILES_AT_ONCE) {
                progress(Stage::Answers, read.len(), paths.len());
                read.par_extend(slice.par_iter().map(|path| content::read(files, path)));
            }
            let mut here: HashMap<String, String> = HashMap::new();
            for result in read {
                match result {
                    Ok(file) => {
                        let id = file.front.id.value.clone();
                        if let Some(first) = here.insert(id.clone(), file.file.clone()) {
                            problems.push(Problem::new(&file.file, 2, format!("id 重复：{id} 已在 {first} 用过")));
                        }
                        by_id.insert(id, file);
                    }
                    Err(found) => problems.extend(found),
                }
            }
        }
        sources.answers = by_id.into_values().collect();
        problems.extend(content::check(&sources.answers, &sources.vocabulary));
        if problems.is_empty() { Ok(sources) } else { Err(problems) }
    }

    fn read_vocabulary(&mut self, files: &dyn Files, folder: &Path) -> Result<(), Problem> {
        let file = |name: &str| Some(folder.join(name)).filter(|path| files.is_file(path));
        if let Some(path) = file("laws.toml") {
            self.vocabulary.laws.read(files, &path)?;
        }
        if let Some(path) = file("regions.toml") {
            for region in toml_file::read::<Regions>(files, &path)?.region {
                self.vocabulary.regions.retain(|known| known.code != region.code);
                self.vocabulary.regions.push(region);
            }
        }
        if let Some(path) = file("agencies.toml") {
            for agency in toml_file::read::<Agencies>(files, &path)?.agency {
                self.agencies.retain(|known| known.name != agency.name);
                self.vocabulary.agencies.insert(agency.name.clone(), agency.hotline.clone());
                self.agencies.push(agency);
            }
        }
        if let Some(path) = file("pack.toml") {
            self.info = Some(toml_file::read(files, &path)?);
        }
        self.lexicon.read_folder(files, &folder.join("lexicon"))
    }

    /// Agencies and regions in the form that goes into a pack.
    pub fn directory(&self) -> Directory {
        Directory { agencies: self.agencies.clone(), regions: self.vocabulary.regions.clone() }
    }

    /// The answers in the form that goes into a pack.
    pub fn compiled(&self) -> Vec<Answer> {
        self.answers.iter().map(|file| compile(file, &self.vocabulary)).collect()
    }
}

fn compile(file: &ContentFile, vocabulary: &Vocabulary) -> Answer {
    let front = &file.front;
    let basis = front.basis.value.iter().map(|entry| {
        let articles = entry.all_articles();
        let text = cite(&vocabulary.laws, &entry.law.value, &articles, &entry.note);
        Basis { law: entry.law.value.clone(), articles, note: entry.note.clone(), text }
    });
    Answer {
        id: front.id.value.clone(),
        title: front.title.value.trim().to_owned(),
        questions: front.questions.value.iter().map(|q| q.trim().to_owned()).collect(),
        insurance: front.insurance.value.clone(),
        kind: front.kind.value.clone(),
        region: front.region.value,
        agency: front.agency.value.clone(),
        hotline: front.hotline.clone().or_else(|| vocabulary.agencies.get(&front.agency.value).cloned()).unwrap_or_default(),
        basis: basis.collect(),
        effective: Some(front.effective.value.clone()),
        until: front.until.as_ref().map(|date| date.value.clone()),
        reviewed: Some(front.reviewed.value.clone()),
        related: front.related.iter().map(|id| id.value.clone()).collect(),
        overrides: front.overrides.as_ref().map(|id| id.value.clone()),
        text: file.rendered.text.clone(),
    }
}

fn cite(laws: &Laws, title: &str, articles: &[u16], note: &str) -> String {
    laws.get(title).map_or_else(|| format!("《{title}》{note}"), |law| law.citation(articles, note))
}
