//! Rust values and errors as JavaScript sees them.

use js_sys::Reflect;
use serde::Serialize;
use sheda_core::{Error, ErrorCode};
use wasm_bindgen::JsValue;

use crate::flat::flatten;

/// A result as [`crate::flat`] writes it; the npm package makes a plain object of it.
pub fn to_js(value: &impl Serialize) -> Result<Vec<u16>, JsValue> {
    flatten(value).map_err(|error| thrown(Error::new(ErrorCode::Internal, error.to_string())))
}

/// An `Error` with the `code` that programs match.
pub fn thrown(error: Error) -> JsValue {
    let object = js_sys::Error::new(&error.message);
    // Setting a property of a fresh object cannot fail.
    let _ = Reflect::set(&object, &JsValue::from_str("code"), &JsValue::from_str(error.code.as_str()));
    object.into()
}
