//! Reads the knowledge (Markdown, TOML), checks it and builds packs. The `sheda` command is a thin shell over this library.

pub mod builder;
pub mod calendar;
#[cfg(feature = "command")]
pub mod commands;
pub mod compare;
pub mod content;
#[cfg(feature = "command")]
pub mod eval;
#[cfg(feature = "command")]
pub mod export;
pub mod files;
pub mod front_matter;
pub mod golden;
pub mod json_lines;
pub mod laws;
#[cfg(feature = "command")]
pub mod ledger;
pub mod lexicon;
#[cfg(feature = "command")]
pub mod pack_location;
mod problem;
pub mod progress;
pub mod recipe;
pub mod rules;
pub mod sources;
pub mod toml_file;

pub use problem::Problem;
