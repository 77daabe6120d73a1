//! What a new pack changes against an old one: answers and rules added, changed, removed, and every other section that differs.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use sheda_core::Result;
use sheda_core::pack::{Pack, section};
use sheda_core::rules::{HANDBOOK, Rule, RuleBook, RulePage, SetId, pages};
use sheda_core::search::{AnswerRef, Searcher};

/// The differences between two packs, by id and by code.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// Answers.
    pub answers: Differences,
    /// Rules.
    pub rules: Differences,
    /// What else differs, for people: 词库, 日历, 台账栏目, …
    pub others: Vec<&'static str>,
}

/// What is new, different and gone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Differences {
    /// Only in the new pack.
    pub added: Vec<Entry>,
    /// In both, not the same.
    pub changed: Vec<Changed>,
    /// Only in the old pack.
    pub removed: Vec<Entry>,
    /// How many are the same in both.
    pub unchanged: u32,
}

impl Differences {
    /// Whether there is none.
    pub fn is_same(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }
}

/// An answer or a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Its id or code.
    pub id: String,
    /// Its title.
    pub title: String,
    /// 行政区划 code of an answer; 0 for a rule.
    pub region: u32,
}

/// An answer or a rule that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// As it is now.
    #[serde(flatten)]
    pub entry: Entry,
    /// The fields that differ.
    pub fields: Vec<FieldChange>,
}

/// A field before and now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// Its name for people: 问法, 正文, 依据, …
    pub name: &'static str,
    /// The text before, several values one a line; empty on both sides where there is no text to show.
    pub before: String,
    /// The text now.
    pub after: String,
}

/// An entry with the texts of its fields.
type Fields = (Entry, Vec<(&'static str, String)>);

/// The field that says whether what a rule looks for is the same; its text is for comparing only.
const HOW: &str = "匹配方式";

/// Sections that are compared whole, and what they are called.
const OTHERS: [(&str, &str); 6] = [
    (section::LEXICON, "词语和近义词"),
    (section::DIRECTORY, "机构和地区"),
    (section::CALENDAR, "工作日日历"),
    (section::LEDGER, "台账栏目"),
    (section::PROFILE, "本机构的承诺和设置"),
    (HANDBOOK, "流程、自查和术语"),
];

/// Compares two packs.
///
/// # Errors
/// If one of them cannot be opened or is not what was written.
pub fn compare(old: &Pack, new: &Pack) -> Result<Comparison> {
    let others = OTHERS.into_iter().filter(|(name, _)| old.section(name) != new.section(name)).map(|(_, title)| title);
    Ok(Comparison {
        answers: differences(answers(old)?, answers(new)?),
        rules: differences(rules(old)?, rules(new)?),
        others: others.collect(),
    })
}

fn differences(mut old: BTreeMap<String, Fields>, new: BTreeMap<String, Fields>) -> Differences {
    let mut out = Differences::default();
    for (id, (entry, fields)) in new {
        let Some((_, before)) = old.remove(&id) else {
            out.added.push(entry);
            continue;
        };
        let pairs = before.into_iter().zip(fields).filter(|(before, after)| before != after);
        let change = |((name, before), (_, after))| match name {
            HOW => FieldChange { name, before: String::new(), after: String::new() },
            _ => FieldChange { name, before, after },
        };
        let fields: Vec<FieldChange> = pairs.map(change).collect();
        if fields.is_empty() { out.unchanged += 1 } else { out.changed.push(Changed { entry, fields }) }
    }
    out.removed = old.into_values().map(|(entry, _)| entry).collect();
    out
}

fn answers(pack: &Pack) -> Result<BTreeMap<String, Fields>> {
    let searcher = Searcher::open(pack)?;
    let store = searcher.answers();
    let fields = (0..store.len()).map(|number| {
        let answer = store.get(number)?;
        Ok((answer.id.to_owned(), answer_fields(&answer)?))
    });
    fields.collect()
}

fn answer_fields(answer: &AnswerRef<'_>) -> Result<Fields> {
    let basis: Vec<&str> = answer.basis.iter().map(|basis| basis.text).collect();
    let optional = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let fields = vec![
        ("标题", answer.title.to_owned()),
        ("正文", answer.text()?.to_owned()),
        ("问法", answer.questions.join("\n")),
        ("依据", basis.join("\n")),
        ("险种", answer.insurance.to_owned()),
        ("事项", answer.kind.to_owned()),
        ("地区", answer.region.to_string()),
        ("办理机构", answer.agency.to_owned()),
        ("热线", answer.hotline.to_owned()),
        ("施行日", optional(answer.effective)),
        ("失效日", optional(answer.until)),
        ("核对日", optional(answer.reviewed)),
        ("相关", answer.related.join("\n")),
        ("取代", optional(answer.overrides)),
    ];
    Ok((Entry { id: answer.id.to_owned(), title: answer.title.to_owned(), region: answer.region }, fields))
}

fn rules(pack: &Pack) -> Result<BTreeMap<String, Fields>> {
    let book = match pack.section(section::RULES) {
        Some(bytes) => RuleBook::from_bytes(&bytes)?,
        None => return Ok(BTreeMap::new()),
    };
    let sets = sets(&book);
    let described = pages(pack)?.into_iter().map(|page| {
        let rule = book.rule(&page.code);
        let message = rule.map_or_else(String::new, |rule| rule.message.clone());
        let how = rule.map_or_else(String::new, |rule| how(&book, &sets, rule));
        (page.code.clone(), rule_fields(page, message, how))
    });
    Ok(described.collect())
}

fn rule_fields(page: RulePage, message: String, how: String) -> Fields {
    let entry = Entry { id: page.code, title: page.title.clone(), region: 0 };
    let fields = vec![
        ("标题", page.title),
        ("检查什么", page.what),
        ("为什么", page.why),
        ("反例", page.bad.join("\n")),
        ("正例", page.good.join("\n")),
        ("轻重", page.severity),
        ("服务形式", page.channels.join("\n")),
        ("依据", page.source),
        ("答案", page.answer.unwrap_or_default()),
        ("提示语", message),
        (HOW, how),
    ];
    (entry, fields)
}

/// The patterns of each set, as text.
fn sets(book: &RuleBook) -> BTreeMap<SetId, String> {
    let mut sets: BTreeMap<SetId, BTreeSet<String>> = BTreeMap::new();
    for (pattern, members) in book.patterns.iter().zip(&book.members) {
        for set in members {
            sets.entry(*set).or_default().insert(format!("{pattern:?}"));
        }
    }
    sets.into_iter().map(|(set, patterns)| (set, format!("{patterns:?}"))).collect()
}

/// What a compiled rule looks for, as a text that says nothing of where its patterns lie in the book.
fn how(book: &RuleBook, sets: &BTreeMap<SetId, String>, rule: &Rule) -> String {
    let mut out = format!("{:?} {:?} {:?} {:?} {:?}", rule.when, rule.fix, rule.kind, rule.effective, rule.until);
    for context in rule.except.iter().chain(&rule.only) {
        out.push_str(&format!("{:?}", book.contexts.get(usize::from(context.0))));
    }
    let named: Vec<&SetId> = sets.keys().filter(|set| out.contains(&format!("{set:?}"))).collect();
    named.into_iter().fold(out, |out, set| out.replace(&format!("{set:?}"), &sets[set]))
}
