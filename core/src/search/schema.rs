//! What is indexed: one field of one tantivy segment, a document an answer.
//!
//! The field holds the characters and pairs of neighbours of title, authored questions and text. Two more fields were
//! measured and left out (docs/search.md): jieba words added nothing under these weights, and authored questions as
//! documents of their own doubled the index to find what reading the leading candidates' questions finds as well.

use tantivy::schema::Field;
#[cfg(feature = "write")]
use tantivy::schema::{IndexRecordOption, Schema, TextFieldIndexing, TextOptions};

/// Characters and pairs of neighbours of title, authored questions and text.
pub const GRAM: Field = Field::from_field_id(0);
#[cfg(feature = "write")]
/// The name under which the index refers to its tokenizer: tokens come ready-made, separated by [`SEPARATOR`].
pub const TOKENIZER: &str = "sheda";
#[cfg(feature = "write")]
/// Stands between tokens; normalisation removes it from every text.
pub const SEPARATOR: char = '\u{1f}';

#[cfg(feature = "write")]
/// The schema; it is part of the format.
pub fn schema() -> Schema {
    let mut builder = Schema::builder();
    let indexing =
        TextFieldIndexing::default().set_tokenizer(TOKENIZER).set_fieldnorms(true).set_index_option(IndexRecordOption::WithFreqs);
    builder.add_text_field("gram", TextOptions::default().set_indexing_options(indexing));
    builder.build()
}
