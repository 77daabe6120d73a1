//! SheDa's engine: Chinese search and quality rules for social-insurance consultation over one pack of bytes.
//!
//! Pure: bytes and values in, values out. No files, network, clock, threads or JavaScript; builds for `wasm32`.
//! Floors, lowest first: [`text`] · [`pack`] · [`calendar`] → [`search`] · [`rules`] → [`ledger`] → [`Engine`].

pub mod answer;
pub mod calendar;
mod engine;
mod error;
pub mod pack;
pub mod rules;
pub mod search;
pub mod text;

pub use answer::{AnswerView, Related, Section};
pub use engine::Engine;
pub use error::{Error, ErrorCode, Result};
