//! What a question is about, beyond its words: latent semantic indexing over how editors wrote that people ask.
//!
//! The builder takes the answers' titles and authored questions as a matrix of grams and keeps its leading directions
//! ([`write`]): grams that are used in the same questions point the same way, so 掏多少 comes near 缴费标准 although they
//! share no character. A question is the sum of its grams' directions; how near it lies to an answer is one more thing
//! that speaks for it. No model is downloaded, and a few dozen bytes a gram suffice.
//!
//! ```text
//! meaning   directions u16 · grams u16 · bytes of the texts u32 · texts, one a line
//!           for each gram its weight f32, then its directions i8 each · for each answer its directions i8 each
//! ```

#[cfg(feature = "write")]
pub mod write;

use bytes::Bytes;

use super::terms::{Key, TermTable};
use crate::error::{Error, Result};
use crate::pack::{Pack, section};

/// The directions of grams and answers, opened.
pub(super) struct Meaning {
    directions: usize,
    /// Keys of the grams, ascending, with their numbers.
    grams: Vec<(Key, u16)>,
    /// Inverse document frequency of each gram.
    weights: Vec<f32>,
    of_grams: Bytes,
    of_answers: Bytes,
}

impl Meaning {
    /// Opens the section; `None` for a pack whose answers have no authored questions.
    ///
    /// # Errors
    /// If the section does not have the size that it says.
    pub fn open(pack: &Pack, answers: u32) -> Result<Option<Self>> {
        let Some(bytes) = pack.section(section::MEANING) else { return Ok(None) };
        let cut = || Error::damaged(section::MEANING, "长度不符");
        let short = |at: usize| bytes.get(at..at + 2).map(|b| usize::from(u16::from_le_bytes([b[0], b[1]])));
        let (directions, count) = short(0).zip(short(2)).ok_or_else(cut)?;
        let length = bytes.get(4..8).and_then(|b| b.try_into().ok()).map(u32::from_le_bytes).ok_or_else(cut)? as usize;
        let texts = bytes.get(8..8usize.saturating_add(length)).ok_or_else(cut)?;
        let texts = std::str::from_utf8(texts).map_err(|error| Error::damaged(section::MEANING, error))?;
        let (weights, of_grams) = (8 + length, 8 + length + count * 4);
        let of_answers = of_grams + count * directions;
        if directions == 0 || texts.lines().count() != count || bytes.len() != of_answers + answers as usize * directions {
            return Err(cut());
        }
        let mut grams: Vec<(Key, u16)> = texts.lines().map(Key::gram).zip(0..).collect();
        grams.sort_unstable();
        let weights = bytes[weights..of_grams].chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect();
        Ok(Some(Self {
            directions,
            grams,
            weights,
            of_grams: bytes.slice(of_grams..of_answers),
            of_answers: bytes.slice(of_answers..),
        }))
    }

    /// The direction of a question, of length 1; `None` if it has no gram that says anything.
    pub fn of(&self, table: &TermTable<'_>) -> Option<Vec<f32>> {
        let mut sum = vec![0f32; self.directions];
        for (key, term) in table.entries().filter(|(_, term)| term.literal) {
            let Ok(at) = self.grams.binary_search_by_key(&key, |&(known, _)| known) else { continue };
            let gram = usize::from(self.grams[at].1);
            let directions = &self.of_grams[gram * self.directions..(gram + 1) * self.directions];
            let weight = self.weights[gram] * term.weight;
            for (sum, &direction) in sum.iter_mut().zip(directions) {
                *sum += weight * f32::from(direction as i8);
            }
        }
        let length = sum.iter().map(|x| x * x).sum::<f32>().sqrt();
        sum.iter_mut().for_each(|x| *x /= length);
        (length > 0.0).then_some(sum)
    }

    /// How near an answer lies to a direction: the cosine, −1 to 1; 0 for an answer without authored questions.
    pub fn nearness(&self, question: &[f32], answer: u32) -> f32 {
        let start = answer as usize * self.directions;
        let Some(directions) = self.of_answers.get(start..start + self.directions) else { return 0.0 };
        let (mut dot, mut square) = (0f32, 0f32);
        for (&x, &direction) in question.iter().zip(directions) {
            let y = f32::from(direction as i8);
            dot += x * y;
            square += y * y;
        }
        if square > 0.0 { dot / square.sqrt() } else { 0.0 }
    }
}
