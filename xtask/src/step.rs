//! A table of steps, run in order, each with its name and how long it took.

use std::time::{Duration, Instant};

use crate::workspace::Workspace;

/// One thing to do.
pub struct Step {
    /// What it does, in a few words.
    pub name: &'static str,
    /// Doing it.
    pub run: fn(&Workspace) -> anyhow::Result<Outcome>,
}

/// How a step ended, unless it failed.
pub enum Outcome {
    /// It ran; perhaps with something worth saying.
    Done(String),
    /// Nothing had changed since it last ran.
    UpToDate,
    /// What it works on is not in this tree, or what it needs is not on this machine: which.
    NotPresent(String),
    /// It ran tests.
    Counted(Counts),
}

/// How many tests ran.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Those that passed.
    pub passed: usize,
    /// Those that did not.
    pub failed: usize,
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl Outcome {
    /// It ran and there is nothing to say.
    pub fn done() -> Self {
        Self::Done(String::new())
    }
}

/// Announces a step, runs it and says how it went and how long it took.
pub fn timed(workspace: &Workspace, number: usize, of: usize, step: &Step) -> (anyhow::Result<Outcome>, Duration) {
    println!("[{number}/{of}] {} …", step.name);
    let started = Instant::now();
    let result = (step.run)(workspace);
    let took = started.elapsed();
    let said = match &result {
        Ok(Outcome::Done(note)) if note.is_empty() => "done".to_owned(),
        Ok(Outcome::Done(note)) => format!("done: {note}"),
        Ok(Outcome::UpToDate) => "up to date".to_owned(),
        Ok(Outcome::NotPresent(what)) => format!("not present: {what}"),
        Ok(Outcome::Counted(counts)) => format!("{} passed, {} failed", counts.passed, counts.failed),
        Err(error) => format!("FAILED: {error:#}"),
    };
    println!("      {said} ({})", seconds(took));
    (result, took)
}

/// Runs the steps until one fails.
pub fn all(workspace: &Workspace, steps: &[Step]) -> anyhow::Result<()> {
    for (index, step) in steps.iter().enumerate() {
        let (result, _) = timed(workspace, index + 1, steps.len(), step);
        if result.is_err() {
            anyhow::bail!("“{}” failed, see above", step.name);
        }
    }
    Ok(())
}

/// A duration for people.
pub fn seconds(duration: Duration) -> String {
    match duration.as_secs() {
        0..60 => format!("{:.1} s", duration.as_secs_f64()),
        whole => format!("{} min {:02} s", whole / 60, whole % 60),
    }
}
