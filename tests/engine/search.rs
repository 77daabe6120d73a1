//! What a search promises: the right answer, the right region, the right day, marks that fit.

use sheda_core::search::{SearchOptions, State};
use sheda_tests::national;

#[test]
fn a_question_at_the_counter() {
    let engine = national().expect("kb is sound");
    let result = engine.search("失业金能领几个月", &SearchOptions::default()).expect("searches");
    let first = &result.hits[0];
    assert_eq!(first.id, "unemployment-benefit-duration");
    assert_eq!(first.basis, ["《社会保险法》第四十六条"]);
    assert!(first.snippet.contains("24 个月"), "{}", first.snippet);
    assert_eq!((first.agency.as_str(), first.hotline.as_str()), ("人社", "12333"));
    let answer = engine.answer(&first.id).expect("reads").expect("found");
    assert!(answer.html.starts_with("<p>") && answer.html.contains("<table>"));
    assert!(answer.text.contains("12 个月"));
    assert!(!answer.related.is_empty());
}

#[test]
fn marks_are_utf16_and_inside_the_snippet() {
    let engine = national().expect("kb is sound");
    for query in ["失业金能领几个月", "工伤认定多久出结果", "社保卡丢了", "退休年龄", "医保断缴"] {
        for hit in engine.search(query, &SearchOptions::default()).expect("searches").hits {
            let units: Vec<u16> = hit.snippet.encode_utf16().collect();
            let mut last = 0;
            for mark in &hit.marks {
                assert!(last <= mark.start && mark.start < mark.end && mark.end as usize <= units.len(), "{query}: {hit:?}");
                let marked = String::from_utf16(&units[mark.start as usize..mark.end as usize]).expect("whole characters");
                assert!(!marked.trim().is_empty(), "{query}: {hit:?}");
                last = mark.end;
            }
        }
    }
}

#[test]
fn a_heading_leads_to_where_the_snippet_stands() {
    let engine = national().expect("kb is sound");
    let mut under_headings = 0;
    for query in ["失业金申领要什么材料", "工伤认定流程", "退休申请去哪里办", "医保转移 材料", "失业金能领几个月"]
    {
        for hit in engine.search(query, &SearchOptions::default()).expect("searches").hits {
            let answer = engine.answer(&hit.id).expect("reads").expect("found");
            let heading = hit.heading.clone().unwrap_or_default();
            let section = answer.sections.iter().find(|section| section.heading == heading);
            let lines = section.unwrap_or_else(|| panic!("{}: no “{heading}”", hit.id)).lines.join("");
            // The snippet may begin with the heading itself; its first words stand under it.
            let shown = hit.snippet.trim_start_matches(heading.as_str()).trim_start_matches(['：', '·', ' ']);
            let first: String = shown.chars().take_while(|c| c.is_alphanumeric()).take(4).collect();
            assert!(lines.contains(&first), "{query}: {} “{heading}” has no “{first}”: {lines}", hit.id);
            if !heading.is_empty() {
                under_headings += 1;
                assert!(answer.html.contains(&format!("<h2 id=\"{heading}\">")), "{}", answer.html);
            }
        }
    }
    assert!(under_headings > 5, "{under_headings}");
}

#[test]
fn every_title_finds_its_own_answer_first() {
    let engine = national().expect("kb is sound");
    let (mut first, mut all) = (0u32, 0u32);
    for number in 0..engine.searcher().answers().len() {
        let answer = engine.searcher().answers().get(number).expect("listed");
        let options = SearchOptions { region: answer.region, ..SearchOptions::default() };
        let result = engine.search(answer.title, &options).expect("searches");
        all += 1;
        first += u32::from(
            result
                .hits
                .first()
                .is_some_and(|hit| hit.id == answer.id || Some(answer.id) == overridden(&engine, &hit.id).as_deref()),
        );
    }
    let share = f64::from(first) / f64::from(all);
    assert!(share >= 0.99, "{first} of {all} titles find their own answer first");
}

fn overridden(engine: &sheda_core::Engine, id: &str) -> Option<String> {
    engine.answer(id).ok().flatten().and_then(|answer| answer.overrides).map(|related| related.id)
}

#[test]
fn a_region_sees_its_own_answers_and_no_other_regions() {
    let engine = national().expect("kb is sound");
    let ask =
        |query: &str, region: u32| engine.search(query, &SearchOptions { region, ..SearchOptions::default() }).expect("searches");
    let guangdong = ask("失业金能领几个月", 440_000);
    assert_eq!(guangdong.hits[0].region, 440_000, "{:?}", guangdong.hits[0]);
    for (region, allowed) in [
        (440_000, vec![100_000, 440_000]),
        (410_100, vec![100_000, 410_000, 410_100]),
        (410_000, vec![100_000, 410_000]),
        (0, vec![100_000]),
    ] {
        for query in ["失业金能领几个月", "工伤赔偿", "医保报销", "养老金"] {
            for hit in ask(query, region).hits {
                assert!(allowed.contains(&hit.region), "{query} in {region}: {} is for {}", hit.id, hit.region);
            }
        }
    }
    let named = ask("在广东失业金能领几个月", 0);
    assert_eq!((named.region, named.hits[0].region), (440_000, 440_000), "问题里说了广东");
}

#[test]
fn an_answer_out_of_force_is_never_shown_as_current() {
    let engine = national().expect("kb is sound");
    let ask = |day: u32| {
        engine
            .search("2026年居民医保个人缴费多少钱", &SearchOptions { as_of: day, ..SearchOptions::default() })
            .expect("searches")
    };
    let id = "medical-resident-contribution-2026";
    let during = ask(20_261_123);
    assert_eq!((during.hits[0].id.as_str(), during.hits[0].state), (id, State::Current));
    let after = ask(20_270_105);
    for hit in after.hits.iter().filter(|hit| hit.id == id) {
        assert_eq!(hit.state, State::Expired);
    }
    assert!(after.hits[0].id != id || !after.confident, "过期的答案不能当作现行的给出");
    assert!(ask(20_290_101).hits.iter().all(|hit| hit.stale), "两年没核对过要说明");
}

#[test]
fn typos_pinyin_and_traditional_characters_are_understood() {
    let engine = national().expect("kb is sound");
    for (query, expected, why) in [
        ("shiyejin", "失业", "全拼"),
        ("syj nengling duojiu", "失业", "首字母"),
        ("社宝卡丢了怎么办", "社保卡", "同音字"),
        ("失業保險金領取條件", "失业", "繁体"),
        ("gong shang ren ding", "工伤", "分开的拼音"),
    ] {
        let result = engine.search(query, &SearchOptions::default()).expect("searches");
        assert!(result.hits[0].title.contains(expected), "{why}: {query} → {}", result.hits[0].title);
    }
    let result = engine.search("社宝卡丢了", &SearchOptions::default()).expect("searches");
    assert!(result.interpreted.iter().any(|part| part.from == "社宝卡" && part.to == "社保卡"), "{:?}", result.interpreted);
}

#[test]
fn numbers_in_both_scripts_are_one() {
    let engine = national().expect("kb is sound");
    let ids = |query: &str| -> Vec<String> {
        engine.search(query, &SearchOptions::default()).expect("searches").hits.into_iter().take(1).map(|hit| hit.id).collect()
    };
    assert_eq!(ids("养老保险缴满十五年能退休吗"), ids("养老保险缴满15年能退休吗"));
}

#[test]
fn suggestions_complete_what_is_typed() {
    let engine = national().expect("kb is sound");
    for (typed, part, why) in [
        ("失业金能", "失业金能", "开头"),
        ("社保卡丢", "社保卡", "开头"),
        ("shiye", "失业", "拼音"),
        ("能领几个月", "几个月", "中间"),
    ] {
        let suggestions = engine.suggest(typed, 5, 0).expect("suggests");
        assert!(!suggestions.is_empty() && suggestions.len() <= 5, "{why}");
        assert!(suggestions[0].text.contains(part), "{why}: {typed} → {}", suggestions[0].text);
        let mut ids: Vec<&str> = suggestions.iter().map(|s| s.id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), suggestions.len(), "每个答案只出现一次");
    }
}
