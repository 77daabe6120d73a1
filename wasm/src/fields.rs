//! Reads the fields of a JavaScript object strictly: an unknown name, a wrong type or an impossible value is an error
//! that names the field.

use js_sys::{Array, Object, Reflect};
use serde::de::DeserializeOwned;
use sheda_core::calendar::Date;
use sheda_core::ledger::{Cell, Record};
use sheda_core::rules::CheckError;
use sheda_core::{Error, ErrorCode};
use wasm_bindgen::{JsCast, JsValue};

use crate::convert::thrown;

/// The fields of one argument.
pub struct Fields<'a> {
    /// The call, for messages.
    call: &'a str,
    object: Option<&'a Object>,
}

impl<'a> Fields<'a> {
    /// Looks at an argument; `undefined` and `null` have no fields.
    pub fn of(call: &'a str, value: &'a JsValue, known: &[&str]) -> Result<Self, JsValue> {
        if value.is_undefined() || value.is_null() {
            return Ok(Self { call, object: None });
        }
        if !value.is_object() || Array::is_array(value) {
            return Err(bad(format!("{call} 的选项应当是对象，给的是 {}", shown(value))));
        }
        // Not `dyn_ref`: an object of another realm (iframe, vm) is an object too.
        let object: &Object = value.unchecked_ref();
        for key in keys(object) {
            if !known.contains(&key.as_str()) {
                return Err(bad(format!("{call} 没有“{key}”这个选项，可用的有：{}", known.join("、"))));
            }
        }
        Ok(Self { call, object: Some(object) })
    }

    fn value(&self, name: &str) -> Option<JsValue> {
        let value = Reflect::get(self.object?, &JsValue::from_str(name)).ok()?;
        (!value.is_undefined() && !value.is_null()).then_some(value)
    }

    fn refuse(&self, name: &str, wanted: &str, value: &JsValue) -> JsValue {
        bad(format!("{} 的选项 {name} 应当是{wanted}，给的是 {}", self.call, shown(value)))
    }

    /// A text.
    pub fn text(&self, name: &str) -> Result<Option<String>, JsValue> {
        let Some(value) = self.value(name) else { return Ok(None) };
        value.as_string().map(Some).ok_or_else(|| self.refuse(name, "文字", &value))
    }

    /// A whole number from 0 to 2³² − 1.
    pub fn count(&self, name: &str) -> Result<Option<u32>, JsValue> {
        let Some(value) = self.value(name) else { return Ok(None) };
        let whole = value.as_f64().filter(|n| n.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(n));
        whole.map(|n| Some(n as u32)).ok_or_else(|| self.refuse(name, "不小于 0 的整数", &value))
    }

    /// A ledger record.
    pub fn record(&self, name: &str) -> Result<Option<Record>, JsValue> {
        self.value(name).map(|value| record(self.call, &value)).transpose()
    }

    /// A day written `YYYY-MM-DD`.
    pub fn day(&self, name: &str) -> Result<Option<Date>, JsValue> {
        let Some(value) = self.value(name) else { return Ok(None) };
        let day = value.as_string().as_deref().and_then(Date::from_iso);
        day.map(Some).ok_or_else(|| self.refuse(name, "存在的日期，写成 \"2026-11-23\" 这样", &value))
    }
}

/// A ledger record: an object of texts, numbers, booleans and nothing.
pub fn record(call: &str, value: &JsValue) -> Result<Record, JsValue> {
    if !value.is_object() || Array::is_array(value) {
        return Err(bad(format!(
            "{call} 的 record 应当是对象，例如 {{ \"咨询日期\": \"2026-11-23\" }}，给的是 {}",
            shown(value)
        )));
    }
    let object: &Object = value.unchecked_ref();
    let mut record = Record::default();
    for key in keys(object) {
        let value = Reflect::get(object, &JsValue::from_str(&key)).unwrap_or(JsValue::NULL);
        let cell: Cell = serde_wasm_bindgen::from_value(value.clone())
            .map_err(|_| bad(format!("{call} 的 record 里“{key}”应当是文字、数字或空，给的是 {}", shown(&value))))?;
        record.0.insert(key, cell);
    }
    Ok(record)
}

/// A value that an earlier call gave out.
pub fn given_out<T: DeserializeOwned>(call: &str, name: &str, from: &str, value: &JsValue) -> Result<T, JsValue> {
    serde_wasm_bindgen::from_value(value.clone())
        .map_err(|error| bad(format!("{call} 的 {name} 应当是 {from} 给出的（{error}）")))
}

/// What the core found wrong with a request, under the names of JavaScript.
pub fn refused(call: &str, error: &CheckError) -> JsValue {
    bad(format!("{call} 的选项 {}：{}", js_name(&error.field), error.message))
}

/// The name in JavaScript of a field of a request; columns of a ledger keep theirs.
pub fn js_name(field: &str) -> &str {
    match field {
        "received_at" => "receivedAt",
        "replied_at" => "repliedAt",
        "working_days" => "workingDays",
        "natural_days" => "naturalDays",
        _ => field,
    }
}

fn keys(object: &Object) -> impl Iterator<Item = String> {
    Object::keys(object).into_iter().filter_map(|key| key.as_string())
}

/// A `bad-request`.
pub fn bad(message: String) -> JsValue {
    thrown(Error::new(ErrorCode::BadRequest, message))
}

/// A value for a message: short, and never the text of a citizen at length.
fn shown(value: &JsValue) -> String {
    if let Some(text) = value.as_string() {
        let short: String = text.chars().take(20).collect();
        return if short.len() < text.len() { format!("“{short}…”") } else { format!("“{text}”") };
    }
    match (value.as_f64(), value.as_bool()) {
        (Some(number), _) => number.to_string(),
        (_, Some(truth)) => truth.to_string(),
        _ => value.js_typeof().as_string().unwrap_or_default(),
    }
}
