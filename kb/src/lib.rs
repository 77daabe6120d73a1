//! Reads the knowledge (Markdown, TOML), checks it and builds packs. The `sheda` command is a thin shell over this library.

pub mod builder;
pub mod calendar;
pub mod commands;
pub mod content;
pub mod eval;
pub mod export;
pub mod front_matter;
pub mod golden;
pub mod laws;
pub mod ledger;
pub mod lexicon;
pub mod pack_location;
mod problem;
pub mod recipe;
pub mod rules;
pub mod sources;
pub mod toml_file;

pub use problem::Problem;
