//! What can only be seen with all answers side by side: double ids, dangling references, unknown regions and laws.

use std::collections::HashMap;

use sheda_core::search::Region;

use super::ContentFile;
use crate::Problem;
use crate::front_matter::line_of;
use crate::laws::Laws;

/// The closed sets that answers draw on.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    /// Known regions.
    pub regions: Vec<Region>,
    /// Agency → hotline.
    pub agencies: HashMap<String, String>,
    /// The register of laws.
    pub laws: Laws,
}

/// Checks answers against each other and the vocabulary.
pub fn check(files: &[ContentFile], vocabulary: &Vocabulary) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut by_id: HashMap<&str, &ContentFile> = HashMap::new();
    for file in files {
        if let Some(first) = by_id.insert(&file.front.id.value, file) {
            problems.push(Problem::new(
                &file.file,
                line_of(&file.front.id.referenced),
                format!("id 重复：{} 已在 {} 用过", file.front.id.value, first.file),
            ));
        }
    }
    let mut titles: HashMap<(&str, u32), &ContentFile> = HashMap::new();
    for file in files {
        let front = &file.front;
        let mut report = |line: usize, message: String| problems.push(Problem::new(&file.file, line, message));
        if let Some(first) = titles.insert((front.title.value.trim(), front.region.value), file) {
            report(line_of(&front.title.referenced), format!("title 与 {} 相同", first.file));
        }
        for reference in front.related.iter().chain(&front.overrides) {
            let line = line_of(&reference.referenced);
            match by_id.get(reference.value.as_str()) {
                None => report(line, format!("没有这个答案：{}", reference.value)),
                Some(target) if std::ptr::eq(*target, file) => report(line, "引用了自己".into()),
                Some(_) => {}
            }
        }
        if let Some(overrides) = &front.overrides
            && by_id.get(overrides.value.as_str()).is_some_and(|target| target.front.region.value == front.region.value)
        {
            report(line_of(&overrides.referenced), "overrides 只能指向上级地区的答案".into());
        }
        if !vocabulary.regions.iter().any(|region| region.code == front.region.value) {
            report(
                line_of(&front.region.referenced),
                format!("不认识的区划代码 {}：先在 regions.toml 里登记", front.region.value),
            );
        }
        if !vocabulary.agencies.contains_key(&front.agency.value) {
            let mut known: Vec<&str> = vocabulary.agencies.keys().map(String::as_str).collect();
            known.sort_unstable();
            report(
                line_of(&front.agency.referenced),
                format!("agency 不认识“{}”，可以写：{}", front.agency.value, known.join("、")),
            );
        }
        for basis in &front.basis.value {
            let line = line_of(&basis.law.referenced);
            let Some(law) = vocabulary.laws.get(&basis.law.value) else {
                report(line, format!("laws.toml 里没有“{}”：先登记再引用", basis.law.value));
                continue;
            };
            if law.status != "现行" {
                report(line, format!("《{}》已{}，不能作依据", law.title, law.status));
            }
            let articles = basis.all_articles();
            if articles.is_empty() && law.text.is_some() {
                report(line, format!("引用《{}》请写明第几条", law.title));
            }
            for article in articles {
                if article == 0 || law.articles.is_some_and(|count| article > count) {
                    let count = law.articles.unwrap_or(0);
                    report(line, format!("《{}》没有第 {article} 条（共 {count} 条）", law.title));
                }
                // An overtaken article may be cited beside the one that prevails, to say what changed.
                let prevails = |by: &str, by_article: u16| {
                    front.basis.value.iter().any(|other| other.law.value == by && other.all_articles().contains(&by_article))
                };
                if let Some(old) = law.superseded.iter().find(|old| old.article == article && !prevails(&old.by, old.by_article))
                {
                    report(
                        line,
                        format!(
                            "《{}》第 {article} 条已被《{}》第 {} 条取代（{} 起）：{}。请一并引用后者",
                            law.title, old.by, old.by_article, old.since, old.now
                        ),
                    );
                }
            }
        }
    }
    problems
}
