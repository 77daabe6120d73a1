//! How much speaks for the first hit: whether it is an answer, or only the least bad text.

use super::record::AnswerRef;
use super::scan::{Found, Lookup, scan};
use crate::text::Normalizer;

/// What was seen of the first hit, each from 0 to 1.
#[derive(Debug, Clone, Copy, Default, PartialEq, serde::Serialize)]
pub struct Evidence {
    /// Share of the question's worth that occurs in the answer, its title or its authored questions.
    pub covered: f32,
    /// Share that occurs in the one authored question that has most of it.
    pub asked: f32,
    /// Share of that authored question which the question covers.
    pub matched: f32,
    /// How far the first hit leads the second.
    pub lead: f32,
    /// Share of the question's pairs that occur anywhere in the pack: the rest is about something else.
    pub known: f32,
    /// Whether words of a topic that the pack does not answer occur (½ for one, 1 for more) and the answer lacks them.
    pub elsewhere: f32,
    /// How much of the question is domain words: 1 for eight characters or more.
    pub domain: f32,
    /// How near the first hit lies to the question in meaning; 0 in a pack without authored questions.
    pub near: f32,
}

/// A first hit at or above this confidence very probably answers: about 2 % of questions in scope fall below.
pub const CONFIDENT: f32 = 0.6;

/// Coefficients of a logistic model, fitted to the golden questions that may be used for tuning (docs/search.md).
const COEFFICIENTS: Evidence =
    Evidence { covered: 2.88, asked: -2.2, matched: 6.18, lead: 4.03, known: 0.26, elsewhere: -3.93, domain: 1.89, near: 3.23 };
const BOTH: f32 = 1.6;
const INTERCEPT: f32 = -5.03;

impl Evidence {
    /// The evidence as one number from 0 to 1.
    pub fn confidence(&self) -> f32 {
        let c = COEFFICIENTS;
        let sum = INTERCEPT
            + c.covered * self.covered
            + c.asked * self.asked
            + c.matched * self.matched
            + c.lead * self.lead
            + c.known * self.known
            + c.elsewhere * self.elsewhere
            + c.domain * self.domain
            + c.near * self.near
            + BOTH * self.covered * self.known;
        1.0 / (1.0 + (-sum).exp())
    }
}

/// Looks at the first hit again. `worth` has what each term would be worth, known to the index or not.
pub(super) fn weigh(
    worth: &[f32],
    known: f32,
    scores: (f32, f32),
    answer: &AnswerRef<'_>,
    normalizer: &Normalizer,
    lookup: &Lookup<'_, '_>,
) -> Evidence {
    let all: f32 = worth.iter().sum::<f32>().max(f32::MIN_POSITIVE);
    let mut anywhere = vec![false; worth.len()];
    let mut evidence = Evidence { known, lead: (scores.0 - scores.1) / scores.0.max(f32::MIN_POSITIVE), ..Evidence::default() };
    let mut here = vec![false; worth.len()];
    let texts = std::iter::once(answer.title).chain(answer.questions.iter().copied());
    for text in texts {
        here.fill(false);
        let (mut units, mut hit) = (0u32, 0u32);
        scan(text.as_bytes(), normalizer, lookup, |found| match found {
            Found::Units(count) => units += count,
            Found::Term { number, .. } => {
                hit += u32::from(lookup.terms()[number].single);
                here[number] = true;
                anywhere[number] = true;
            }
            Found::End(_) => {}
        });
        let sum: f32 = worth.iter().zip(&here).filter(|&(_, &here)| here).map(|(worth, _)| worth).sum();
        if sum / all > evidence.asked {
            evidence.asked = sum / all;
            evidence.matched = hit as f32 / units.max(1) as f32;
        }
    }
    scan(answer.text_bytes, normalizer, lookup, |found| {
        if let Found::Term { number, .. } = found {
            anywhere[number] = true;
        }
    });
    let sum: f32 = worth.iter().zip(&anywhere).filter(|&(_, &here)| here).map(|(worth, _)| worth).sum();
    evidence.covered = sum / all;
    evidence
}
