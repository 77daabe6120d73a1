//! Building packs and comparing them: the half of `sheda-kb` that runs where there is no disk.

use std::path::PathBuf;

use js_sys::{Array, Function, Uint8Array, Uint16Array};
use serde::Serialize;
use sheda_core::pack::{Manifest, Pack};
use sheda_core::{Error, ErrorCode};
use sheda_kb::Problem;
use sheda_kb::builder::build_folders;
use sheda_kb::compare::compare;
use sheda_kb::files::Tree;
use sheda_kb::progress::Stage;
use sheda_kb::recipe::Recipe;
use sheda_kb::{golden, json_lines};
use wasm_bindgen::prelude::*;

use crate::convert::{thrown, to_js};
use crate::fields::bad;

/// What a build says besides the pack.
#[derive(Serialize)]
struct Said {
    manifest: Option<Manifest>,
    problems: Vec<Problem>,
}

/// Builds a pack of folders in `files`, an array of `[path, bytes]`; later folders override earlier ones. Gives an array of
/// the pack's bytes, `null` if there are problems, and `{ manifest, problems }` as [`crate::flat`] writes it.
///
/// # Errors
/// `bad-request` if `files` is something else.
#[wasm_bindgen(js_name = buildPack)]
pub fn build_pack(files: &Array, folders: Vec<String>, progress: Option<Function>) -> Result<Array, JsValue> {
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
    let (pack, manifest, problems) = match build_folders(&tree, &folders, &Recipe::whole(), &told(progress)) {
        Ok(built) => {
            let pack = Uint8Array::from(&*built.pack);
            let manifest = Pack::open(built.pack).and_then(|pack| pack.manifest()).map_err(thrown)?;
            (pack.into(), Some(manifest), Vec::new())
        }
        Err(problems) => (JsValue::NULL, None, problems),
    };
    // The pack may have megabytes: it crosses as bytes, beside what is said of it.
    let said = Uint16Array::from(&*to_js(&Said { manifest, problems })?);
    Ok(Array::of2(&pack, &said))
}

/// What the new pack changes against the old one.
///
/// # Errors
/// A `pack-…` code if one of them is not sound.
#[wasm_bindgen(js_name = comparePacks)]
pub fn compare_packs(old: Vec<u8>, new: Vec<u8>) -> Result<Vec<u16>, JsValue> {
    let compared = Pack::open(old).and_then(|old| compare(&old, &Pack::open(new)?));
    compared.map_err(thrown).and_then(|comparison| to_js(&comparison))
}

/// What exchanging the old pack for the new one does to golden questions, given as JSON Lines.
///
/// # Errors
/// As [`compare_packs`]; `bad-request` names the line of `questions` at fault.
#[wasm_bindgen(js_name = goldenEffect)]
pub fn golden_effect(old: Vec<u8>, new: Vec<u8>, questions: &str, progress: Option<Function>) -> Result<Vec<u16>, JsValue> {
    let questions: Vec<golden::Question> = json_lines::parse("questions.jsonl", questions)
        .map_err(|error| thrown(Error::new(ErrorCode::BadRequest, format!("{error:#}"))))?;
    let engines = sheda_core::Engine::open(old).and_then(|old| Ok((old, sheda_core::Engine::open(new)?)));
    let effect = engines.and_then(|(old, new)| golden::effect(&questions, &old, &new, &told(progress)));
    effect.map_err(thrown).and_then(|effect| to_js(&effect))
}

/// Progress as a JavaScript function hears it: stage, done, of.
fn told(progress: Option<Function>) -> impl Fn(Stage, usize, usize) {
    move |stage, done, of| {
        if let (Some(progress), Ok(stage)) = (&progress, serde_wasm_bindgen::to_value(&stage)) {
            // A listener that throws must not end the work.
            let _ = progress.call3(&JsValue::NULL, &stage, &done.into(), &of.into());
        }
    }
}
