//! Measured figures: kept in `docs/figures.json`, shown in the READMEs and `docs/benchmarks.md` between two marks.

use std::fs;

use anyhow::{Context, ensure};
use serde_json::Value;

use crate::workspace::Workspace;

/// Where `cargo xtask bench --write` keeps what it measured.
pub const FILE: &str = "docs/figures.json";
const BEGIN: &str = "<!-- figures, written by cargo xtask bench --write -->";
const END: &str = "<!-- end of figures -->";

/// A page that shows the figures, and the words it uses.
pub struct Page {
    /// Its file.
    pub file: &'static str,
    words: &'static Words,
}

struct Words {
    measured: &'static str,
    rows: [&'static str; 7],
    module: &'static str,
    pack: &'static str,
    thousand_bytes: &'static str,
}

const ENGLISH: Words = Words {
    measured: "Measured {date} on {machine}.",
    rows: [
        "documents / questions",
        "MRR@10 (unigrams + bigrams, BM25)",
        "open, ms: wasm in Node (native)",
        "search, top 10, median ms: wasm (native)",
        "search, 99th percentile ms: wasm (native)",
        "index + dictionary, raw / brotli",
        "build, s / peak memory",
    ],
    module: "The module: {}.",
    pack: "The national pack, {} answers: {}.",
    thousand_bytes: "KB",
};

const CHINESE: Words = Words {
    measured: "{date} 实测，机器：{machine}。",
    rows: [
        "文档数 / 问题数",
        "MRR@10（对照：单字加双字，BM25）",
        "打开，毫秒：Node 里的 wasm（原生）",
        "检索前 10 条，中位数，毫秒：wasm（原生）",
        "检索，第 99 百分位，毫秒：wasm（原生）",
        "索引加词典，原始 / brotli",
        "生成，秒 / 内存峰值",
    ],
    module: "模块：{}。",
    pack: "全国知识包，{} 条答案：{}。",
    thousand_bytes: "KB",
};

/// Every page with figures.
pub const PAGES: [Page; 3] = [
    Page { file: "README.md", words: &ENGLISH },
    Page { file: "README.zh.md", words: &CHINESE },
    Page { file: "docs/benchmarks.md", words: &ENGLISH },
];

/// The kept figures; `None` before the first `cargo xtask bench --write`.
pub fn read(workspace: &Workspace) -> anyhow::Result<Option<Value>> {
    match fs::read_to_string(workspace.path(FILE)) {
        Ok(text) => Ok(Some(serde_json::from_str(&text).context(FILE)?)),
        Err(_) => Ok(None),
    }
}

/// Keeps the figures and renews every page.
pub fn write(workspace: &Workspace, figures: &Value) -> anyhow::Result<()> {
    fs::write(workspace.path(FILE), format!("{figures:#}\n")).context(FILE)?;
    for page in PAGES {
        let text = fs::read_to_string(workspace.path(page.file)).context(page.file)?;
        fs::write(workspace.path(page.file), page.renewed(&text, figures)?).context(page.file)?;
    }
    Ok(())
}

impl Page {
    /// The page's text with these figures between the marks.
    pub fn renewed(&self, text: &str, figures: &Value) -> anyhow::Result<String> {
        let (before, rest) = text.split_once(BEGIN).with_context(|| format!("{} has no “{BEGIN}”", self.file))?;
        let (_, after) = rest.split_once(END).with_context(|| format!("{} has no “{END}”", self.file))?;
        ensure!(!after.contains(BEGIN), "{} has “{BEGIN}” twice", self.file);
        Ok(format!("{before}{BEGIN}\n{}\n{END}{after}", self.words.table(figures)))
    }
}

impl Words {
    fn table(&self, figures: &Value) -> String {
        let none = Vec::new();
        let sets = figures["sets"].as_array().unwrap_or(&none);
        let names: Vec<&str> = sets.iter().filter_map(|set| set["name"].as_str()).collect();
        let mut lines = vec![format!("| | {} |", names.join(" | ")), format!("|---|{}", "---|".repeat(names.len()))];
        for (row, label) in self.rows.iter().enumerate() {
            let cells: Vec<String> = sets.iter().map(|set| self.cell(row, set)).collect();
            lines.push(format!("| {label} | {} |", cells.join(" | ")));
        }
        lines.push(String::new());
        lines.push(self.module.replacen("{}", &self.sizes(&figures["module"]), 1));
        let answers = figures["pack"]["answers"].as_u64().unwrap_or_default().to_string();
        lines.push(self.pack.replacen("{}", &answers, 1).replacen("{}", &self.sizes(&figures["pack"]), 1));
        let text = |key: &str| figures[key].as_str().unwrap_or_default();
        lines.push(self.measured.replace("{date}", text("date")).replace("{machine}", text("machine")));
        lines.join("\n")
    }

    fn cell(&self, row: usize, set: &Value) -> String {
        let pair =
            |key: &str, digits: usize| format!("{} ({})", number(&set["wasm"][key], digits), number(&set["native"][key], digits));
        match row {
            0 => format!("{} / {}", number(&set["documents"], 0), number(&set["questions"], 0)),
            1 => format!("{} ({})", number(&set["mrr_10"], 3), number(&set["baseline_mrr_10"], 3)),
            2 => pair("open_ms", 1),
            3 => pair("p50_ms", 3),
            4 => pair("p99_ms", 2),
            5 => self.sizes(&set["index"]),
            _ => format!("{} / {}", number(&set["build_s"], 1), mebibytes(&set["build_peak_bytes"])),
        }
    }

    fn sizes(&self, sizes: &Value) -> String {
        format!("{} / {}", self.kilobytes(&sizes["bytes"]), self.kilobytes(&sizes["brotli"]))
    }

    fn kilobytes(&self, bytes: &Value) -> String {
        bytes.as_f64().map_or_else(|| "–".to_owned(), |bytes| format!("{:.0} {}", bytes / 1e3, self.thousand_bytes))
    }
}

fn mebibytes(bytes: &Value) -> String {
    bytes.as_f64().map_or_else(|| "–".to_owned(), |bytes| format!("{:.0} MiB", bytes / f64::from(1 << 20)))
}

/// A number with so many digits after the point, or a dash for what was not measured.
pub fn number(value: &Value, digits: usize) -> String {
    value.as_f64().map_or_else(|| "–".to_owned(), |number| format!("{number:.digits$}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_go_between_the_marks_and_stay_the_same_when_written_again() {
        let figures = serde_json::json!({
            "date": "2026-11-23", "machine": "2 cores", "module": {"bytes": 2_000_000, "brotli": 500_000}, "pack": {"answers": 3},
            "sets": [{"name": "a", "documents": 5, "mrr_10": 0.8349, "native": {"p50_ms": 0.1}, "wasm": {"p50_ms": 0.25}}],
        });
        let page = Page { file: "page.md", words: &ENGLISH };
        let once = page.renewed(&format!("before {BEGIN} old {END} after"), &figures).unwrap();
        assert!(once.starts_with("before ") && once.ends_with(" after") && !once.contains("old"), "{once}");
        assert!(once.contains("| 0.250 (0.100) |") && once.contains("| 5 / – |") && once.contains("2000 KB / 500 KB"), "{once}");
        assert_eq!(page.renewed(&once, &figures).unwrap(), once);
        assert!(page.renewed("no marks", &figures).is_err());
    }
}
