//! Finding the leading directions of the matrix of answers and grams.

use std::collections::BTreeMap;

use crate::search::Answer;
use crate::text::{Normalizer, grams};

/// How many directions are kept (docs/search.md has the measurement).
const DIRECTIONS: usize = 48;
/// Grams in the questions of fewer answers say nothing about other answers.
const ANSWERS_AT_LEAST: usize = 12;
/// Rounds of the power method; the cosines no longer change after so many.
const ROUNDS: usize = 10;
/// Directions that are computed. The strongest one, the first, is what all questions have in common, and is left out.
const COMPUTED: usize = DIRECTIONS + 1;
/// How often the title counts against one authored question.
const TITLE: u32 = 2;

/// One row of the matrix: numbers of grams, ascending, and their weights.
type Row = Vec<(usize, f32)>;

/// Writes the section; `None` if too few answers have authored questions. Numbers are rounded to multiples of `step` of 127: fewer
/// values take fewer bytes after compression.
pub fn write(answers: &[Answer], normalizer: &Normalizer, step: u8) -> Option<Vec<u8>> {
    let counted: Vec<BTreeMap<String, u32>> = answers.iter().map(|answer| count(answer, normalizer)).collect();
    let mut answers_with: BTreeMap<&str, usize> = BTreeMap::new();
    for gram in counted.iter().flat_map(BTreeMap::keys) {
        *answers_with.entry(gram).or_default() += 1;
    }
    answers_with.retain(|_, answers| *answers >= ANSWERS_AT_LEAST);
    let texts: Vec<&str> = answers_with.keys().copied().collect();
    if texts.len() <= COMPUTED || texts.len() > usize::from(u16::MAX) {
        return None;
    }
    let asked = counted.iter().filter(|grams| !grams.is_empty()).count() as f32;
    let weights: Vec<f32> = answers_with.values().map(|&answers| libm::logf(1.0 + asked / answers as f32)).collect();
    let rows: Vec<Row> = counted.iter().map(|grams| row(grams, &texts, &weights)).collect();
    let of_grams = leading_directions(&rows, texts.len());

    let joined = texts.join("\n");
    let mut out = Vec::new();
    for number in [DIRECTIONS, texts.len()] {
        out.extend_from_slice(&(number as u16).to_le_bytes());
    }
    out.extend_from_slice(&(joined.len() as u32).to_le_bytes());
    out.extend_from_slice(joined.as_bytes());
    weights.iter().for_each(|weight| out.extend_from_slice(&weight.to_le_bytes()));
    // Up to eight times the root mean square, which is 1 over the root of their number, is kept; the few larger ones are cut.
    let largest = 8.0 / (texts.len() as f32).sqrt();
    of_grams.iter().for_each(|gram| quantise(&gram[1..], largest, step, &mut out));
    for row in &rows {
        let sum = times(row, &of_grams);
        quantise(&sum[1..], sum[1..].iter().fold(0f32, |largest, x| largest.max(x.abs())), step, &mut out);
    }
    Some(out)
}

fn count(answer: &Answer, normalizer: &Normalizer) -> BTreeMap<String, u32> {
    let mut counts = BTreeMap::new();
    let mut normalized = String::new();
    let title = (!answer.questions.is_empty()).then_some((&answer.title, TITLE));
    for (text, times) in title.into_iter().chain(answer.questions.iter().map(|question| (question, 1))) {
        normalizer.normalize_into(text, &mut normalized);
        grams(&normalized, |gram| match counts.get_mut(gram) {
            Some(count) => *count += times,
            None => drop(counts.insert(gram.to_owned(), times)),
        });
    }
    counts
}

/// Logarithmic counts times inverse document frequency, of length 1.
fn row(counts: &BTreeMap<String, u32>, texts: &[&str], weights: &[f32]) -> Row {
    let entries = counts.iter().filter_map(|(gram, &count)| {
        let at = texts.binary_search(&gram.as_str()).ok()?;
        Some((at, (1.0 + libm::logf(count as f32)) * weights[at]))
    });
    let mut row: Row = entries.collect();
    let length = row.iter().map(|(_, x)| x * x).sum::<f32>().sqrt();
    row.iter_mut().for_each(|(_, x)| *x /= length);
    row
}

/// An orthonormal basis of the space that the strongest right singular vectors span, as a row of it for each gram: the
/// power method on a block, from a fixed start so that the same answers give the same bytes. Cosines do not depend on
/// which basis of that space it is.
fn leading_directions(rows: &[Row], grams: usize) -> Vec<[f32; COMPUTED]> {
    let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = || {
        // xorshift64: any spread-out start will do.
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed >> 40) as f32 / (1u32 << 24) as f32 - 0.5
    };
    let mut basis: Vec<[f32; COMPUTED]> = (0..grams).map(|_| std::array::from_fn(|_| random())).collect();
    for _ in 0..ROUNDS {
        orthonormalise(&mut basis);
        let mut next = vec![[0f32; COMPUTED]; grams];
        for row in rows {
            let sum = times(row, &basis);
            for &(gram, x) in row {
                for (next, y) in next[gram].iter_mut().zip(&sum) {
                    *next += x * y;
                }
            }
        }
        basis = next;
    }
    orthonormalise(&mut basis);
    basis
}

/// A row times the matrix of the grams' directions.
fn times(row: &Row, of_grams: &[[f32; COMPUTED]]) -> [f32; COMPUTED] {
    let mut sum = [0f32; COMPUTED];
    for &(gram, x) in row {
        for (sum, y) in sum.iter_mut().zip(&of_grams[gram]) {
            *sum += x * y;
        }
    }
    sum
}

/// Gram–Schmidt over the columns.
fn orthonormalise(basis: &mut [[f32; COMPUTED]]) {
    for column in 0..COMPUTED {
        for before in 0..column {
            let dot: f32 = basis.iter().map(|row| row[column] * row[before]).sum();
            basis.iter_mut().for_each(|row| row[column] -= dot * row[before]);
        }
        let length = basis.iter().map(|row| row[column] * row[column]).sum::<f32>().sqrt();
        if length > 0.0 {
            basis.iter_mut().for_each(|row| row[column] /= length);
        }
    }
}

fn quantise(numbers: &[f32], largest: f32, step: u8, out: &mut Vec<u8>) {
    let (scale, step) = (if largest > 0.0 { 127.0 / largest } else { 0.0 }, f32::from(step.max(1)));
    out.extend(numbers.iter().map(|x| ((x * scale / step).round() * step).clamp(-127.0, 127.0) as i8 as u8));
}
