//! BM25 over one field of the segment, term at a time.
//!
//! tantivy fixes k1 = 1.2 and b = 0.75; measured on real questions, b = 0.9 is the largest single gain, so scores are
//! summed here from tantivy's postings. A dense array of sums beats a heap of iterators at the sizes a client holds:
//! a question of n characters has about 2n terms, most of which occur in few documents.

use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{InvertedIndexReader, SegmentReader, Term};

use super::ranking::Weights;
use crate::error::{Error, Result};

/// One field, opened: its postings, lengths and statistics.
pub struct FieldIndex {
    field: Field,
    inverted: Arc<InvertedIndexReader>,
    norms: FieldNormReader,
    /// How many documents there are.
    documents: u32,
    average_length: f32,
}

/// The BM25 of a field under some weights.
#[derive(Debug, Clone, Copy)]
pub struct Saturation {
    /// `k1 · (1 − b + b · length / average)` for each length class.
    normal: [f32; 256],
    k1: f32,
    idf_power: f32,
}

impl FieldIndex {
    /// Opens a field that all `documents` have.
    ///
    /// # Errors
    /// If the index is not what was written.
    pub fn open(reader: &SegmentReader, field: Field, documents: u32) -> Result<Self> {
        let damaged = |error: tantivy::TantivyError| Error::damaged("index", error);
        let inverted = reader.inverted_index(field).map_err(damaged)?;
        let norms = reader.get_fieldnorms_reader(field).map_err(damaged)?;
        let average_length = inverted.total_num_tokens() as f32 / documents.max(1) as f32;
        Ok(Self { field, inverted, norms, documents, average_length: average_length.max(1.0) })
    }

    /// Prepares BM25 for this field.
    pub fn saturation(&self, k1: f32, b: f32, weights: &Weights) -> Saturation {
        let normal = std::array::from_fn(|class| {
            let length = FieldNormReader::id_to_fieldnorm(class as u8) as f32;
            k1 * (1.0 - b + b * length / self.average_length)
        });
        Saturation { normal, k1, idf_power: weights.idf_power }
    }

    /// The postings of a term and its inverse document frequency; `None` if no document has it.
    pub fn postings(&self, token: &str, saturation: &Saturation) -> Result<Option<(BlockSegmentPostings, f32)>> {
        let damaged = |error: std::io::Error| Error::damaged("index", error);
        let term = Term::from_field_text(self.field, token);
        let Some(info) = self.inverted.get_term_info(&term).map_err(damaged)? else { return Ok(None) };
        let idf = self.idf(info.doc_freq, saturation.idf_power);
        let postings = self.inverted.read_block_postings_from_terminfo(&info, IndexRecordOption::WithFreqs).map_err(damaged)?;
        Ok(Some((postings, idf)))
    }

    /// Whether any document has this token.
    pub fn knows(&self, token: &str) -> bool {
        matches!(self.inverted.get_term_info(&Term::from_field_text(self.field, token)), Ok(Some(_)))
    }

    fn idf(&self, frequency: u32, power: f32) -> f32 {
        let (n, df) = (self.documents as f32, frequency as f32);
        let idf = (1.0 + (n - df + 0.5) / (df + 0.5)).ln();
        if power == 1.0 { idf } else { idf.powf(power) }
    }

    /// Adds a term's scores to `sums`, which has one entry for each document of this field.
    pub fn accumulate(&self, mut postings: BlockSegmentPostings, gain: f32, saturation: &Saturation, sums: &mut [f32]) {
        let gain = gain * (saturation.k1 + 1.0);
        loop {
            let length = postings.block_len();
            let (documents, frequencies) = (postings.docs(), postings.freqs());
            for (&document, &frequency) in documents.iter().zip(frequencies).take(length) {
                let class = self.norms.fieldnorm_id(document);
                let frequency = frequency as f32;
                if let Some(sum) = sums.get_mut(document as usize) {
                    *sum += gain * frequency / (frequency + saturation.normal[class as usize]);
                }
            }
            if length < 128 {
                return;
            }
            postings.advance();
            if postings.block_len() == 0 {
                return;
            }
        }
    }
}
