//! Findings as JavaScript sees them: the same data as in the core, offsets in UTF-16 units.

use serde::{Deserialize, Serialize};
use sheda_core::calendar::Due;
use sheda_core::rules::{CheckReport, Edit, Family, Fix, Safety, Severity};
use sheda_core::text::{ByteSpan, Utf16Map, Utf16Span};

use crate::fields::js_name;

/// What a check gives.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct JsReport {
    diagnostics: Vec<JsDiagnostic>,
    can_submit: bool,
    due: Option<Due>,
}

/// One finding; the span and all edits count in the text of `field`.
#[derive(Serialize, Deserialize)]
pub struct JsDiagnostic {
    code: String,
    name: String,
    family: Family,
    severity: Severity,
    message: String,
    source: String,
    /// What it is about, by the name in JavaScript.
    pub field: String,
    span: Option<Utf16Span>,
    /// Ways to mend it.
    pub fixes: Vec<JsFix>,
    url: String,
}

/// A way to mend a finding.
#[derive(Serialize, Deserialize)]
pub struct JsFix {
    title: String,
    safety: Safety,
    edits: Vec<JsEdit>,
}

#[derive(Serialize, Deserialize)]
struct JsEdit {
    start: u32,
    end: u32,
    text: String,
}

impl JsReport {
    /// Turns every offset into UTF-16; `text_of` gives the text of a field. Each text is read once: findings stand by field.
    pub fn new<'t>(report: CheckReport, text_of: impl Fn(&str) -> Option<&'t str>) -> Self {
        let mut field = String::new();
        let mut map = Utf16Map::new("");
        let diagnostics = report.diagnostics.into_iter().map(|found| {
            if found.field != field {
                map = Utf16Map::new(text_of(&found.field).unwrap_or(""));
                field.clone_from(&found.field);
            }
            JsDiagnostic {
                code: found.code,
                name: found.name,
                family: found.family,
                severity: found.severity,
                message: found.message,
                source: found.source,
                field: js_name(&found.field).to_owned(),
                span: found.span.map(|span| map.span(span)),
                fixes: found.fixes.into_iter().map(|fix| JsFix::new(fix, &map)).collect(),
                url: found.url,
            }
        });
        Self { diagnostics: diagnostics.collect(), can_submit: report.can_submit, due: report.due }
    }
}

impl JsFix {
    fn new(fix: Fix, map: &Utf16Map<'_>) -> Self {
        let edits = fix.edits.into_iter().map(|edit| {
            let Utf16Span { start, end } = map.span(ByteSpan::new(edit.start, edit.end));
            JsEdit { start, end, text: edit.text }
        });
        Self { title: fix.title, safety: fix.safety, edits: edits.collect() }
    }

    /// The fix as the core has it; `None` if an edit does not fit the text.
    pub fn to_core(&self, map: &Utf16Map<'_>) -> Option<Fix> {
        let edits = self.edits.iter().map(|edit| {
            let (start, end) = (map.byte(edit.start)?, map.byte(edit.end)?);
            (start <= end).then(|| Edit { start, end, text: edit.text.clone() })
        });
        Some(Fix { title: self.title.clone(), safety: self.safety, edits: edits.collect::<Option<_>>()? })
    }
}
