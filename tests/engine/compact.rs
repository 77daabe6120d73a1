//! The compact pack: it says what it lacks, and answers and checks nearly as the whole one does.

use sheda_core::Engine;
use sheda_core::pack::LeftOut;
use sheda_core::rules::CheckRequest;
use sheda_core::search::NATIONAL;
use sheda_kb::builder::build_folders;
use sheda_kb::files::Disk;
use sheda_kb::golden::{Question, measure};
use sheda_kb::json_lines;
use sheda_kb::progress::unheard;
use sheda_kb::recipe::Recipe;
use sheda_tests::{national, root};

fn compact(recipe: &Recipe) -> anyhow::Result<Engine> {
    let built = build_folders(&Disk, &[root().join("kb")], recipe, &unheard)
        .map_err(|problems| anyhow::anyhow!("{:?}", problems.first()))?;
    Ok(Engine::open(built.pack)?)
}

#[test]
fn it_holds_every_national_answer_and_says_what_it_lacks() {
    let (whole, compact) = (national().expect("kb is sound"), compact(&Recipe::compact()).expect("kb is sound"));
    assert!(whole.manifest().left_out.is_empty());
    assert_eq!(
        compact.manifest().left_out,
        [LeftOut::Regions, LeftOut::Questions, LeftOut::Pairs, LeftOut::RulePages, LeftOut::Words]
    );
    let mut national_ones = 0;
    assert_eq!(compact.manifest().version, whole.manifest().version);
    for number in 0..whole.searcher().answers().len() {
        let answer = whole.searcher().answers().get(number).expect("listed");
        let id = answer.id;
        if answer.region != NATIONAL {
            continue;
        }
        national_ones += 1;
        let (mut wanted, got) = (whole.answer(id).expect("sound").expect("listed"), compact.answer(id).expect("sound"));
        // Fewer of its questions, all else the same.
        wanted.questions.truncate(3);
        assert_eq!(got, Some(wanted), "{id}");
    }
    assert_eq!(compact.manifest().counts.answers, national_ones);
    assert!(national_ones >= 400, "{national_ones}");
    let (pages, brief) = (whole.rules().expect("rules"), compact.rules().expect("rules"));
    assert_eq!(pages.len(), brief.len());
    for (page, brief) in pages.iter().zip(&brief) {
        assert_eq!((&page.code, &page.title, &page.source), (&brief.code, &brief.title, &brief.source));
        assert!(brief.what.is_empty() && brief.why.is_empty() && brief.bad.is_empty() && brief.good.is_empty());
    }
}

#[test]
fn it_ranks_nearly_as_the_whole_pack() {
    let engine = compact(&Recipe::compact()).expect("kb is sound");
    let mut questions: Vec<Question> = json_lines::read(&root().join("tests/golden/questions.jsonl")).expect("well-formed");
    // Regional answers are not in it, so what only they answer is not asked.
    questions.retain(|question| question.relevant.iter().all(|id| engine.searcher().find(id).is_some()));
    assert!(questions.len() > 1_000, "{}", questions.len());
    let run = measure(questions, &engine).expect("searched");
    let held = &run.figures["held"];
    println!("{}\n{}", sheda_kb::golden::Golden::HEADING, held.line("held"));
    let share = |part: u32, whole: u32| f64::from(part) / f64::from(whole.max(1));
    assert!(share(held.first, held.questions) >= 0.84, "right answer first");
    assert!(share(held.three, held.questions) >= 0.94, "right answer within three");
    assert!(share(held.recognised, held.outside) >= 0.85, "out of scope recognised");
    assert!(share(held.refused, held.questions) <= 0.08, "in scope refused");
}

#[test]
fn it_finds_in_replies_what_the_whole_pack_finds() {
    let (whole, compact) = (national().expect("kb is sound"), compact(&Recipe::compact()).expect("kb is sound"));
    let (mut replies, mut differ) = (0, Vec::new());
    for file in std::fs::read_dir(root().join("tests/rules")).expect("present") {
        let text = std::fs::read_to_string(file.expect("listed").path()).expect("readable");
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let reply: serde_json::Value = serde_json::from_str(line).expect("JSON");
            let text = |key: &str| reply[key].as_str().map(str::to_owned);
            let request = CheckRequest {
                channel: text("channel"),
                question: text("question"),
                reply: text("reply"),
                ..CheckRequest::default()
            };
            let Ok(expected) = whole.check(&request) else { continue };
            replies += 1;
            let found = compact.check(&request).expect("as the whole pack");
            if found.diagnostics != expected.diagnostics {
                differ.push(text("id").unwrap_or_default());
            }
        }
    }
    assert!(replies > 1_000, "{replies}");
    assert!(differ.len() * 500 <= replies, "{} of {replies} differ: {differ:?}", differ.len());
}

#[test]
fn of_regions_only_those_asked_for() {
    let recipe = Recipe { regions: Some(vec![440_000]), ..Recipe::compact() };
    let engine = compact(&recipe).expect("kb is sound");
    assert_eq!(engine.manifest().regions, [NATIONAL, 440_000]);
    assert!(engine.manifest().left_out.contains(&LeftOut::Regions));
}
