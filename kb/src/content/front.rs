//! The front matter of an answer.

use serde::Deserialize;
use serde_saphyr::Spanned;
use sheda_core::calendar::Date;

use crate::Problem;
use crate::front_matter::line_of;

/// 险种 that an answer may name.
pub const INSURANCES: [&str; 8] = ["养老", "居民养老", "医疗", "居民医疗", "生育", "工伤", "失业", "综合"];
/// The standard's four service contents (编制说明 五、4).
pub const KINDS: [&str; 4] = ["政策咨询", "经办程序咨询", "个人权益咨询", "引导服务"];

/// What editors write above an answer.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Front {
    /// Stable id, equal to the file's name.
    pub id: Spanned<String>,
    /// The question in one line.
    pub title: Spanned<String>,
    /// How people really ask, at least three.
    pub questions: Spanned<Vec<String>>,
    /// One of [`INSURANCES`].
    pub insurance: Spanned<String>,
    /// One of [`KINDS`].
    pub kind: Spanned<String>,
    /// 行政区划 code.
    pub region: Spanned<u32>,
    /// Who is in charge, by the name in `agencies.toml`.
    pub agency: Spanned<String>,
    /// Hotline, if not the agency's.
    pub hotline: Option<String>,
    /// Legal basis, at least one.
    pub basis: Spanned<Vec<BasisEntry>>,
    /// First day in force.
    pub effective: Spanned<String>,
    /// Last day in force.
    pub until: Option<Spanned<String>>,
    /// When an editor last checked it.
    pub reviewed: Spanned<String>,
    /// Ids of related answers.
    pub related: Vec<Spanned<String>>,
    /// Id of the national answer that this one replaces in its region.
    pub overrides: Option<Spanned<String>>,
    /// Figures that stand in no cited article, each with its source.
    #[serde(default)]
    pub figures: Vec<FigureEntry>,
}

/// One citation.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BasisEntry {
    /// Short title from `laws.toml`.
    pub law: Spanned<String>,
    /// One article.
    pub article: Option<u16>,
    /// Several articles.
    #[serde(default)]
    pub articles: Vec<u16>,
    /// Where in the text, if not an article.
    #[serde(default)]
    pub note: String,
}

impl BasisEntry {
    /// All articles cited.
    pub fn all_articles(&self) -> Vec<u16> {
        self.article.into_iter().chain(self.articles.iter().copied()).collect()
    }
}

/// A figure that the cited articles do not contain.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FigureEntry {
    /// The figure as it stands in the answer, e.g. 163元.
    pub value: Spanned<String>,
    /// Where it comes from, or how it was computed.
    pub source: String,
}

impl Front {
    /// What can be seen to be wrong without looking at other files.
    pub(super) fn check(&self, file: &str) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut report = |line: usize, message: String| problems.push(Problem::new(file, line, message));
        let id_ok = !self.id.value.is_empty()
            && self.id.value.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
            && !self.id.value.starts_with('-')
            && !self.id.value.ends_with('-');
        if !id_ok {
            report(line_of(&self.id.referenced), format!("id 只能用小写英文字母、数字和连字符：{}", self.id.value));
        }
        let stem = std::path::Path::new(file).file_stem().map(|stem| stem.to_string_lossy().into_owned());
        if id_ok && stem.is_some_and(|stem| stem != self.id.value) {
            report(line_of(&self.id.referenced), format!("id 要与文件名一致：{}", self.id.value));
        }
        if self.title.value.trim().is_empty() {
            report(line_of(&self.title.referenced), "title 是空的".into());
        }
        let mut asked: Vec<&str> = self.questions.value.iter().map(|q| q.trim()).filter(|q| !q.is_empty()).collect();
        asked.sort_unstable();
        asked.dedup();
        if asked.len() < 3 {
            report(line_of(&self.questions.referenced), format!("questions 至少写 3 种不同的问法，现在 {} 种", asked.len()));
        }
        for (name, value, known) in [("insurance", &self.insurance, &INSURANCES[..]), ("kind", &self.kind, &KINDS[..])] {
            if !known.contains(&value.value.as_str()) {
                report(line_of(&value.referenced), format!("{name} 不认识“{}”，可以写：{}", value.value, known.join("、")));
            }
        }
        if self.basis.value.is_empty() {
            report(line_of(&self.basis.referenced), "basis 至少写一条依据".into());
        }
        let dates = [("effective", Some(&self.effective)), ("until", self.until.as_ref()), ("reviewed", Some(&self.reviewed))];
        for (name, date) in dates.into_iter().filter_map(|(name, date)| date.map(|date| (name, date))) {
            if Date::from_iso(&date.value).is_none() {
                report(line_of(&date.referenced), format!("{name} 不是一个存在的日期：{}（写成 2026-11-23 这样）", date.value));
            }
        }
        if let Some(until) = &self.until
            && until.value < self.effective.value
        {
            report(line_of(&until.referenced), "until 早于 effective".into());
        }
        problems
    }
}
