//! What is indexed: two fields of one tantivy segment.
//!
//! Documents `0..answers` are the answers, with their characters and pairs of neighbours in `gram`. The documents after them are the questions that editors wrote down, one each, in `ask`: a short text that
//! matches a citizen's wording is better evidence than the same words scattered over an answer.
//!
//! A third field of jieba words was measured and left out: it added nothing to characters and pairs under these weights
//! (docs/search.md) and a quarter to the index.

use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};

/// Characters and pairs of neighbours of title and text.
pub const GRAM: Field = Field::from_field_id(0);
/// Characters and pairs of neighbours of one authored question.
pub const ASK: Field = Field::from_field_id(1);

/// The name under which the index refers to its tokenizer: tokens come ready-made, separated by [`SEPARATOR`].
pub const TOKENIZER: &str = "sheda";
/// Stands between tokens; normalisation removes it from every text.
pub const SEPARATOR: char = '\u{1f}';

/// The schema; the order of fields is part of the format.
pub fn schema() -> Schema {
    let mut builder = Schema::builder();
    for name in ["gram", "ask"] {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(TOKENIZER)
            .set_fieldnorms(true)
            .set_index_option(IndexRecordOption::WithFreqs);
        builder.add_text_field(name, TextOptions::default().set_indexing_options(indexing));
    }
    builder.build()
}
