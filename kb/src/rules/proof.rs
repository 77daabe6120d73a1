//! Running the examples of every rule: each 反例 must be reported by its rule, no 正例 may be.

use sheda_core::rules::{CheckReport, Checker, Safety, Words, apply};

use super::{Example, RuleFile, RuleSources};
use crate::Problem;
use crate::progress::{Progress, Stage};

/// Runs all examples with the given dictionary.
pub fn prove(sources: &RuleSources, words: &dyn Words, progress: Progress<'_>) -> Vec<Problem> {
    let mut alone = sources.clone();
    let mut problems = Vec::new();
    for (at, file) in sources.files.iter().enumerate() {
        progress(Stage::Examples, at, sources.files.len());
        // An example judges its own rule, whatever the institution switches off and whatever else is found there.
        alone.profile.off =
            sources.files.iter().filter(|other| other.code != file.code).map(|other| other.code.clone()).collect();
        let checker = alone.checker();
        for (examples, wanted) in [(&file.body.bad, true), (&file.body.good, false)] {
            for example in examples {
                if let Err(message) = run(&checker, words, file, example, wanted) {
                    problems.push(Problem::new(&file.file, example.line, message));
                }
            }
        }
    }
    problems
}

fn run(checker: &Checker, words: &dyn Words, file: &RuleFile, example: &Example, wanted: bool) -> Result<(), String> {
    let report: CheckReport = match &example.request.record {
        Some(record) if example.is_record => checker.check_record(words, record, example.request.now.as_deref()),
        _ => checker.check(words, &example.request),
    }
    .map_err(|error| format!("例子检查不了：{error}"))?;
    let found = report.diagnostics.iter().find(|diagnostic| diagnostic.code == file.code);
    match (wanted, found) {
        (true, None) => {
            let others: Vec<&str> = report.diagnostics.iter().map(|diagnostic| diagnostic.code.as_str()).collect();
            return Err(format!("{} 的反例没有报出来（报了：{}）：{}", file.code, others.join(" "), example.text));
        }
        (false, Some(diagnostic)) => {
            let reply = example.request.reply.as_deref().unwrap_or("");
            let at = diagnostic.span.map_or("", |span| span.of(reply));
            return Err(format!("{} 的正例被报出来了（“{at}”）：{}", file.code, example.text));
        }
        _ => {}
    }
    let (Some(mended), Some(reply)) = (&example.mended, &example.request.reply) else { return Ok(()) };
    let own = report.diagnostics.iter().filter(|diagnostic| diagnostic.code == file.code);
    let mut fixes: Vec<_> = own.filter_map(|diagnostic| diagnostic.fixes.first()).collect();
    if fixes.iter().any(|fix| fix.safety == Safety::Review) {
        fixes.truncate(1);
    }
    let got = apply(reply, fixes.iter().flat_map(|fix| &fix.edits));
    if got == *mended { Ok(()) } else { Err(format!("改后应为“{mended}”，实为“{got}”")) }
}
