//! What a check costs: linear in the text, nearly independent of the number of phrases.

// What the tests share may panic as a test may.
#![allow(clippy::expect_used, clippy::panic)]

use std::path::PathBuf;
use std::time::{Duration, Instant};

use sheda_core::rules::{CheckRequest, Checker, RuleBook};
use sheda_kb::files::Disk;
use sheda_kb::lexicon::BaseDictionary;
use sheda_kb::rules::{RuleSources, full_dictionary};

const REPLY: &str = "您好！根据《社会保险法》第四十六条，失业前累计缴费满一年不足五年的，领取失业保险金的期限最长为十二个月；满五年不足十年的，最长为十八个月；十年以上的，最长为二十四个月。重新就业后再次失业的，缴费时间重新计算，领取期限与前次应领未领的期限合并，最长不超过二十四个月。申领时请携带身份证、社会保障卡和终止劳动关系的证明，到参保地公共就业服务机构办理失业登记，也可以在掌上12333、电子社保卡申请，10个工作日内办结。领取期间参加职工医保的费用从失业保险基金支付，您不用缴。";

/// The least time of several runs.
fn least(runs: usize, mut work: impl FnMut()) -> Duration {
    (0..runs)
        .map(|_| {
            let started = Instant::now();
            work();
            started.elapsed()
        })
        .min()
        .unwrap_or_default()
}

fn median(runs: usize, mut work: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let started = Instant::now();
            work();
            started.elapsed()
        })
        .collect();
    times.sort();
    times[runs / 2]
}

fn repeated(chars: usize) -> String {
    REPLY.chars().cycle().take(chars).collect()
}

/// A folder with one more rule of a thousand phrases, as an institution might add.
fn thousand_more() -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("thousand");
    std::fs::create_dir_all(folder.join("rules")).expect("a folder for tests");
    let heads = ["您的", "这种", "本人", "老百姓", "办事", "材料", "窗口", "电话", "社保", "养老"];
    let tails = ["真差劲", "不像话", "太离谱", "没道理", "够呛啊", "白忙活", "瞎折腾", "乱弹琴", "胡来吧", "净添乱"];
    let phrases: Vec<String> = (0..1000)
        .map(|n| {
            format!(
                "  - {}{}{}",
                heads[n % 10],
                tails[n / 10 % 10],
                ["呀", "哦", "嘛", "咧", "噻", "哟", "哈", "呗", "咯", "喽"][n / 100]
            )
        })
        .collect();
    let page = format!(
        "---\ncode: W190\nname: local-list\ntitle: 本单位忌语\nkind: phrase\nseverity: warning\nsource: {{ kind: 机构配置, text: 本单位忌语表 }}\nmessage: 忌语\nany:\n{}\n---\n\n## 检查什么\n\n本单位的忌语。\n\n## 为什么\n\n本单位规定。\n\n## 反例\n\n- 您的真差劲呀\n- 这种真差劲呀\n- 本人真差劲呀\n\n## 正例\n\n- 您好\n- 请坐\n- 再见\n",
        phrases.join("\n")
    );
    std::fs::write(folder.join("rules/W190-local-list.md"), page).expect("a file for tests");
    folder
}

#[test]
fn cost_is_small_and_linear() {
    let sources = RuleSources::read(&Disk, &[PathBuf::from(env!("CARGO_MANIFEST_DIR"))]).expect("the rules are sound");
    let words = full_dictionary(BaseDictionary::open().expect("baked in")).expect("just written");
    let bytes = sources.book.to_bytes().expect("plain data");
    let opening = median(20, || {
        let book = RuleBook::from_bytes(&bytes).expect("just written");
        let (calendar, profile, schema) = (sources.calendar.clone(), sources.profile.clone(), sources.schema.clone());
        let _ = Checker::new(book, calendar, profile, schema, sources.normalizer.clone());
    });
    let checker = sources.checker();
    let request = |text: String| CheckRequest {
        channel: Some("网络".into()),
        question: Some("失业金能领几个月".into()),
        reply: Some(text),
        ..CheckRequest::default()
    };
    let five_hundred = request(repeated(500));
    let time = median(200, || drop(checker.check(&words, &five_hundred)));
    println!(
        "{} rules, {} patterns, {} keys, {} bytes; opening {opening:?}; 500 characters {time:?}",
        sources.files.len(),
        sources.book.patterns.len(),
        sources.book.index.len(),
        bytes.len()
    );

    let more = thousand_more();
    let larger =
        RuleSources::read(&Disk, &[PathBuf::from(env!("CARGO_MANIFEST_DIR")), more]).expect("the rules are sound").checker();
    // Turn by turn, so that whatever else the machine does hits both alike.
    let (mut time, mut with_more) = (Duration::MAX, Duration::MAX);
    for _ in 0..300 {
        time = time.min(least(1, || drop(checker.check(&words, &five_hundred))));
        with_more = with_more.min(least(1, || drop(larger.check(&words, &five_hundred))));
    }
    println!(
        "with 1,000 more phrases {with_more:?} against {time:?}: {:+.1} %",
        (with_more.as_secs_f64() / time.as_secs_f64() - 1.0) * 100.0
    );

    // Turn by turn here too, and the least of many: another process must not look like growth.
    let by_turns = |few: &CheckRequest, many: &CheckRequest, rounds: u32| {
        let (mut short, mut long) = (Duration::MAX, Duration::MAX);
        for _ in 0..rounds {
            short = short.min(least(1, || drop(checker.check(&words, few))));
            long = long.min(least(1, || drop(checker.check(&words, many))));
        }
        (short, long)
    };
    let (short, long) = by_turns(&request(repeated(3_000)), &request(repeated(30_000)), 60);
    let (short, long) = (short.as_secs_f64() / 3_000.0, long.as_secs_f64() / 30_000.0);
    println!("per character: {:.1} ns at 3,000, {:.1} ns at 30,000", short * 1e9, long * 1e9);
    assert!(long < short * 2.0, "cost grows faster than the text");

    for (name, text) in [
        ("one sentence", "您好社保".repeat(8_000)),
        ("only findings", "这事不归我管，".repeat(4_000)),
        ("quotes", "“".repeat(30_000)),
        ("digits", "1".repeat(30_000)),
        ("articles", "《社会保险法》第四十六条、".repeat(2_500)),
    ] {
        let length = text.chars().count();
        let whole = request(text.clone());
        let tenth = request(text.chars().take(length / 10).collect());
        let (tenth, whole) = by_turns(&tenth, &whole, 12);
        println!("{name}: {tenth:?} → {whole:?} for ten times the text");
        assert!(whole.as_secs_f64() < 30.0 * tenth.as_secs_f64().max(1e-4), "{name}: worse than linear");
    }
}
