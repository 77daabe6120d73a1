//! Safe fixes: applied once, their findings are gone; applied twice, nothing more changes. Over made-up replies, with a fixed seed.

// What the tests share may panic as a test may.
#![allow(clippy::expect_used, clippy::panic)]

use std::path::PathBuf;

use sheda_core::rules::{CheckRequest, Diagnostic, Safety, apply_safe};
use sheda_kb::files::Disk;
use sheda_kb::lexicon::BaseDictionary;
use sheda_kb::rules::{RuleSources, full_dictionary};

const PIECES: [&str; 24] = [
    "你好",
    "您好！",
    "你",
    "请你",
    "，",
    "。",
    "😀",
    "𠤪",
    "\n",
    "你们单位",
    "“你”",
    "身份证号11010519491231002X",
    "１１０１０５１９４９１２３１００２Ｘ",
    "手机13812345678",
    "+86-138 1234 5678",
    "卡号6222021234567894",
    "住和平小区6号楼1单元302",
    "12333",
    "依据《社会保险法》第四十六条",
    "\u{200b}",
    "办理失业登记",
    "受理编号20261123000158842",
    " ",
    "迷你",
];

/// xorshift; a test needs no better.
struct Random(u64);

impl Random {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below as u64) as usize
    }
}

#[test]
fn safe_fixes_settle() {
    let sources = RuleSources::read(&Disk, &[PathBuf::from(env!("CARGO_MANIFEST_DIR"))]).expect("the rules are sound");
    let words = full_dictionary(BaseDictionary::open().expect("baked in")).expect("just written");
    let checker = sources.checker();
    let check = |channel: &str, reply: &str| -> Vec<Diagnostic> {
        let request = CheckRequest { channel: Some(channel.into()), reply: Some(reply.into()), ..CheckRequest::default() };
        checker.check(&words, &request).map(|report| report.diagnostics).unwrap_or_default()
    };
    let safe = |diagnostics: &[Diagnostic]| -> Vec<String> {
        let with_safe = diagnostics.iter().filter(|d| d.fixes.iter().any(|fix| fix.safety == Safety::Safe));
        with_safe.map(|d| d.code.clone()).collect()
    };
    let mut random = Random(0x5EDA);
    let examples = sources
        .files
        .iter()
        .flat_map(|file| file.body.bad.iter().chain(&file.body.good))
        .filter_map(|example| example.request.reply.clone());
    let made_up = (0..2000)
        .map(|_| (0..1 + random.next(14)).map(|_| PIECES[random.next(PIECES.len())]).collect::<String>())
        .collect::<Vec<_>>();
    for reply in examples.chain(made_up) {
        for channel in ["网络", "窗口", "信函"] {
            let found = check(channel, &reply);
            for edit in found.iter().flat_map(|d| &d.fixes).flat_map(|fix| &fix.edits) {
                assert!(reply.get(edit.start..edit.end).is_some(), "edit off a character in {reply:?}");
            }
            let once = apply_safe(&reply, "reply", &found);
            let left = check(channel, &once);
            assert_eq!(safe(&left), Vec::<String>::new(), "{reply:?} → {once:?}");
            assert_eq!(apply_safe(&once, "reply", &left), once, "{reply:?}");
        }
    }
}
