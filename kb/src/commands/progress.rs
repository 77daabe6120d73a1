//! Progress on a terminal; silent when the output is not one.

use std::cell::Cell;
use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressStyle};

use crate::progress::Stage;

/// Rows done so far.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
    done: Cell<u64>,
}

/// The bar is redrawn after so many rows.
const EVERY: u64 = 256;

impl Progress {
    /// A counter of rows whose number is not known beforehand.
    pub fn rows() -> Self {
        let bar = if std::io::stderr().is_terminal() { ProgressBar::new_spinner() } else { ProgressBar::hidden() };
        if let Ok(style) = ProgressStyle::with_template("{spinner} {pos} 行  {per_sec}  {elapsed}") {
            bar.set_style(style);
        }
        Self { bar, done: Cell::new(0) }
    }

    /// One more row.
    pub fn step(&self) {
        self.done.set(self.done.get() + 1);
        if self.done.get().is_multiple_of(EVERY) {
            self.bar.set_position(self.done.get());
        }
    }

    /// Removes the bar.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

/// The stages of a build.
#[derive(Debug)]
pub struct Stages(ProgressBar);

impl Stages {
    /// A bar, if somebody looks.
    pub fn shown() -> Self {
        let bar = if std::io::stderr().is_terminal() { ProgressBar::new(0) } else { ProgressBar::hidden() };
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {wide_bar} {pos}/{len}") {
            bar.set_style(style);
        }
        Self(bar)
    }

    /// What a build reports to.
    pub fn report(&self, stage: Stage, done: usize, of: usize) {
        self.0.set_message(stage.title());
        self.0.set_length(of as u64);
        self.0.set_position(done as u64);
    }
}

impl Drop for Stages {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
