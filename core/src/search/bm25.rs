//! BM25 over the index, term at a time.
//!
//! A dense array of sums beats a heap of iterators at the sizes a client holds: a question of n characters has about 2n
//! terms, most of which occur in few documents.

use super::index::Postings;
use super::ranking::Weights;

/// BM25 under some weights over documents of known lengths.
#[derive(Debug, Clone, Default)]
pub struct Bm25 {
    /// For each document `k1 · (1 − b + b · length / average)`.
    normal: Vec<f32>,
    /// For each document what a term that occurs once contributes, times `k1 + 1`: most do.
    once: Vec<f32>,
    k1: f32,
    idf_power: f32,
}

impl Bm25 {
    /// Prepares the lengths of all documents.
    pub fn new(lengths: &[u16], weights: &Weights) -> Self {
        let total: f64 = lengths.iter().copied().map(f64::from).sum();
        let average = (total / lengths.len().max(1) as f64).max(1.0) as f32;
        let Weights { k1, b, idf_power, .. } = *weights;
        let normal: Vec<f32> = lengths.iter().map(|&length| k1 * (1.0 - b + b * f32::from(length) / average)).collect();
        let once = normal.iter().map(|normal| (k1 + 1.0) / (1.0 + normal)).collect();
        Self { normal, once, k1, idf_power }
    }

    /// The inverse document frequency of a term that so many documents have.
    pub fn idf(&self, documents: u32) -> f32 {
        let (n, df) = (self.normal.len() as f32, documents as f32);
        let idf = (1.0 + (n - df + 0.5) / (df + 0.5)).ln();
        if self.idf_power == 1.0 { idf } else { idf.powf(self.idf_power) }
    }

    /// Adds a term's scores to `sums`, which has one entry for each document.
    pub fn accumulate(&self, postings: Postings<'_>, worth: f32, sums: &mut [f32]) {
        // Of one length, so that one comparison checks all three.
        let count = sums.len().min(self.once.len()).min(self.normal.len());
        let (sums, once, normal) = (&mut sums[..count], &self.once[..count], &self.normal[..count]);
        postings.for_each(|document, times| {
            let at = document as usize;
            if at >= count {
                return;
            }
            sums[at] += if times == 1 {
                worth * once[at]
            } else {
                let times = times as f32;
                worth * (self.k1 + 1.0) * times / (times + normal[at])
            };
        });
    }
}
