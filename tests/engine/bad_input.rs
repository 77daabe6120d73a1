//! Nothing that is typed or loaded panics, and nothing is silently dropped.

use sheda_core::search::SearchOptions;
use sheda_tests::national;

fn long(text: &str, bytes: usize) -> String {
    text.repeat(bytes / text.len() + 1)
}

#[test]
fn queries_that_ask_nothing_find_nothing_and_say_so() {
    let engine = national().expect("kb is sound");
    for (query, why) in [
        ("", "空"),
        ("   \n\t", "空白"),
        ("😀🎉👨‍👩‍👧", "表情"),
        ("！？。，、……", "标点"),
        ("\u{0}\u{1}\u{7f}\u{200b}", "控制字符"),
        ("\u{202e}\u{202d}", "方向符"),
    ] {
        let result = engine.search(query, &SearchOptions::default()).expect("no query is an error");
        assert!(result.hits.is_empty() && result.total == 0, "{why}");
        assert!(!result.confident, "{why}");
        assert!(!result.routes.is_empty(), "{why}: 要告诉人找谁");
        assert_eq!(engine.suggest(query, 8, 0).expect("no prefix is an error"), [], "{why}");
    }
}

#[test]
fn odd_queries_are_answered() {
    let engine = national().expect("kb is sound");
    for (query, why) in [
        ("失".to_owned(), "一个字"),
        ("\u{202e}失业金\u{202c}能领多久".to_owned(), "从右到左的控制符"),
        ("失\u{200b}业\u{feff}金能领几个月".to_owned(), "零宽字符"),
        ("ＳＨＩＹＥＪＩＮ".to_owned(), "全角拼音"),
        ("失業保險金".to_owned(), "繁体"),
        (long("失业金能领几个月，", 100_000), "十万字节"),
        (long("abcdefg", 100_000), "十万字节的一个词"),
        (long("😀社", 100_000), "表情夹字"),
    ] {
        let result = engine.search(&query, &SearchOptions::default()).expect("no query is an error");
        if query.contains('业') || query.contains('業') {
            assert!(!result.hits.is_empty(), "{why}");
        }
        engine.suggest(&query, 8, 0).expect("no prefix is an error");
    }
}

#[test]
fn filters_that_nothing_meets_give_nothing() {
    let engine = national().expect("kb is sound");
    for options in [
        SearchOptions { insurance: Some("没有的险种".into()), ..SearchOptions::default() },
        SearchOptions { kind: Some("没有的事项".into()), ..SearchOptions::default() },
        SearchOptions { agency: Some("没有的部门".into()), ..SearchOptions::default() },
    ] {
        assert!(engine.search("失业金", &options).expect("no filter is an error").hits.is_empty());
    }
    assert_eq!(engine.answer("no-such-answer").expect("no id is an error"), None);
}
