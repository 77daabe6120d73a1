//! Who is in charge of what, and what regions are called: what an answer refers to by name or code.

use serde::{Deserialize, Serialize};

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
}
