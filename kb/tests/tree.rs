//! Building from files in memory, as a browser does: the same bytes and the same messages as from folders.

// What the tests share may panic as a test may.
#![allow(clippy::expect_used)]

use std::path::{Path, PathBuf};

use sheda_core::Engine;
use sheda_core::pack::Pack;
use sheda_kb::builder::build_folders;
use sheda_kb::compare::compare;
use sheda_kb::files::{Disk, Files, Tree, files_under};
use sheda_kb::golden::{Question, effect};
use sheda_kb::json_lines;
use sheda_kb::progress::unheard;
use sheda_kb::recipe::Recipe;

fn kb() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The knowledge of this crate under `name/`.
fn copied(name: &str) -> Tree {
    let mut tree = Tree::default();
    for path in files_under(&Disk, kb(), &["md", "toml"]).expect("listed") {
        let inside = path.strip_prefix(kb()).expect("under kb").to_str().expect("UTF-8");
        tree.add(&format!("{name}/{inside}"), Disk.bytes(&path).expect("read").into_owned());
    }
    tree
}

fn built(tree: &Tree, folders: &[&str]) -> Vec<u8> {
    let folders: Vec<PathBuf> = folders.iter().map(PathBuf::from).collect();
    build_folders(tree, &folders, &Recipe::whole(), &unheard).expect("the knowledge is sound").pack
}

const OWN: &str = "mine/own-answer.md";
const CHANGED: &str = "kb/content/unemployment/unemployment-benefit-duration.md";

#[test]
fn memory_and_disk_give_the_same_bytes_and_changes_are_seen() {
    let tree = copied("kb");
    let old = built(&tree, &["kb"]);
    let from_disk = build_folders(&Disk, &[kb().to_owned()], &Recipe::whole(), &unheard).expect("the knowledge is sound").pack;
    assert!(old == from_disk, "memory and disk differ");

    let text = |path: &str| String::from_utf8(tree.bytes(Path::new(path)).expect("there").into_owned()).expect("UTF-8");
    let mut next = tree.clone();
    let answer = text(CHANGED);
    next.add(CHANGED, answer.replacen("失业保险金最多能领几个月", "失业保险金最长领几个月", 1).into_bytes());
    let own = answer.replace("id: unemployment-benefit-duration\n", "id: own-answer\n").replacen("title: ", "title: 本市的", 1);
    next.add(OWN, own.into_bytes());
    let rule = text("kb/rules/W1-forbidden-wording/W101-shirking.md");
    next.add(
        "kb/rules/W1-forbidden-wording/W101-shirking.md",
        rule.replacen("\nmessage: ", "\nmessage: 请注意，", 1).into_bytes(),
    );
    let new = built(&next, &["kb", "mine"]);

    let (before, after) = (Pack::open(old.clone()).expect("sound"), Pack::open(new.clone()).expect("sound"));
    let comparison = compare(&before, &after).expect("both are sound");
    assert_eq!(comparison.answers.added.iter().map(|entry| entry.id.as_str()).collect::<Vec<_>>(), ["own-answer"]);
    assert!(comparison.answers.removed.is_empty());
    let fields = |changes: &[sheda_kb::compare::Changed]| {
        let fields = changes.iter().flat_map(|change| &change.fields);
        fields.map(|field| (field.name, field.before == field.after)).collect::<Vec<_>>()
    };
    assert_eq!(fields(&comparison.answers.changed), [("标题", false)]);
    assert_eq!(fields(&comparison.rules.changed), [("提示语", false)], "only the message is another");
    assert!(comparison.others.is_empty(), "{:?}", comparison.others);
    let backwards = compare(&after, &before).expect("both are sound");
    assert_eq!(backwards.answers.removed, comparison.answers.added);
    let built_from = |pack: &Pack| pack.manifest().expect("sound").built_from;
    assert_ne!(built_from(&before), built_from(&after));
    let same = compare(&before, &before).expect("sound");
    assert!(same.answers.is_same() && same.rules.is_same() && same.answers.unchanged > 700);

    let file = kb().join("../tests/golden/questions.jsonl");
    let questions: Vec<Question> = json_lines::read(&file).expect("well-formed");
    let (before, after) = (Engine::open(old).expect("sound"), Engine::open(new).expect("sound"));
    let effect = effect(&questions, &before, &after, &unheard).expect("searched");
    assert_eq!(effect.before.questions, effect.after.questions);
    // The copy competes with the answer it was copied from: some questions now find it first.
    assert!(effect.changed.iter().any(|change| !change.better && change.wanted == ["unemployment-benefit-duration"]));
}

#[test]
fn problems_name_file_and_line_in_memory_too() {
    let mut tree = copied("全国");
    tree.add("本市/content/a.md", b"---\nid: a\ntitle: ".to_vec());
    tree.add("本市/content/b.md", b"---\nid: b\n\xb1\xea\xcc\xe2".to_vec());
    tree.add("本市/content/c.md", b"id: c\n".to_vec());
    let folders = ["全国", "本市"].map(PathBuf::from);
    let problems = build_folders(&tree, &folders, &Recipe::whole(), &unheard).expect_err("three bad files");
    let found: Vec<(&str, usize)> = problems.iter().map(|problem| (problem.file.as_str(), problem.line)).collect();
    assert_eq!(found, [("本市/content/a.md", 1), ("本市/content/b.md", 3), ("本市/content/c.md", 1)]);
    let missing = build_folders(&tree, &[PathBuf::from("没有")], &Recipe::whole(), &unheard).expect_err("no such folder");
    assert!(missing[0].message.contains("没有这个文件夹"));
}
