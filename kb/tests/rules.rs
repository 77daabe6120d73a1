//! Every rule file is its own test; the labelled replies measure all of them together.

// What the tests share may panic as a test may.
#![allow(clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use sheda_core::rules::{CheckRequest, Checker, Record, Severity};
use sheda_core::text::Dictionary;
use sheda_kb::files::Disk;
use sheda_kb::lexicon::BaseDictionary;
use sheda_kb::progress::unheard;
use sheda_kb::rules::{RuleSources, prove};

fn kb() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn sources() -> &'static RuleSources {
    static SOURCES: OnceLock<RuleSources> = OnceLock::new();
    SOURCES.get_or_init(|| {
        RuleSources::read(&Disk, &[kb()]).unwrap_or_else(|problems| {
            for problem in &problems {
                eprintln!("{problem}");
            }
            panic!("{} problems in the rules", problems.len());
        })
    })
}

/// jieba's full dictionary.
fn words() -> &'static Dictionary<Vec<u8>> {
    static WORDS: OnceLock<Dictionary<Vec<u8>>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let base = BaseDictionary::open().expect("baked in");
        sheda_kb::rules::full_dictionary(base).expect("just written")
    })
}

#[test]
fn every_example_of_every_rule() {
    let problems = prove(sources(), words(), &unheard);
    for problem in &problems {
        eprintln!("{problem}");
    }
    let examples: usize = sources().files.iter().map(|file| file.body.bad.len() + file.body.good.len()).sum();
    println!("{} rules, {examples} examples, {} patterns", sources().files.len(), sources().book.patterns.len());
    assert!(problems.is_empty(), "{} examples fail", problems.len());
}

#[derive(Debug, serde::Deserialize)]
struct Labelled {
    id: String,
    #[serde(flatten)]
    request: CheckRequest,
    expect: BTreeSet<String>,
}

#[derive(Debug, Default)]
struct Score {
    hit: usize,
    missed: usize,
    wrong: usize,
}

fn family(code: &str) -> String {
    sheda_core::rules::Family::of_code(code).map_or_else(|| code.to_owned(), |family| family.to_string())
}

fn measure(checker: &Checker, path: &Path, verbose: bool, chosen: impl Fn(usize) -> bool) -> BTreeMap<String, Score> {
    let text = std::fs::read_to_string(path).expect("labelled replies");
    let mut scores: BTreeMap<String, Score> = BTreeMap::new();
    let (mut clean, mut clean_flagged) = (0, 0);
    for (at, line) in text.lines().enumerate().filter(|(at, _)| chosen(*at)) {
        let labelled: Labelled =
            serde_json::from_str(line).unwrap_or_else(|error| panic!("{}:{}: {error}", path.display(), at + 1));
        let report = checker.check(words(), &labelled.request).unwrap_or_else(|error| panic!("{}: {error}", labelled.id));
        let wanted: BTreeSet<String> = labelled.expect.iter().map(|code| family(code)).collect();
        // A hint (info) that nobody asked for is not held against a rule: it stands beside the text and stops nothing.
        let told = report.diagnostics.iter().map(|diagnostic| (family(&diagnostic.code), diagnostic.severity));
        let counted = told.filter(|(name, severity)| *severity != Severity::Info || wanted.contains(name));
        let found: BTreeSet<String> = counted.map(|(name, _)| name).collect();
        for name in found.union(&wanted) {
            let score = scores.entry(name.clone()).or_default();
            match (found.contains(name), wanted.contains(name)) {
                (true, true) => score.hit += 1,
                (true, false) => score.wrong += 1,
                _ => score.missed += 1,
            }
        }
        if wanted.is_empty() {
            clean += 1;
            clean_flagged += usize::from(!found.is_empty());
        }
        if verbose && found != wanted {
            let reply = labelled.request.reply.as_deref().unwrap_or("");
            let got: Vec<String> =
                report.diagnostics.iter().map(|d| format!("{}“{}”", d.code, d.span.map_or("", |span| span.of(reply)))).collect();
            println!("{} 应为 {wanted:?} 实为 {got:?}\n    {reply}", labelled.id);
        }
    }
    println!("clean {clean}, of them flagged {clean_flagged}");
    scores
}

fn print(scores: &BTreeMap<String, Score>) -> (f64, f64) {
    let ratio = |part: usize, rest: usize| if part + rest == 0 { 1.0 } else { part as f64 / (part + rest) as f64 };
    let mut total = Score::default();
    println!("family  precision  recall   (hit/wrong/missed)");
    for (name, score) in scores {
        println!(
            "{name:<7} {:>8.3} {:>8.3}   ({}/{}/{})",
            ratio(score.hit, score.wrong),
            ratio(score.hit, score.missed),
            score.hit,
            score.wrong,
            score.missed
        );
        total.hit += score.hit;
        total.wrong += score.wrong;
        total.missed += score.missed;
    }
    let (precision, recall) = (ratio(total.hit, total.wrong), ratio(total.hit, total.missed));
    println!("all     {precision:>8.3} {recall:>8.3}");
    (precision, recall)
}

fn replies() -> PathBuf {
    kb().join("../tests/rules/replies.jsonl")
}

/// Two thirds of the labelled replies, which the rules were tuned with.
#[test]
fn labelled_replies() {
    let checker = sources().checker();
    let scores = measure(&checker, &replies(), true, |at| at % 3 != 0);
    let (precision, recall) = print(&scores);
    assert!(precision >= 0.97 && recall >= 0.90, "precision {precision:.3}, recall {recall:.3}");
}

/// The last third, which was not looked at while tuning.
#[test]
fn held_out_replies() {
    let checker = sources().checker();
    let verbose = std::env::var_os("SHEDA_SHOW_HELD_OUT").is_some();
    let (precision, recall) = print(&measure(&checker, &replies(), verbose, |at| at % 3 == 0));
    assert!(precision >= 0.97 && recall >= 0.90, "held out: precision {precision:.3}, recall {recall:.3}");
}

/// More sets, each written after the rules were tuned and measured once before anything was changed for it; the figures of
/// that first look stand in docs/rules.md. Since then they guard against falling back.
#[test]
fn blind_replies() {
    let checker = sources().checker();
    let folder = kb().join("../tests/rules");
    let mut names: Vec<PathBuf> = std::fs::read_dir(&folder).expect("present").flatten().map(|entry| entry.path()).collect();
    names.retain(|path| path.file_name().is_some_and(|name| name != "replies.jsonl"));
    names.sort();
    assert!(names.len() >= 8, "{names:?}");
    for path in names {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let (precision, recall) = print(&measure(&checker, &path, true, |_| true));
        println!("{name}: precision {precision:.3}, recall {recall:.3}");
        assert!(precision >= 0.97 && recall >= 0.90, "{name}: precision {precision:.3}, recall {recall:.3}");
    }
}

/// The answers of the knowledge base are correct and polite: sent as replies, they must pass the rules about wording and facts.
#[test]
fn answers_pass_as_replies() {
    let files = sheda_kb::files::markdown_files(&Disk, &kb().join("content")).unwrap_or_default();
    let checker = sources().checker();
    let (mut flagged, mut total) = (0, 0);
    for path in &files {
        let Ok(file) = sheda_kb::content::read(&Disk, path) else { continue };
        total += 1;
        let reply = format!("您好！{}\n感谢您的咨询！", file.rendered.text);
        let request = CheckRequest {
            channel: Some("网络".into()),
            question: Some(file.front.title.value.clone()),
            reply: Some(reply.clone()),
            ..CheckRequest::default()
        };
        let report = checker.check(words(), &request).expect("a sound request");
        let found: Vec<_> = report.diagnostics.iter().filter(|d| d.code != "B104").collect();
        flagged += usize::from(!found.is_empty());
        for diagnostic in found {
            let span = diagnostic.span.map_or("", |span| span.of(&reply));
            let line = reply.lines().find(|line| line.contains(span)).unwrap_or("");
            println!("{} {}“{span}”：{line}", path.file_stem().unwrap_or_default().to_string_lossy(), diagnostic.code);
        }
    }
    println!("{flagged} of {total} answers flagged");
    assert!(flagged * 100 <= total, "more than one answer in a hundred is flagged");
}

/// `sheda check` once looked for a reply that stood only in the record in an empty text, and stopped.
#[test]
fn findings_in_a_record_count_in_the_text_as_written() {
    let checker = sources().checker();
    let written = "  😀𠤪您好，这事不归我管。 ";
    let mut record = Record::default();
    record.set("答复内容", written);
    record.set("咨询日期", "2026-11-20");
    let request = CheckRequest { record: Some(record.clone()), ..CheckRequest::default() };
    let report = checker.check(words(), &request).expect("a reply");
    let of_record = checker.check_record(words(), &record, None).expect("a reply");
    for (report, field) in [(report, "reply"), (of_record, "答复内容")] {
        let found = report.diagnostics.iter().find(|diagnostic| diagnostic.code == "W101").expect("推诿");
        assert_eq!(found.field, field);
        let text = checker.text_of(&request, field).expect("the reply");
        assert_eq!((text, found.span.map(|span| span.of(text))), (written, Some("不归我")));
    }
}
