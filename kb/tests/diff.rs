//! `sheda diff`, on the example folder that editors begin with: it builds, and what it adds is named.

// What the tests share may panic as a test may.
#![allow(clippy::expect_used)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn sheda(arguments: &[&str]) -> Output {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    Command::new(env!("CARGO_BIN_EXE_sheda")).args(arguments).current_dir(root).output().expect("the command starts")
}

#[test]
fn what_the_example_adds_is_named() {
    let pack = |name: &str| PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name).display().to_string();
    let (old, new) = (pack("diff-old.sheda"), pack("diff-new.sheda"));
    assert!(sheda(&["build", "kb", "-o", &old]).status.success());
    let built = sheda(&["build", "kb", "web-demo/knowledge-example", "-o", &new]);
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));

    let found = sheda(&["diff", &old, &new, "--questions", "web-demo/knowledge-example/questions.jsonl"]);
    let text = String::from_utf8(found.stdout).expect("UTF-8");
    assert_eq!(found.status.code(), Some(1), "they differ");
    for part in ["答案：新增 1，改动 0，删除 0", "+ our-consultation-window", "规则：新增 0，改动 0，删除 0", "更好 own-1"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert_eq!(sheda(&["diff", &old, &old]).status.code(), Some(0), "the same");
    assert_eq!(sheda(&["diff", &old, "kb/pack.toml"]).status.code(), Some(2), "no pack");
}
