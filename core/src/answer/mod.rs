//! One answer in full, in the shapes that a page, a mini-program or a reply needs.

mod body;

use serde::Serialize;

pub use body::{Block, blocks, html, readable, readable_lines};

use crate::error::Result;
use crate::search::{AnswerRef, Basis, BasisRef, Directory};

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

impl AnswerView {
    /// The view of a record; `related` and `overrides` are the pointers that the pack can follow.
    pub(crate) fn new(
        answer: &AnswerRef<'_>,
        directory: &Directory,
        related: Vec<Related>,
        overrides: Option<Related>,
    ) -> Result<Self> {
        let text = answer.text()?;
        let sections = sections(text);
        let agency = directory.agency(answer.agency);
        let owned = |text: Option<&str>| text.map(str::to_owned);
        Ok(Self {
            id: answer.id.to_owned(),
            title: answer.title.to_owned(),
            questions: answer.questions.iter().map(ToString::to_string).collect(),
            insurance: answer.insurance.to_owned(),
            kind: answer.kind.to_owned(),
            region: answer.region,
            region_name: directory.region(answer.region).to_owned(),
            agency: answer.agency.to_owned(),
            agency_title: agency.map(|agency| agency.title.clone()).unwrap_or_default(),
            hotline: answer.hotline.to_owned(),
            channels: agency.map(|agency| agency.channels.clone()).unwrap_or_default(),
            basis: answer.basis.iter().map(BasisRef::to_basis).collect(),
            effective: owned(answer.effective),
            until: owned(answer.until),
            reviewed: owned(answer.reviewed),
            text: readable(text),
            html: html(text),
            steps: under(text, "办理流程"),
            materials: under(text, "所需材料"),
            time_limits: under(text, "办理时限"),
            related,
            overrides,
            sections,
        })
    }
}

fn sections(text: &str) -> Vec<Section> {
    let mut out = vec![Section::default()];
    for block in blocks(text) {
        match (&block, out.last_mut()) {
            (Block::Heading(heading), _) => out.push(Section { heading: (*heading).to_owned(), lines: Vec::new() }),
            (_, Some(section)) => section.lines.extend(readable_lines(&block)),
            (_, None) => {}
        }
    }
    out.retain(|section| !section.lines.is_empty());
    out
}

/// What stands under a heading, list items without their markers.
fn under(text: &str, wanted: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut here = false;
    for block in blocks(text) {
        match block {
            Block::Heading(heading) => here = heading == wanted,
            _ if !here => {}
            Block::Steps(steps) => out.extend(steps.into_iter().map(|(_, step)| step.to_owned())),
            Block::Items(items) => out.extend(items.into_iter().map(str::to_owned)),
            other => out.extend(readable_lines(&other)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_and_steps() {
        let text = "可以。\n## 办理流程\n1. 登记\n2. 申领\n## 所需材料\n· 身份证";
        let headings: Vec<String> = sections(text).into_iter().map(|section| section.heading).collect();
        assert_eq!(headings, ["", "办理流程", "所需材料"]);
        assert_eq!(under(text, "办理流程"), ["登记", "申领"]);
        assert_eq!(under(text, "所需材料"), ["身份证"]);
        assert_eq!(under(text, "办理时限"), Vec::<String>::new());
    }
}
