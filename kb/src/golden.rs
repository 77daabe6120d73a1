//! Measuring a pack on golden questions: real ways of asking, labelled with the answers that satisfy them.
//!
//! `questions.jsonl`: {id, text, relevant[], style, split, region?, signpost?[], route?}. A question with no relevant answer is out of
//! scope: the engine should say so (`confident: false`) or lead to a signpost, an answer that says who knows.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sheda_core::Engine;
use sheda_core::search::{Evidence, SearchOptions, SearchResult};

use crate::progress::{Progress, Stage};

/// How many questions are asked between two reports of progress.
const QUESTIONS_AT_ONCE: usize = 32;

/// One golden question.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Its id.
    pub id: String,
    /// What is asked.
    pub text: String,
    /// Ids of the answers that a supervisor would accept; empty if the knowledge base has none.
    pub relevant: Vec<String>,
    /// Region of the asker, if the question names one.
    #[serde(default)]
    pub region: u32,
    /// colloquial, formal, keyword, typo, voice or mixed.
    pub style: String,
    /// `tune` or `held` (a third, never used for tuning), or `blind` (written without sight of the answers, never used for tuning).
    pub split: String,
    /// Answers that honestly say who knows, for a question out of scope.
    #[serde(default)]
    pub signpost: Vec<String>,
    /// The hotline that a supervisor would name, for a question out of scope.
    #[serde(default)]
    pub route: Option<String>,
}

/// Figures over some of the questions.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Golden {
    /// Questions in scope.
    pub questions: u32,
    /// Right answer first.
    pub first: u32,
    /// Right answer within three.
    pub three: u32,
    /// Sum of reciprocal ranks within ten.
    pub reciprocal: f64,
    /// In scope, but not `confident`.
    pub refused: u32,
    /// Questions out of scope.
    pub outside: u32,
    /// Out of scope and recognised as such.
    pub recognised: u32,
    /// Out of scope with a hotline to name, and it is among the routes.
    pub routed: u32,
    /// Out of scope with a hotline to name.
    pub routable: u32,
}

impl Golden {
    fn add(&mut self, question: &Question, result: &SearchResult) {
        let rank = result.hits.iter().position(|hit| question.relevant.contains(&hit.id));
        if question.relevant.is_empty() {
            self.outside += 1;
            let signposted = result.hits.first().is_some_and(|hit| question.signpost.contains(&hit.id));
            self.recognised += u32::from(!result.confident || signposted);
            if let Some(route) = &question.route {
                self.routable += 1;
                self.routed += u32::from(result.routes.iter().any(|found| &found.hotline == route));
            }
            return;
        }
        self.questions += 1;
        self.first += u32::from(rank == Some(0));
        self.three += u32::from(rank.is_some_and(|rank| rank < 3));
        self.reciprocal += rank.filter(|&rank| rank < 10).map_or(0.0, |rank| 1.0 / (rank as f64 + 1.0));
        self.refused += u32::from(!result.confident);
    }

    /// One line of figures.
    pub fn line(&self, name: &str) -> String {
        let share = |part: u32, whole: u32| {
            if whole == 0 { "     -".into() } else { format!("{:>5.1}%", 100.0 * f64::from(part) / f64::from(whole)) }
        };
        format!(
            "{name:<12} {:>5} {} {} {:>7.4} {} {:>5} {} {}",
            self.questions,
            share(self.first, self.questions),
            share(self.three, self.questions),
            self.reciprocal / f64::from(self.questions.max(1)),
            share(self.refused, self.questions),
            self.outside,
            share(self.recognised, self.outside),
            share(self.routed, self.routable),
        )
    }

    /// The heading of [`Golden::line`].
    pub const HEADING: &'static str = "                 n  first  three     mrr refuse   out  known  route";
}

/// One question and what was found instead of the right answer.
#[derive(Debug, Clone, Serialize)]
pub struct Miss {
    /// The question.
    pub id: String,
    /// Its text.
    pub text: String,
    /// Its split.
    pub split: String,
    /// Ids found, best first.
    pub found: Vec<String>,
    /// Ids wanted.
    pub wanted: Vec<String>,
    /// Whether the engine was sure.
    pub confident: bool,
}

/// One question's evidence, for fitting the confidence.
#[derive(Debug, Clone, Serialize)]
pub struct Observation {
    /// The question.
    pub id: String,
    /// Its split.
    pub split: String,
    /// Whether the first hit is right; false for every question out of scope without a signpost.
    pub right: bool,
    /// Whether the question is in scope.
    pub inside: bool,
    /// What was seen.
    pub evidence: Evidence,
}

/// What a run over all golden questions gives.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Run {
    /// Figures by split, by style and in all.
    pub figures: BTreeMap<String, Golden>,
    /// Questions without the right answer first, or with a wrong confidence.
    pub misses: Vec<Miss>,
    /// The evidence for every first hit.
    pub observations: Vec<Observation>,
}

/// Runs golden questions.
///
/// # Errors
/// If a search fails.
pub fn measure(questions: Vec<Question>, engine: &Engine) -> anyhow::Result<Run> {
    let mut run = Run::default();
    for question in questions {
        let result = ask(&question, engine)?;
        for name in ["all", question.split.as_str(), question.style.as_str()] {
            run.figures.entry(name.to_owned()).or_default().add(&question, &result);
        }
        let first = result.hits.first().map(|hit| &hit.id);
        run.observations.push(Observation {
            id: question.id.clone(),
            split: question.split.clone(),
            right: first.is_some_and(|id| question.relevant.contains(id) || question.signpost.contains(id)),
            inside: !question.relevant.is_empty(),
            evidence: result.evidence,
        });
        let right = if question.relevant.is_empty() {
            !result.confident
        } else {
            result.confident && result.hits.first().is_some_and(|hit| question.relevant.contains(&hit.id))
        };
        if !right {
            run.misses.push(Miss {
                id: question.id,
                text: question.text,
                split: question.split,
                found: result.hits.into_iter().take(3).map(|hit| hit.id).collect(),
                wanted: question.relevant,
                confident: result.confident,
            });
        }
    }
    Ok(run)
}

fn ask(question: &Question, engine: &Engine) -> sheda_core::Result<SearchResult> {
    engine.search(&question.text, &SearchOptions { region: question.region, ..SearchOptions::default() })
}

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
