//! Quality rules as Markdown: reading `rules/`, compiling them, running their examples.

mod compile;
mod front;
mod page;
mod parts;
mod profile;
mod proof;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use sheda_core::calendar::Calendar;
use sheda_core::rules::{Checker, Flow, Handbook, Inspection, Profile, RuleBook, RulePage, Schema, Term};
use sheda_core::text::Normalizer;

pub use page::{Body, Example};
pub use parts::full_dictionary;
pub use proof::prove;

use crate::files::{self, Files, markdown_files};
use crate::laws::Laws;
use crate::{Problem, calendar, front_matter, toml_file};
use compile::Compiler;
use front::{ContextFront, Front};

/// One rule file.
#[derive(Debug, Clone)]
pub struct RuleFile {
    /// The file, as problems call it.
    pub file: String,
    /// The rule's code.
    pub code: String,
    /// The line of the code.
    pub line: usize,
    /// Its page.
    pub page: RulePage,
    /// Its parts, with the examples.
    pub body: Body,
    /// The answer it names.
    pub answer: Option<String>,
    front: Front,
}

/// All rules and what they work with, from one or several knowledge folders.
#[derive(Debug, Clone, Default)]
pub struct RuleSources {
    /// The rule files by code.
    pub files: Vec<RuleFile>,
    /// The rules, compiled.
    pub book: RuleBook,
    /// What their patterns went through, and what replies must go through.
    pub normalizer: Normalizer,
    /// The institution.
    pub profile: Profile,
    /// The published calendar.
    pub calendar: Calendar,
    /// The ledger's columns.
    pub schema: Schema,
    /// Terms, flows and self-inspection.
    pub handbook: Handbook,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Flows {
    flow: Vec<Flow>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Inspections {
    inspection: Vec<Inspection>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Terms {
    term: Vec<Term>,
}

impl RuleSources {
    /// Reads the rules of knowledge folders; later ones add to and override earlier ones by code, context and file.
    /// Examples are not run; see [`prove`].
    ///
    /// # Errors
    /// Every problem found.
    pub fn read(files: &dyn Files, folders: &[PathBuf]) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut laws = Laws::default();
        let mut contexts: BTreeMap<String, ContextFront> = BTreeMap::new();
        let mut by_code: BTreeMap<String, RuleFile> = BTreeMap::new();
        let mut sources = Self::default();
        let mut years = BTreeMap::new();
        for folder in folders {
            let present = |name: &str| Some(folder.join(name)).filter(|path| files.is_file(path) || files.is_folder(path));
            if let Some(path) = present("laws.toml")
                && let Err(problem) = laws.read(files, &path)
            {
                problems.push(problem);
            }
            if let Some(path) = present("rules/contexts.toml") {
                match toml_file::read::<BTreeMap<String, ContextFront>>(files, &path) {
                    Ok(read) => contexts.extend(read),
                    Err(problem) => problems.push(problem),
                }
            }
            if let Some(path) = present("rules") {
                match read_files(files, &path) {
                    Ok(read) => by_code.extend(read.into_iter().map(|file| (file.code.clone(), file))),
                    Err(found) => problems.extend(found),
                }
            }
            if let Some(path) = present("profile.toml") {
                match profile::read(files, &path) {
                    Ok(read) => sources.profile = read,
                    Err(problem) => problems.push(problem),
                }
            }
            if let Some(path) = present("ledger/schema.toml") {
                match toml_file::read(files, &path) {
                    Ok(read) => sources.schema = read,
                    Err(problem) => problems.push(problem),
                }
            }
            if let Err(problem) = sources.read_handbook(files, folder) {
                problems.push(problem);
            }
            if let Some(path) = present("calendar") {
                match calendar::read(files, &path) {
                    Ok(read) => years.extend(read.years().iter().map(|year| (year.year, year.clone()))),
                    Err(found) => problems.extend(found),
                }
            }
        }
        match Calendar::new(years.into_values().collect()) {
            Ok(calendar) => sources.calendar = calendar,
            Err(error) => problems.push(Problem::new("calendar", 0, error.to_string())),
        }
        match parts::normalizer() {
            Ok(normalizer) => sources.normalizer = normalizer,
            Err(error) => problems.push(Problem::new("", 0, error.to_string())),
        }
        let mut compiler = Compiler::new(&laws, &contexts, sources.normalizer.clone());
        for file in by_code.values() {
            if let Err(problem) = compiler.add(&file.file, &file.front) {
                problems.push(problem);
            }
        }
        sources.book = compiler.finish();
        sources.files = by_code.into_values().collect();
        for file in &mut sources.files {
            if let Some(rule) = sources.book.rule(&file.code) {
                file.page.source.clone_from(&rule.source);
            }
        }
        problems.extend(sources.unknown_names());
        if problems.is_empty() { Ok(sources) } else { Err(problems) }
    }

    fn read_handbook(&mut self, files: &dyn Files, folder: &Path) -> Result<(), Problem> {
        let present = |name: &str| Some(folder.join(name)).filter(|path| files.is_file(path));
        if let Some(path) = present("flows.toml") {
            self.handbook.flows = toml_file::read::<Flows>(files, &path)?.flow;
            for flow in &self.handbook.flows {
                let columns = flow.steps.iter().flat_map(|step| &step.record);
                if let Some(unknown) =
                    columns.clone().find(|name| !self.schema.columns.is_empty() && self.schema.column(name).is_none())
                {
                    return Err(Problem::new(path.display().to_string(), 0, format!("{}：台账没有“{unknown}”这一栏", flow.name)));
                }
                let step = |name: &String| name == "结束" || flow.steps.iter().any(|step| step.name == *name);
                if let Some(unknown) = flow.steps.iter().filter_map(|step| step.next.as_ref()).find(|name| !step(name)) {
                    return Err(Problem::new(path.display().to_string(), 0, format!("{}：没有“{unknown}”这一步", flow.name)));
                }
            }
        }
        if let Some(path) = present("inspection.toml") {
            self.handbook.inspections = toml_file::read::<Inspections>(files, &path)?.inspection;
        }
        if let Some(path) = present("terms.toml") {
            self.handbook.terms = toml_file::read::<Terms>(files, &path)?.term;
        }
        Ok(())
    }

    /// A checker of these rules.
    pub fn checker(&self) -> Checker {
        Checker::new(self.book.clone(), self.calendar.clone(), self.profile.clone(), self.schema.clone(), self.normalizer.clone())
    }

    /// The pages of all rules.
    pub fn pages(&self) -> Vec<RulePage> {
        self.files.iter().map(|file| file.page.clone()).collect()
    }

    /// The phrases themselves and the examples.
    fn texts(&self) -> Vec<String> {
        let keys = self.book.patterns.iter().flat_map(|pattern| pattern.keys().iter().cloned());
        let parts = self.book.patterns.iter().flat_map(|pattern| pattern.parts());
        let texts = parts.flat_map(|part| match part {
            sheda_core::rules::Part::Any(texts) => texts.clone(),
            _ => Vec::new(),
        });
        let examples = self.files.iter().flat_map(|file| file.body.bad.iter().chain(&file.body.good));
        keys.chain(texts).chain(examples.filter_map(|example| example.request.reply.clone())).collect()
    }

    /// The edges of phrases: each text a phrase may begin or end with, of at least one character. The pack's dictionary must keep
    /// every word of the full one that overlaps such an edge (行使, because 不行 is a phrase).
    fn edges(&self) -> Edges {
        let mut edges = Edges::default();
        for pattern in self.book.patterns.iter().filter(|pattern| pattern.words) {
            if let Some(sheda_core::rules::Part::Any(texts)) = pattern.parts().first() {
                edges.starts.extend(texts.iter().filter(|text| !text.is_empty()).cloned());
            }
            if let Some(sheda_core::rules::Part::Any(texts)) = pattern.parts().last() {
                edges.ends.extend(texts.iter().filter(|text| !text.is_empty()).cloned());
            }
        }
        edges
    }

    /// The rules that name an answer which does not exist.
    pub fn unknown_answers(&self, known: impl Fn(&str) -> bool) -> Vec<Problem> {
        let wrong = self.files.iter().filter_map(|file| file.answer.as_ref().filter(|id| !known(id)).map(|id| (file, id)));
        wrong.map(|(file, id)| Problem::new(&file.file, file.line, format!("没有答案 {id}"))).collect()
    }

    fn unknown_names(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let codes: BTreeSet<&str> = self.files.iter().map(|file| file.code.as_str()).collect();
        let families = ["W1", "W2", "T", "L", "P", "C", "F", "G", "B"];
        for name in self.profile.off.iter().chain(self.profile.severity.keys()) {
            if !codes.contains(name.as_str()) && !families.contains(&name.as_str()) {
                problems.push(Problem::new("profile.toml", 0, format!("没有 {name} 这条规则或这个类别")));
            }
        }
        for file in &self.files {
            for channel in &file.front.channels {
                if self.profile.channels.iter().all(|known| known.name != channel.value) {
                    let line = front_matter::line_of(&channel.referenced);
                    problems.push(Problem::new(&file.file, line, format!("profile.toml 里没有“{}”这种服务形式", channel.value)));
                }
            }
        }
        problems
    }
}

/// What phrases may begin and end with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Edges {
    /// Texts at the start of phrases.
    pub starts: BTreeSet<String>,
    /// Texts at the end of phrases.
    pub ends: BTreeSet<String>,
}

/// [`Edges`], arranged so that asking about every word of a dictionary takes a few look-ups each.
pub struct Crossings<'a> {
    edges: &'a Edges,
    /// Every beginning of a start.
    beginnings: HashSet<&'a str>,
    /// Every ending of an end.
    endings: HashSet<&'a str>,
}

impl<'a> Crossings<'a> {
    /// Arranges edges.
    pub fn new(edges: &'a Edges) -> Self {
        let cuts = |text: &'a str| text.char_indices().map(|(at, _)| at).skip(1).chain([text.len()]);
        let beginnings = edges.starts.iter().flat_map(|text| cuts(text).map(|at| &text[..at])).collect();
        let endings = edges.ends.iter().flat_map(|text| text.char_indices().map(|(at, _)| &text[at..])).collect();
        Self { edges, beginnings, endings }
    }

    /// Whether a word of the full dictionary can lie across the edge of a phrase: it ends with the beginning of one, or
    /// begins with the end of one, and goes beyond.
    pub fn by(&self, word: &str) -> bool {
        let inner = || word.char_indices().map(|(at, _)| at).skip(1);
        inner().any(|at| {
            let (head, tail) = word.split_at(at);
            self.beginnings.contains(tail)
                || inner().filter(|&end| end > at).any(|end| self.edges.starts.contains(&word[at..end]))
                || self.endings.contains(head)
                || inner().filter(|&start| start < at).any(|start| self.edges.ends.contains(&word[start..at]))
        })
    }
}

fn read_files(source: &dyn Files, folder: &Path) -> Result<Vec<RuleFile>, Vec<Problem>> {
    let mut files: Vec<RuleFile> = Vec::new();
    let mut problems = Vec::new();
    let paths = markdown_files(source, folder).map_err(|problem| vec![problem])?;
    for path in paths {
        let shown = path.display().to_string();
        match files::text(source, &path).and_then(|text| read_file(&shown, &text)) {
            Ok(file) => {
                if let Some(first) = files.iter().find(|known| known.code == file.code) {
                    problems.push(Problem::new(&shown, file.line, format!("code {} 已在 {} 用过", file.code, first.file)));
                }
                files.push(file);
            }
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok(files) } else { Err(problems) }
}

/// Reads one rule file.
///
/// # Errors
/// What is wrong, and on which line.
pub fn read_file(file: &str, source: &str) -> Result<RuleFile, Problem> {
    let parts = front_matter::split(file, source)?;
    let front: Front = front_matter::parse(file, &parts)?;
    let channel = front.channels.first().map(|channel| channel.value.as_str());
    let body = page::read(file, parts.body, parts.body_line, channel, front.kind.value == "field")?;
    let page = RulePage {
        code: front.code.value.clone(),
        name: front.name.value.clone(),
        title: front.title.clone(),
        family: sheda_core::rules::Family::of_code(&front.code.value).map_or_else(String::new, |family| family.to_string()),
        family_title: sheda_core::rules::Family::of_code(&front.code.value)
            .map_or("", sheda_core::rules::Family::title)
            .to_owned(),
        kind: front.kind.value.clone(),
        severity: front.severity.value.clone(),
        channels: front.channels.iter().map(|channel| channel.value.clone()).collect(),
        source: String::new(),
        what: body.what.clone(),
        why: body.why.clone(),
        bad: body.bad.iter().map(|example| example.text.clone()).collect(),
        good: body.good.iter().map(|example| example.text.clone()).collect(),
        answer: front.answer.as_ref().map(|answer| answer.value.clone()),
    };
    Ok(RuleFile {
        file: file.to_owned(),
        code: front.code.value.clone(),
        line: front_matter::line_of(&front.code.referenced),
        answer: page.answer.clone(),
        page,
        body,
        front,
    })
}
