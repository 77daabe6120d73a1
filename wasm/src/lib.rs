//! WebAssembly bindings of [`sheda_core::Engine`]: maps types, nothing else.
//!
//! Results are written as [`flat`] says, with the names of `sheda-core`'s serialised types; absent values are `null`,
//! offsets are UTF-16 units. Errors are thrown as `Error` with a `code`; anything thrown without one is a trap, after which this
//! instance must not be used again (the npm package then builds a new one).

#[cfg(feature = "author")]
mod author;
mod convert;
mod fields;
mod findings;
mod flat;

use sheda_core::calendar::Date;
use sheda_core::pack::PublicKey;
use sheda_core::rules::{CheckRequest, DueRequest, Safety, apply_fixes};
use sheda_core::search::SearchOptions;
use sheda_core::text::Utf16Map;
use wasm_bindgen::prelude::*;

use convert::{thrown, to_js};
use fields::{Fields, bad, given_out, record, records, refused};
use findings::{JsDiagnostic, JsReport};

/// An opened pack.
#[wasm_bindgen]
pub struct Engine(sheda_core::Engine);

#[wasm_bindgen]
impl Engine {
    /// Opens a pack from its bytes; with `trust`, only one that one of these public keys signed.
    ///
    /// # Errors
    /// Any of the `pack-…` codes; `bad-request` for a key that is none.
    pub fn open(pack: Vec<u8>, trust: Option<Vec<String>>) -> Result<Engine, JsValue> {
        let opened = match trust {
            None => sheda_core::Engine::open(pack),
            Some(keys) => {
                let keys: Result<Vec<PublicKey>, _> = keys.iter().map(|key| PublicKey::from_hex(key)).collect();
                keys.and_then(|keys| sheda_core::Engine::open_signed(pack, &keys))
            }
        };
        opened.map(Self).map_err(thrown)
    }

    /// Finds answers to a question.
    ///
    /// # Errors
    /// `bad-request` names the option at fault.
    pub fn search(&self, text: &str, options: &JsValue) -> Result<Vec<u16>, JsValue> {
        let options = search_options(options)?;
        self.0.search(text, &options).map_err(thrown).and_then(|result| to_js(&result))
    }

    /// Questions that what was typed so far may become.
    ///
    /// # Errors
    /// `bad-request` names the option at fault.
    pub fn suggest(&self, typed: &str, options: &JsValue) -> Result<Vec<u16>, JsValue> {
        let fields = Fields::of("suggest", options, &["limit", "region"])?;
        let limit = fields.count("limit")?.unwrap_or(0) as usize;
        let region = fields.count("region")?.unwrap_or(0);
        self.0.suggest(typed, limit, region).map_err(thrown).and_then(|suggestions| to_js(&suggestions))
    }

    /// One answer in full, `null` if the pack has no such id.
    ///
    /// # Errors
    /// If the record is not what was written.
    pub fn answer(&self, id: &str) -> Result<Vec<u16>, JsValue> {
        self.0.answer(id).map_err(thrown).and_then(|answer| to_js(&answer))
    }

    /// Checks a reply before it is sent.
    ///
    /// # Errors
    /// `bad-request` names the option at fault; a `pack-…` code if the pack has no rules.
    pub fn check(&self, request: &JsValue) -> Result<Vec<u16>, JsValue> {
        let request = check_request(request)?;
        let (checker, words) = self.0.checker().map_err(thrown)?;
        let report = checker.check(words, &request).map_err(|error| refused("check", &error))?;
        to_js(&JsReport::new(report, |field| checker.text_of(&request, field)))
    }

    /// Checks one ledger record.
    ///
    /// # Errors
    /// As [`Engine::check`].
    #[wasm_bindgen(js_name = checkRecord)]
    pub fn check_record(&self, record_given: &JsValue, options: &JsValue) -> Result<Vec<u16>, JsValue> {
        let record = record("checkRecord", record_given)?;
        let now = Fields::of("checkRecord", options, &["now"])?.text("now")?;
        let (checker, words) = self.0.checker().map_err(thrown)?;
        let report = checker.check_record(words, &record, now.as_deref()).map_err(|error| refused("checkRecord", &error))?;
        let request = CheckRequest { record: Some(record), ..CheckRequest::default() };
        to_js(&JsReport::new(report, |field| checker.text_of(&request, field)))
    }

    /// The figures of a ledger.
    ///
    /// # Errors
    /// As [`Engine::check`].
    pub fn report(&self, records_given: &JsValue, options: &JsValue) -> Result<Vec<u16>, JsValue> {
        let records = records("report", records_given)?;
        let now = Fields::of("report", options, &["now"])?.day("now")?.map(|day| day.to_string());
        self.0.report(&records, now.as_deref()).map_err(thrown).and_then(|figures| to_js(&figures))
    }

    /// When an answer is due.
    ///
    /// # Errors
    /// As [`Engine::check`].
    pub fn due(&self, request: &JsValue) -> Result<Vec<u16>, JsValue> {
        let fields = Fields::of("due", request, &["channel", "workingDays", "naturalDays", "receivedAt", "now"])?;
        let request = DueRequest {
            channel: fields.text("channel")?,
            working_days: fields.count("workingDays")?,
            natural_days: fields.count("naturalDays")?,
            received_at: fields.text("receivedAt")?,
            now: fields.text("now")?,
        };
        let (checker, _) = self.0.checker().map_err(thrown)?;
        checker.due(&request).map_err(|error| refused("due", &error)).and_then(|due| to_js(&due))
    }

    /// Applies one fix of each of these diagnostics to the text that they are about.
    ///
    /// # Errors
    /// `bad-request` if they are not what [`Engine::check`] gave out, or were given out for another text.
    #[wasm_bindgen(js_name = applyFixes)]
    pub fn apply_fixes(&self, text: &str, diagnostics: &JsValue, options: &JsValue) -> Result<String, JsValue> {
        let fields = Fields::of("applyFixes", options, &["field", "safety"])?;
        let field = fields.text("field")?.unwrap_or_else(|| "reply".to_owned());
        let safety = match fields.text("safety")?.as_deref() {
            None | Some("safe") => Safety::Safe,
            Some("review") => Safety::Review,
            Some(other) => return Err(bad(format!("applyFixes 的选项 safety 应当是 safe 或 review，给的是“{other}”"))),
        };
        let diagnostics: Vec<JsDiagnostic> = given_out("applyFixes", "diagnostics", "check", diagnostics)?;
        let map = Utf16Map::new(text);
        let about = diagnostics.iter().filter(|diagnostic| diagnostic.field == field);
        let fixes: Option<Vec<Vec<_>>> =
            about.map(|diagnostic| diagnostic.fixes.iter().map(|fix| fix.to_core(&map)).collect()).collect();
        let fixes = fixes.ok_or_else(|| bad("applyFixes 的 diagnostics 不是这段文字的检查结果，请重新检查".to_owned()))?;
        Ok(apply_fixes(text, fixes.iter().map(Vec::as_slice), safety))
    }

    /// The pages of all rules.
    ///
    /// # Errors
    /// If the pack's pages are not what was written.
    pub fn rules(&self) -> Result<Vec<u16>, JsValue> {
        self.0.rules().map_err(thrown).and_then(|pages| to_js(&pages))
    }

    /// Terms, flows and self-inspection, the institution's channels and its ledger's columns.
    ///
    /// # Errors
    /// If the pack's handbook is not what was written.
    pub fn handbook(&self) -> Result<Vec<u16>, JsValue> {
        self.0.handbook().map_err(thrown).and_then(|handbook| to_js(&handbook))
    }

    /// What the pack says of itself.
    ///
    /// # Errors
    /// None in practice.
    pub fn manifest(&self) -> Result<Vec<u16>, JsValue> {
        to_js(self.0.manifest())
    }

    /// Agencies and regions.
    ///
    /// # Errors
    /// None in practice.
    pub fn directory(&self) -> Result<Vec<u16>, JsValue> {
        to_js(self.0.directory())
    }
}

fn search_options(options: &JsValue) -> Result<SearchOptions, JsValue> {
    let fields = Fields::of("search", options, &["limit", "region", "insurance", "kind", "agency", "asOf"])?;
    Ok(SearchOptions {
        limit: fields.count("limit")?.unwrap_or(0) as usize,
        region: fields.count("region")?.unwrap_or(0),
        insurance: fields.text("insurance")?,
        kind: fields.text("kind")?,
        agency: fields.text("agency")?,
        as_of: fields.day("asOf")?.map_or(0, Date::compact),
    })
}

fn check_request(request: &JsValue) -> Result<CheckRequest, JsValue> {
    let known = ["channel", "question", "reply", "receivedAt", "repliedAt", "region", "record", "now"];
    let fields = Fields::of("check", request, &known)?;
    Ok(CheckRequest {
        channel: fields.text("channel")?,
        question: fields.text("question")?,
        reply: fields.text("reply")?,
        received_at: fields.text("receivedAt")?,
        replied_at: fields.text("repliedAt")?,
        region: fields.count("region")?.map(|code| code.to_string()),
        record: fields.record("record")?,
        now: fields.text("now")?,
    })
}

/// Runs when the module is instantiated: a panic leaves the module as an exception that says where it happened.
#[wasm_bindgen(start)]
pub fn start() {
    std::panic::set_hook(Box::new(|panic| wasm_bindgen::throw_str(&panic.to_string())));
}
