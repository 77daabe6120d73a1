//! The front door: everything a page, a mini-program or the command line asks of one pack.

use serde::Serialize;

use crate::error::{Error, Result};
use crate::pack::{section, Manifest, Pack};
use crate::search::{routes, AnswerRef, Basis, Directory, SearchOptions, SearchResult, Searcher, Weights};

/// An opened pack, ready to answer.
pub struct Engine {
    manifest: Manifest,
    directory: Directory,
    searcher: Searcher,
}

/// A part of an answer under a heading.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Section {
    /// The heading, e.g. 办理流程; empty for the answer itself.
    pub heading: String,
    /// Its paragraphs, list items or table rows.
    pub lines: Vec<String>,
}

/// A pointer to another answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Related {
    /// Its id.
    pub id: String,
    /// The question it answers.
    pub title: String,
}

/// One answer in full. Serialised in camelCase, absent values as `null`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AnswerView {
    /// Stable id.
    pub id: String,
    /// The question.
    pub title: String,
    /// Other ways of asking it.
    pub questions: Vec<String>,
    /// 险种.
    pub insurance: String,
    /// 事项.
    pub kind: String,
    /// 行政区划 code.
    pub region: u32,
    /// Its name.
    pub region_name: String,
    /// Who is in charge, short.
    pub agency: String,
    /// Who is in charge, in full.
    pub agency_title: String,
    /// Hotline.
    pub hotline: String,
    /// Where to turn besides the hotline.
    pub channels: String,
    /// Legal basis.
    pub basis: Vec<Basis>,
    /// First day in force, `YYYY-MM-DD`.
    pub effective: Option<String>,
    /// Last day in force.
    pub until: Option<String>,
    /// Last day on which an editor checked it.
    pub reviewed: Option<String>,
    /// The answer as plain text, headings as `办理流程：`.
    pub text: String,
    /// The answer as HTML without raw HTML of the source.
    pub html: String,
    /// The same, by heading.
    pub sections: Vec<Section>,
    /// 办理流程, step by step.
    pub steps: Vec<String>,
    /// 所需材料.
    pub materials: Vec<String>,
    /// 办理时限.
    pub time_limits: Vec<String>,
    /// Related answers.
    pub related: Vec<Related>,
    /// The national answer that this regional one replaces.
    pub overrides: Option<Related>,
}

impl Engine {
    /// Opens a pack from its bytes.
    ///
    /// # Errors
    /// Any of the `pack-…` codes; the message names the section.
    pub fn open(bytes: Vec<u8>) -> Result<Self> {
        let pack = Pack::open(bytes)?;
        let directory = match pack.section(section::DIRECTORY) {
            Some(bytes) => postcard::from_bytes(&bytes).map_err(|error| Error::damaged(section::DIRECTORY, error))?,
            None => Directory::default(),
        };
        Ok(Self { manifest: pack.manifest()?, directory, searcher: Searcher::open(&pack)? })
    }

    /// What the pack says of itself.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Agencies and regions.
    pub fn directory(&self) -> &Directory {
        &self.directory
    }

    /// Search over the pack, for measurements.
    pub fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    /// Ranks with other weights, for measurements.
    pub fn set_weights(&mut self, weights: Weights) {
        self.searcher.set_weights(weights);
    }

    /// Finds answers to a question.
    ///
    /// # Errors
    /// If the index is not what was written.
    pub fn search(&self, text: &str, options: &SearchOptions) -> Result<SearchResult> {
        let question = self.searcher.normalized(text);
        // A region named in the question is the asker's, unless one was chosen.
        let named = if options.region == 0 { self.directory.named_in(&question) } else { None };
        let mut result = match named {
            Some(region) => self.searcher.search(text, &SearchOptions { region: region.code, ..options.clone() })?,
            None => self.searcher.search(text, options)?,
        };
        result.region = named.map_or(options.region, |region| region.code);
        result.routes = routes(&self.directory, &question, &result);
        Ok(result)
    }

    /// One answer in full; `None` if the pack has no such id.
    ///
    /// # Errors
    /// If the record is not what was written.
    pub fn answer(&self, id: &str) -> Result<Option<AnswerView>> {
        let Some(number) = self.searcher.find(id) else { return Ok(None) };
        let answer = self.searcher.answers().get(number)?;
        Ok(Some(self.view(&answer)))
    }

    fn related(&self, id: &str) -> Option<Related> {
        let answer = self.searcher.answers().get(self.searcher.find(id)?).ok()?;
        Some(Related { id: id.to_owned(), title: answer.title.to_owned() })
    }

    fn view(&self, answer: &AnswerRef<'_>) -> AnswerView {
        let sections = sections(answer.text);
        let under = |heading: &str| {
            let found = sections.iter().filter(|section| section.heading == heading);
            found.flat_map(|section| section.lines.iter().map(|line| unmarked(line).to_owned())).collect()
        };
        let agency = self.directory.agency(answer.agency);
        let owned = |text: Option<&str>| text.map(str::to_owned);
        AnswerView {
            id: answer.id.to_owned(),
            title: answer.title.to_owned(),
            questions: answer.questions.iter().map(ToString::to_string).collect(),
            insurance: answer.insurance.to_owned(),
            kind: answer.kind.to_owned(),
            region: answer.region,
            region_name: self.directory.region(answer.region).to_owned(),
            agency: answer.agency.to_owned(),
            agency_title: agency.map(|agency| agency.title.clone()).unwrap_or_default(),
            hotline: answer.hotline.to_owned(),
            channels: agency.map(|agency| agency.channels.clone()).unwrap_or_default(),
            basis: answer.basis.clone(),
            effective: owned(answer.effective),
            until: owned(answer.until),
            reviewed: owned(answer.reviewed),
            text: readable(answer.text),
            html: answer.html.to_owned(),
            steps: under("办理流程"),
            materials: under("所需材料"),
            time_limits: under("办理时限"),
            related: answer.related.iter().filter_map(|id| self.related(id)).collect(),
            overrides: answer.overrides.and_then(|id| self.related(id)),
            sections,
        }
    }
}

/// How headings stand in an answer's text.
const HEADING: &str = "## ";

/// The text with headings as people write them in a reply.
fn readable(text: &str) -> String {
    let lines = text.lines().map(|line| match line.strip_prefix(HEADING) {
        Some(heading) => format!("{heading}："),
        None => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn sections(text: &str) -> Vec<Section> {
    let mut out = vec![Section::default()];
    for line in text.lines() {
        match (line.strip_prefix(HEADING), out.last_mut()) {
            (Some(heading), _) => out.push(Section { heading: heading.to_owned(), lines: Vec::new() }),
            (None, Some(section)) => section.lines.push(line.to_owned()),
            (None, None) => {}
        }
    }
    out.retain(|section| !section.lines.is_empty());
    out
}

/// A list item without its marker.
fn unmarked(line: &str) -> &str {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    match rest.strip_prefix(". ") {
        Some(item) if rest.len() < line.len() => item,
        _ => line.strip_prefix("· ").unwrap_or(line),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_and_steps() {
        let text = "可以。\n## 办理流程\n1. 登记\n2. 申领\n## 所需材料\n· 身份证";
        let parts = sections(text);
        assert_eq!(parts.iter().map(|part| part.heading.as_str()).collect::<Vec<_>>(), ["", "办理流程", "所需材料"]);
        assert_eq!(parts[1].lines.iter().map(|line| unmarked(line)).collect::<Vec<_>>(), ["登记", "申领"]);
        assert_eq!(unmarked("· 身份证"), "身份证");
        assert_eq!(unmarked("15 年"), "15 年");
        assert_eq!(readable(text), "可以。\n办理流程：\n1. 登记\n2. 申领\n所需材料：\n· 身份证");
    }
}
