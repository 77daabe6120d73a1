//! Reads the knowledge (Markdown, TOML), checks it and builds packs. The `sheda` command is a thin shell over this library.

pub mod calendar;
pub mod files;
pub mod front_matter;
mod problem;

pub use problem::Problem;
