//! Building packs and comparing them: the half of `sheda-kb` that runs where there is no disk.

use std::path::PathBuf;

use js_sys::{Array, Function, Object, Reflect, Uint8Array};
use sheda_core::pack::Pack;
use sheda_core::{Error, ErrorCode};
use sheda_kb::builder::build_folders;
use sheda_kb::compare::compare;
use sheda_kb::files::Tree;
use sheda_kb::progress::Stage;
use sheda_kb::{golden, json_lines};
use wasm_bindgen::prelude::*;

use crate::convert::{thrown, to_js};
use crate::fields::bad;

/// Builds a pack of folders in `files`, an array of `[path, bytes]`; later folders override earlier ones. Gives
/// `{ pack, manifest, problems }`, where `pack` and `manifest` are `null` if there are problems.
///
/// # Errors
/// `bad-request` if `files` is something else.
#[wasm_bindgen(js_name = buildPack)]
pub fn build_pack(files: &Array, folders: Vec<String>, progress: Option<Function>) -> Result<JsValue, JsValue> {
    let mut tree = Tree::default();
    for entry in files.iter() {
        let (path, bytes) = match entry.dyn_ref::<Array>() {
            Some(pair) => (pair.get(0).as_string(), pair.get(1).dyn_into::<Uint8Array>().ok()),
            None => (None, None),
        };
        let (Some(path), Some(bytes)) = (path, bytes) else {
            return Err(bad("build 的 files 应当是 [路径, 字节（Uint8Array）] 的数组".to_owned()));
        };
        tree.add(&path, bytes.to_vec());
    }
    let folders: Vec<PathBuf> = folders.iter().map(|folder| tree.unwrapped(&PathBuf::from(folder))).collect();
    let (pack, manifest, problems) = match build_folders(&tree, &folders, &told(progress)) {
        Ok(built) => {
            let pack = Uint8Array::from(&*built.pack);
            let manifest = Pack::open(built.pack).and_then(|pack| pack.manifest()).map_err(thrown)?;
            (pack.into(), to_js(&manifest)?, Vec::new())
        }
        Err(problems) => (JsValue::NULL, JsValue::NULL, problems),
    };
    let out = Object::new();
    let entries = [("pack", pack), ("manifest", manifest), ("problems", to_js(&problems)?)];
    for (name, value) in entries {
        Reflect::set(&out, &JsValue::from_str(name), &value)?;
    }
    Ok(out.into())
}

/// What the new pack changes against the old one.
///
/// # Errors
/// A `pack-…` code if one of them is not sound.
#[wasm_bindgen(js_name = comparePacks)]
pub fn compare_packs(old: Vec<u8>, new: Vec<u8>) -> Result<JsValue, JsValue> {
    let compared = Pack::open(old).and_then(|old| compare(&old, &Pack::open(new)?));
    compared.map_err(thrown).and_then(|comparison| to_js(&comparison))
}

/// What exchanging the old pack for the new one does to golden questions, given as JSON Lines.
///
/// # Errors
/// As [`compare_packs`]; `bad-request` names the line of `questions` at fault.
#[wasm_bindgen(js_name = goldenEffect)]
pub fn golden_effect(old: Vec<u8>, new: Vec<u8>, questions: &str, progress: Option<Function>) -> Result<JsValue, JsValue> {
    let questions: Vec<golden::Question> = json_lines::parse("questions.jsonl", questions)
        .map_err(|error| thrown(Error::new(ErrorCode::BadRequest, format!("{error:#}"))))?;
    let engines = sheda_core::Engine::open(old).and_then(|old| Ok((old, sheda_core::Engine::open(new)?)));
    let effect = engines.and_then(|(old, new)| golden::effect(&questions, &old, &new, &told(progress)));
    effect.map_err(thrown).and_then(|effect| to_js(&effect))
}

/// Progress as a JavaScript function hears it: stage, done, of.
fn told(progress: Option<Function>) -> impl Fn(Stage, usize, usize) {
    move |stage, done, of| {
        if let (Some(progress), Ok(stage)) = (&progress, to_js(&stage)) {
            // A listener that throws must not end the work.
            let _ = progress.call3(&JsValue::NULL, &stage, &done.into(), &of.into());
        }
    }
}
