//! The golden questions: floors that the ranking must not fall below, on the third that is never used for tuning.

use sheda_kb::golden::measure;
use sheda_kb::json_lines;
use sheda_tests::{national, root};

#[test]
fn golden_questions_are_answered() {
    let engine = national().expect("kb is sound");
    let questions = json_lines::read(&root().join("tests/golden/questions.jsonl")).expect("well-formed");
    let run = measure(questions, &engine).expect("searched");
    let held = &run.figures["held"];
    println!("{}\n{}", sheda_kb::golden::Golden::HEADING, held.line("held"));
    let share = |part: u32, whole: u32| f64::from(part) / f64::from(whole.max(1));
    assert!(held.questions >= 300 && held.outside >= 40);
    assert!(share(held.first, held.questions) >= 0.85, "right answer first");
    assert!(share(held.three, held.questions) >= 0.95, "right answer within three");
    assert!(share(held.recognised, held.outside) >= 0.85, "out of scope recognised");
    assert!(share(held.refused, held.questions) <= 0.03, "in scope refused");
}

#[test]
fn golden_questions_name_answers_that_exist_and_none_is_copied() {
    let engine = national().expect("kb is sound");
    let text = std::fs::read_to_string(root().join("tests/golden/questions.jsonl")).expect("present");
    let mut authored = std::collections::HashSet::new();
    for number in 0..engine.searcher().answers().len() {
        let answer = engine.searcher().answers().get(number).expect("listed");
        authored.insert(answer.title.to_owned());
        authored.extend(answer.questions.iter().map(|question| (*question).to_owned()));
    }
    let (mut copied, mut all) = (0, 0);
    for line in text.lines() {
        let question: serde_json::Value = serde_json::from_str(line).expect("JSON");
        for id in question["relevant"].as_array().expect("a list").iter().filter_map(|id| id.as_str()) {
            assert!(engine.searcher().find(id).is_some(), "{}: no answer {id}", question["id"]);
        }
        all += 1;
        copied += usize::from(authored.contains(question["text"].as_str().expect("a text")));
    }
    assert!(all >= 400);
    assert!(copied * 100 <= all, "{copied} of {all} golden questions stand word for word in the answers: that measures nothing");
}
