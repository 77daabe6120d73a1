//! Kind `citation`: an article that does not exist, or one that is no longer in force.

use serde::{Deserialize, Serialize};

use super::facts::{Facts, Report};
use super::number;
use super::rule::{Rule, SetId};
use crate::text::{ByteSpan, is_han};

/// What is known of a law whose names the rules look up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Law {
    /// Its usual name.
    pub title: String,
    /// All its names, normalised, each a pattern of the set.
    pub names: SetId,
    /// How many articles it has, where known.
    pub articles: Option<u32>,
    /// Articles overtaken by a later law.
    pub superseded: Vec<Superseded>,
    /// By what it was repealed.
    pub repealed: Option<Repealed>,
}

/// An article overtaken by a later law.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Superseded {
    /// The article.
    pub article: u32,
    /// The law and article that overtook it.
    pub by: String,
    /// Since when.
    pub since: String,
    /// What holds now.
    pub now: String,
}

/// A law that is no longer in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repealed {
    /// The law that repealed it.
    pub by: String,
    /// Since when.
    pub since: String,
}

/// What is wrong with a citation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Citation {
    /// The law has no such article.
    #[serde(rename = "条号不存在")]
    NoSuchArticle,
    /// The article is overtaken.
    #[serde(rename = "条文已被取代")]
    Superseded,
    /// The law is repealed.
    #[serde(rename = "已废止")]
    Repealed,
}

impl Citation {
    /// Reports every citation at fault that nothing excuses.
    pub fn check(self, rule: &Rule, facts: &Facts<'_>, report: &mut Report<'_>) {
        for law in facts.laws() {
            for &name in facts.reply_hits.of(law.names) {
                if stands_alone(facts.reply.text(), name) {
                    self.name(rule, facts, report, law, name);
                }
            }
        }
    }

    fn name(self, rule: &Rule, facts: &Facts<'_>, report: &mut Report<'_>, law: &Law, name: ByteSpan) {
        let text = facts.reply.text();
        if self == Self::Repealed {
            if let Some(repealed) = &law.repealed
                && facts.counts(rule, name)
            {
                report.at(&facts.reply, "reply", name, &[("law", &law.title), ("by", &repealed.by), ("since", &repealed.since)]);
            }
            return;
        }
        for (article, span) in articles(text, name.end) {
            let cited = article.to_string();
            let whole = ByteSpan::new(name.start, span.end);
            match self {
                Self::NoSuchArticle => {
                    let Some(count) = law.articles else { return };
                    if (article == 0 || article > count) && facts.counts(rule, whole) {
                        let count = count.to_string();
                        report.at(&facts.reply, "reply", span, &[("law", &law.title), ("article", &cited), ("count", &count)]);
                    }
                }
                Self::Superseded => {
                    let Some(known) = law.superseded.iter().find(|known| known.article == article) else { continue };
                    if facts.counts(rule, whole) {
                        let fill = [
                            ("law", law.title.as_str()),
                            ("article", &cited),
                            ("by", &known.by),
                            ("since", &known.since),
                            ("now", &known.now),
                        ];
                        report.at(&facts.reply, "reply", span, &fill);
                    }
                }
                Self::Repealed => {}
            }
        }
    }
}

/// Whether the name is not part of a longer one: 江苏省失业保险条例, 《实施〈社会保险法〉若干规定》.
fn stands_alone(text: &str, name: ByteSpan) -> bool {
    let before = &text[..name.start];
    let after = &text[name.end..];
    let open = before.rfind(['《', '〈']);
    let close = before.rfind(['》', '〉']);
    if let Some(open) = open
        && close.is_none_or(|close| close < open)
    {
        // Inside 《》: the whole title, allowing for the country's name and a bracketed year.
        let inside = before[open..].trim_start_matches(['《', '〈']);
        let own = matches!(inside, "" | "中华人民共和国" | "国务院" | "国务院关于");
        let rest = after.trim_start();
        let nested = before[..open].ends_with(|c: char| c != '《' && is_han(c))
            && before[..open].rfind('《').is_some_and(|outer| !before[outer..open].contains('》'));
        return own && !nested && (rest.starts_with(['》', '〉']) || rest.starts_with('('));
    }
    let previous = before.chars().next_back();
    !previous.is_some_and(|c| {
        matches!(
            c,
            '省' | '市'
                | '区'
                | '县'
                | '州'
                | '《'
                | '海'
                | '京'
                | '津'
                | '庆'
                | '东'
                | '南'
                | '西'
                | '北'
                | '江'
                | '苏'
                | '建'
                | '徽'
                | '川'
                | '林'
                | '宁'
                | '疆'
                | '藏'
                | '古'
                | '夏'
                | '肃'
        )
    })
}

/// The articles named right after a law's name: 第四十六条、第四十七条; 第16至18条; 第45、46条第二款.
fn articles(text: &str, from: usize) -> Vec<(u32, ByteSpan)> {
    let mut out = Vec::new();
    let mut at = from;
    // Past a closing mark and a bracketed note: 》（2018年修正）.
    let skip =
        |at: usize, marks: &[char]| at + text[at..].chars().take_while(|c| marks.contains(c)).map(char::len_utf8).sum::<usize>();
    at = skip(at, &['》', '〉', ' ']);
    if text[at..].starts_with('(')
        && let Some(close) = text[at..].find(')')
        && close < 90
    {
        at = skip(at + close + 1, &['》', '〉', ' ']);
    }
    at = skip(at, &['中', '的', '之', ' ']);
    let mut pending: Vec<(u32, ByteSpan)> = Vec::new();
    loop {
        let ordinal = text[at..].starts_with('第');
        if !ordinal && pending.is_empty() && out.is_empty() {
            return out;
        }
        let start = at;
        let digits = if ordinal { at + '第'.len_utf8() } else { at };
        let digits = skip(digits, &[' ']);
        let Some((length, value)) = number::leading(&text[digits..]) else { return out };
        at = skip(digits + length, &[' ']);
        if value.fract() != 0.0 || value > 100_000.0 {
            return out;
        }
        pending.push((value as u32, ByteSpan::new(start, at)));
        if text[at..].starts_with('条') {
            at += '条'.len_utf8();
            if let Some(last) = pending.last_mut() {
                last.1.end = at;
            }
            out.append(&mut pending);
            // 第二款第（三）项 belongs to the article before.
            while text[at..].starts_with('第') {
                let rest = &text[at + '第'.len_utf8()..];
                let inner = rest.trim_start_matches(['(', ' ']);
                let Some((length, _)) = number::leading(inner) else { break };
                let tail = inner[length..].trim_start_matches([')', ' ']);
                if !tail.starts_with(['款', '项', '目']) {
                    break;
                }
                at = text.len() - tail.len() + '款'.len_utf8();
            }
        }
        let joined = skip(at, &['、', ',', '和', '至', '及', '到', '-', '~', '与', ' ']);
        if joined == at || out.len() + pending.len() > 20 {
            return out;
        }
        at = joined;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_read() {
        for (text, expected, why) in [
            ("》第四十六条规定", vec![46], "汉字"),
            ("第46条第二款", vec![46], "款不是条"),
            ("》(2018年修正)第十六条、第十七条", vec![16, 17], "修正年份"),
            ("第45、46条", vec![45, 46], "省略的“条”"),
            ("第十六条第(三)项和第十八条", vec![16, 18], "项之后"),
            ("第十六至十八条", vec![16, 18], "至"),
            ("规定,第三天办理", vec![], "不是条"),
            ("第三款", vec![], "不是条"),
            ("", vec![], "没有"),
        ] {
            let got: Vec<u32> = articles(text, 0).into_iter().map(|(article, _)| article).collect();
            assert_eq!(got, expected, "{why}：{text}");
        }
    }

    #[test]
    fn a_name_within_a_longer_name_is_another_law() {
        for (text, expected) in [
            ("《失业保险条例》第40条", true),
            ("根据失业保险条例第40条", true),
            ("《江苏省失业保险条例》第40条", false),
            ("江苏省失业保险条例第40条", false),
            ("《实施〈失业保险条例〉若干规定》第40条", false),
            ("《失业保险条例实施细则》第40条", false),
            ("《失业保险条例(1999)》第40条", true),
        ] {
            let start = text.find("失业保险条例").expect("there");
            assert_eq!(stands_alone(text, ByteSpan::new(start, start + "失业保险条例".len())), expected, "{text}");
        }
    }
}
