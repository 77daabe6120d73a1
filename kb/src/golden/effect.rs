//! What exchanging a pack does to golden questions: asked of both, each question better or worse.

use serde::Serialize;
use sheda_core::Engine;
use sheda_core::search::SearchResult;

use super::{Golden, Question, ask};
use crate::progress::{Progress, Stage};

/// How many questions are asked between two reports of progress.
const QUESTIONS_AT_ONCE: usize = 32;

/// What exchanging a pack does to golden questions.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Effect {
    /// Figures of the old pack.
    pub before: Golden,
    /// Figures of the new pack.
    pub after: Golden,
    /// Questions that are answered better or worse now, worse ones first. Only those that may be looked at while tuning.
    pub changed: Vec<Change>,
    /// Questions of the other splits whose answers changed; counted only.
    pub unlisted: Unlisted,
}

/// How many questions, not to be looked at, are answered better and worse.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Unlisted {
    /// Better now.
    pub better: u32,
    /// Worse now.
    pub worse: u32,
}

/// A question that is answered better or worse.
#[derive(Debug, Clone, Serialize)]
pub struct Change {
    /// Its id.
    pub id: String,
    /// Its text.
    pub text: String,
    /// 行政区划 code of the asker; 0 if the question names none.
    pub region: u32,
    /// Whether it is answered better now; else worse.
    pub better: bool,
    /// Ids of the answers wanted; empty if the question is out of scope.
    pub wanted: Vec<String>,
    /// The old pack's result.
    pub before: Place,
    /// The new pack's result.
    pub after: Place,
}

/// How a question was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Where a right answer stood, from 1; `None` if not within ten, or if the question is out of scope.
    pub rank: Option<u32>,
    /// Whether the engine was sure.
    pub confident: bool,
    /// Title of what was found first.
    pub first: Option<String>,
}

impl Place {
    fn of(question: &Question, result: &SearchResult) -> Self {
        let rank = result.hits.iter().take(10).position(|hit| question.relevant.contains(&hit.id));
        Self {
            rank: rank.map(|rank| rank as u32 + 1),
            confident: result.confident,
            first: result.hits.first().map(|hit| hit.title.clone()),
        }
    }
}

/// The better the greater: right first, within three, within ten, each with or without confidence; for a question out of
/// scope, recognised as such.
fn worth(question: &Question, result: &SearchResult) -> u8 {
    if question.relevant.is_empty() {
        let signposted = result.hits.first().is_some_and(|hit| question.signpost.contains(&hit.id));
        return u8::from(!result.confident || signposted);
    }
    let rank = match Place::of(question, result).rank {
        Some(1) => 3,
        Some(2..=3) => 2,
        Some(_) => 1,
        None => return 0,
    };
    2 * rank + u8::from(result.confident)
}

/// Asks all questions of two packs.
///
/// # Errors
/// If a search fails.
pub fn effect(questions: &[Question], before: &Engine, after: &Engine, progress: Progress<'_>) -> sheda_core::Result<Effect> {
    let mut effect = Effect::default();
    for (at, question) in questions.iter().enumerate() {
        if at % QUESTIONS_AT_ONCE == 0 {
            progress(Stage::Questions, at, questions.len());
        }
        let (old, new) = (ask(question, before)?, ask(question, after)?);
        effect.before.add(question, &old);
        effect.after.add(question, &new);
        let (was, is) = (worth(question, &old), worth(question, &new));
        if was == is {
            continue;
        }
        if question.split != "tune" {
            effect.unlisted.better += u32::from(is > was);
            effect.unlisted.worse += u32::from(is < was);
            continue;
        }
        effect.changed.push(Change {
            id: question.id.clone(),
            text: question.text.clone(),
            region: question.region,
            better: is > was,
            wanted: question.relevant.clone(),
            before: Place::of(question, &old),
            after: Place::of(question, &new),
        });
    }
    effect.changed.sort_by_key(|change| change.better);
    Ok(effect)
}
