//! The institution: what it promises by channel, and which rules it switches off or weighs differently.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::diagnostic::Severity;
use crate::calendar::Period;

/// The institution's settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// The institution's name.
    pub institution: String,
    /// Its channels; the five forms of 编制说明五(5) unless it has its own.
    pub channels: Vec<Channel>,
    /// Remind this many days (in the unit of the limit) before a reply is due.
    pub remind: i32,
    /// The address of a rule's page; `{code}` is filled in.
    pub url: String,
    /// Codes or families that are switched off.
    pub off: Vec<String>,
    /// Severities that differ from the rules' own, by code or family.
    pub severity: BTreeMap<String, Severity>,
}

/// A form of consultation service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Channel {
    /// Its name, e.g. 网络.
    pub name: String,
    /// Other names by which requests and ledgers call it.
    pub aliases: Vec<String>,
    /// How soon the institution promises to answer; `None` if it promises nothing.
    pub limit: Option<Period>,
    /// The norm that the promise follows; the promise is the institution's own.
    pub follows: String,
}

impl Default for Profile {
    fn default() -> Self {
        let channel = |name: &str| Channel { name: name.to_owned(), aliases: Vec::new(), limit: None, follows: String::new() };
        Self {
            institution: String::new(),
            channels: ["窗口", "电话", "信函", "网络", "新闻媒体"].map(channel).to_vec(),
            remind: 1,
            url: "#/rules/{code}".to_owned(),
            off: Vec::new(),
            severity: BTreeMap::new(),
        }
    }
}

impl Profile {
    /// Reads a profile section.
    ///
    /// # Errors
    /// If the bytes are damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, super::RuleBookError> {
        postcard::from_bytes(bytes).map_err(|error| super::RuleBookError(error.to_string()))
    }

    /// Writes the profile section.
    ///
    /// # Errors
    /// If it cannot be serialised.
    #[cfg(feature = "write")]
    pub fn to_bytes(&self) -> Result<Vec<u8>, super::RuleBookError> {
        postcard::to_stdvec(self).map_err(|error| super::RuleBookError(error.to_string()))
    }

    /// The channel of a name or another name for it.
    pub fn channel(&self, name: &str) -> Option<&Channel> {
        let name = name.trim();
        let same = |known: &String| known.eq_ignore_ascii_case(name);
        self.channels.iter().find(|channel| same(&channel.name) || channel.aliases.iter().any(same))
    }

    /// How serious a rule is here; `None` if it is switched off.
    pub fn severity_of(&self, code: &str, family: &str, own: Severity) -> Option<Severity> {
        if self.off.iter().any(|off| off == code || off == family) {
            return None;
        }
        Some(self.severity.get(code).or_else(|| self.severity.get(family)).copied().unwrap_or(own))
    }
}
