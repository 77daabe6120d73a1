//! The engine behind four plain functions, for an interpreter that has no JavaScript: the same engine as in the shipped
//! module, without the glue.
//!
//! The caller asks for [`buffer`], writes into it, then calls what reads it.

// Exporting a name is all that is unsafe here.
#![allow(unsafe_code)]

use std::cell::RefCell;

use sheda_core::Engine;
use sheda_core::rules::CheckRequest;
use sheda_core::search::SearchOptions;

thread_local! {
    static BUFFER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static ENGINE: RefCell<Option<Engine>> = const { RefCell::new(None) };
}

/// Room for so many bytes: where it begins.
#[unsafe(no_mangle)]
pub extern "C" fn buffer(length: u32) -> u32 {
    BUFFER.with_borrow_mut(|buffer| {
        *buffer = vec![0; length as usize];
        buffer.as_ptr() as usize as u32
    })
}

/// Opens the pack in the buffer: how many answers it has, 0 if it does not open.
#[unsafe(no_mangle)]
pub extern "C" fn open() -> u32 {
    let Ok(engine) = Engine::open(BUFFER.take()) else { return 0 };
    let answers = engine.manifest().counts.answers;
    ENGINE.set(Some(engine));
    answers
}

/// Searches for the text in the buffer: how many hits.
#[unsafe(no_mangle)]
pub extern "C" fn search() -> u32 {
    ask(|engine, text| engine.search(text, &SearchOptions::default()).map_or(0, |result| result.hits.len() as u32))
}

/// Checks the reply in the buffer: how many findings.
#[unsafe(no_mangle)]
pub extern "C" fn check() -> u32 {
    ask(|engine, text| {
        let request = CheckRequest { reply: Some(text.to_owned()), ..CheckRequest::default() };
        engine.check(&request).map_or(0, |report| report.diagnostics.len() as u32)
    })
}

fn ask(question: impl Fn(&Engine, &str) -> u32) -> u32 {
    let text = BUFFER.with_borrow(|buffer| String::from_utf8_lossy(buffer).into_owned());
    ENGINE.with_borrow(|engine| engine.as_ref().map_or(0, |engine| question(engine, &text)))
}
