//! Who is in charge of what, and what regions are called: what an answer refers to by name or code.

use serde::{Deserialize, Serialize};

use super::record::NATIONAL;

/// One agency.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agency {
    /// Short name that answers use, e.g. 人社.
    pub name: String,
    /// Full name.
    pub title: String,
    /// Hotline.
    pub hotline: String,
    /// Where to turn besides the hotline.
    pub channels: String,
    /// What it is in charge of.
    pub scope: String,
    /// Words that tell that a question is its business.
    pub topics: Vec<String>,
}

/// One region.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Region {
    /// 行政区划 code.
    pub code: u32,
    /// Its name.
    pub name: String,
}

/// Agencies and regions of a pack.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Directory {
    /// All agencies, the general ones last.
    pub agencies: Vec<Agency>,
    /// All regions that answers or askers may name.
    pub regions: Vec<Region>,
}

impl Directory {
    /// The agency with this short name.
    pub fn agency(&self, name: &str) -> Option<&Agency> {
        self.agencies.iter().find(|agency| agency.name == name)
    }

    /// The name of a region; empty if the pack does not know it.
    pub fn region(&self, code: u32) -> &str {
        self.regions.iter().find(|region| region.code == code).map_or("", |region| &region.name)
    }

    /// The region that a normalised question names, the most local if several: 广东, 郑州.
    pub fn named_in(&self, question: &str) -> Option<&Region> {
        let named = self.regions.iter().filter(|region| region.code > NATIONAL && question.contains(region.short()));
        // Two places of one level leave it open which one is meant.
        let mut found: Option<&Region> = None;
        for region in named {
            match found {
                Some(known) if region.code / 10_000 != known.code / 10_000 => return None,
                Some(known) if region.code % 10_000 == 0 && known.code % 10_000 != 0 => {}
                _ => found = Some(region),
            }
        }
        found
    }
}

impl Region {
    /// The name as people say it: 广东省 → 广东.
    pub fn short(&self) -> &str {
        let suffixes = ["维吾尔自治区", "壮族自治区", "回族自治区", "特别行政区", "自治区", "省", "市"];
        suffixes.iter().find_map(|suffix| self.name.strip_suffix(suffix)).unwrap_or(&self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_named_in_a_question() {
        let region = |code, name: &str| Region { code, name: name.into() };
        let directory = Directory {
            agencies: Vec::new(),
            regions: vec![
                region(100_000, "全国"),
                region(410_000, "河南省"),
                region(410_100, "郑州市"),
                region(440_000, "广东省"),
                region(650_000, "新疆维吾尔自治区"),
            ],
        };
        for (question, expected) in [
            ("广东失业金多少", Some(440_000)),
            ("河南郑州的工伤", Some(410_100)),
            ("郑州的工伤", Some(410_100)),
            ("从广东回河南社保转移", None),
            ("新疆的医保", Some(650_000)),
            ("全国统一吗", None),
            ("失业金", None),
        ] {
            assert_eq!(directory.named_in(question).map(|region| region.code), expected, "{question}");
        }
    }
}
