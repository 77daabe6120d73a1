//! WebAssembly bindings of [`sheda_core::Engine`]: maps types, nothing else.
//!
//! Results are plain objects with the names of `sheda-core`'s serialised types, absent values are `null`, offsets are
//! UTF-16 units. Errors are thrown as `Error` with a `code`; anything thrown without one is a trap, after which this
//! instance must not be used again (the npm package then builds a new one).

mod convert;
mod fields;

use sheda_core::calendar::Date;
use sheda_core::search::SearchOptions;
use wasm_bindgen::prelude::*;

use convert::{thrown, to_js};
use fields::Fields;

/// An opened pack.
#[wasm_bindgen]
pub struct Engine(sheda_core::Engine);

#[wasm_bindgen]
impl Engine {
    /// Opens a pack from its bytes.
    ///
    /// # Errors
    /// Any of the `pack-…` codes.
    pub fn open(pack: Vec<u8>) -> Result<Engine, JsValue> {
        sheda_core::Engine::open(pack).map(Self).map_err(thrown)
    }

    /// Finds answers to a question.
    ///
    /// # Errors
    /// `bad-request` names the option at fault.
    pub fn search(&self, text: &str, options: &JsValue) -> Result<JsValue, JsValue> {
        let options = search_options(options)?;
        self.0.search(text, &options).map_err(thrown).and_then(|result| to_js(&result))
    }

    /// Questions that what was typed so far may become.
    ///
    /// # Errors
    /// `bad-request` names the option at fault.
    pub fn suggest(&self, typed: &str, options: &JsValue) -> Result<JsValue, JsValue> {
        let fields = Fields::of("suggest", options, &["limit", "region"])?;
        let limit = fields.count("limit")?.unwrap_or(0) as usize;
        let region = fields.count("region")?.unwrap_or(0);
        self.0.suggest(typed, limit, region).map_err(thrown).and_then(|suggestions| to_js(&suggestions))
    }

    /// One answer in full, `null` if the pack has no such id.
    ///
    /// # Errors
    /// If the record is not what was written.
    pub fn answer(&self, id: &str) -> Result<JsValue, JsValue> {
        self.0.answer(id).map_err(thrown).and_then(|answer| to_js(&answer))
    }

    /// What the pack says of itself.
    ///
    /// # Errors
    /// None in practice.
    pub fn manifest(&self) -> Result<JsValue, JsValue> {
        to_js(self.0.manifest())
    }

    /// Agencies and regions.
    ///
    /// # Errors
    /// None in practice.
    pub fn directory(&self) -> Result<JsValue, JsValue> {
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

/// Runs when the module is instantiated: a panic leaves the module as an exception that says where it happened.
#[wasm_bindgen(start)]
pub fn start() {
    std::panic::set_hook(Box::new(|panic| wasm_bindgen::throw_str(&panic.to_string())));
}
