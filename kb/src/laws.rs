//! The register of laws and documents that may be cited (`laws.toml`).

use std::collections::HashMap;
use std::path::Path;

use serde::Deserialize;
use sheda_core::text::{chinese_numeral, parse_numeral};

use crate::files::Files;
use crate::{Problem, toml_file};

/// One law or document.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Law {
    /// Short title, the name that `basis.law` uses.
    pub title: String,
    /// Full title.
    pub full: String,
    /// 法律, 行政法规, 国家标准, …
    pub kind: String,
    /// Where it holds; absent for the whole country.
    pub region: Option<u32>,
    /// Document number, e.g. 国发〔2014〕8号.
    pub number: Option<String>,
    /// How many articles it has; absent where its text was not read.
    pub articles: Option<u16>,
    /// Date of the text in force.
    pub issued: Option<toml::value::Datetime>,
    /// First day in force.
    pub effective: Option<toml::value::Datetime>,
    /// 现行, 废止 or 被替代.
    pub status: String,
    /// Other names in use.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Its file in a folder of law texts.
    pub text: Option<String>,
    /// Articles that a later law has overtaken.
    #[serde(default)]
    pub superseded: Vec<Superseded>,
}

/// An article that a later law has overtaken.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Superseded {
    /// The article.
    pub article: u16,
    /// The law that prevails.
    pub by: String,
    /// Its article.
    pub by_article: u16,
    /// Since when.
    pub since: toml::value::Datetime,
    /// What holds now.
    pub now: String,
}

/// All laws, by short title.
#[derive(Debug, Clone, Default)]
pub struct Laws {
    by_title: HashMap<String, Law>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    law: Vec<Law>,
}

impl Laws {
    /// Adds the laws of a register; a later one of the same title replaces the earlier.
    ///
    /// # Errors
    /// A problem with the register's line.
    pub fn read(&mut self, files: &dyn Files, path: &Path) -> Result<(), Problem> {
        let file: File = toml_file::read(files, path)?;
        self.by_title.extend(file.law.into_iter().map(|law| (law.title.clone(), law)));
        Ok(())
    }

    /// The law with this short title.
    pub fn get(&self, title: &str) -> Option<&Law> {
        self.by_title.get(title)
    }

    /// All laws, in no order.
    pub fn iter(&self) -> impl Iterator<Item = &Law> {
        self.by_title.values()
    }

    /// Whether no register was read.
    pub fn is_empty(&self) -> bool {
        self.by_title.is_empty()
    }
}

impl Law {
    /// The citation as a reader wants it: 《社会保险法》第四十六条、第四十七条.
    pub fn citation(&self, articles: &[u16], note: &str) -> String {
        // A document without a name of its own is cited by its number, without 《》.
        let mut text = if self.title.contains('〔') { self.title.clone() } else { format!("《{}》", self.title) };
        if let Some(number) = self.number.as_deref().filter(|number| *number != self.title && articles.is_empty()) {
            text.push_str(&format!("（{number}）"));
        }
        let list: Vec<String> = articles.iter().map(|&article| format!("第{}条", chinese_numeral(article))).collect();
        text.push_str(&list.join("、"));
        text.push_str(note);
        text
    }
}

/// The articles of a law's text in Markdown, by number.
#[derive(Debug, Clone, Default)]
pub struct LawText {
    articles: HashMap<u16, String>,
}

impl LawText {
    /// Reads a text in which each article begins a line: 第四十六条 ….
    pub fn parse(text: &str) -> Self {
        let mut articles: HashMap<u16, String> = HashMap::new();
        let mut current = None;
        for line in text.lines() {
            let heading = line.strip_prefix('第').and_then(|rest| rest.split_once('条')).and_then(|(number, rest)| {
                let number = u16::try_from(parse_numeral(number)?).ok()?;
                Some((number, rest))
            });
            if let Some((number, rest)) = heading {
                current = Some(number);
                articles.entry(number).or_default().push_str(rest);
            } else if line.starts_with('#') {
                current = None;
            } else if let Some(article) = current.and_then(|number| articles.get_mut(&number)) {
                article.push('\n');
                article.push_str(line);
            }
        }
        Self { articles }
    }

    /// The text of an article.
    pub fn article(&self, number: u16) -> Option<&str> {
        self.articles.get(&number).map(String::as_str)
    }

    /// How many articles were found.
    pub fn len(&self) -> usize {
        self.articles.len()
    }

    /// Whether none was found.
    pub fn is_empty(&self) -> bool {
        self.articles.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_of_a_text() {
        let law = LawText::parse("# 法\n\n第一条 甲\n\n乙\n\n## 章\n\n第二条 丙\n");
        assert_eq!(law.len(), 2);
        assert!(law.article(1).is_some_and(|text| text.contains('甲') && text.contains('乙')));
        assert_eq!(law.article(3), None);
    }
}
