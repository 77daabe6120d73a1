//! Reads `profile.toml`: the institution's own promises and switches.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use sheda_core::calendar::Period;
use sheda_core::rules::{Channel, Profile, Severity};

use crate::files::Files;
use crate::{Problem, toml_file};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    institution: String,
    #[serde(default = "one")]
    remind: i32,
    url: Option<String>,
    channel: Vec<ChannelFront>,
    #[serde(default)]
    rules: Rules,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ChannelFront {
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
    working_days: Option<u32>,
    natural_days: Option<u32>,
    #[serde(default)]
    follows: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Rules {
    off: Vec<String>,
    severity: BTreeMap<String, Severity>,
}

fn one() -> i32 {
    1
}

/// Reads a profile.
///
/// # Errors
/// A problem with its line: unreadable, two limits for one channel, or a limit that names no norm.
pub fn read(files: &dyn Files, path: &Path) -> Result<Profile, Problem> {
    let file: File = toml_file::read(files, path)?;
    let shown = path.display().to_string();
    let mut channels = Vec::new();
    for channel in file.channel {
        let limit = match (channel.working_days, channel.natural_days) {
            (Some(_), Some(_)) => {
                return Err(Problem::new(&shown, 0, format!("{} 不能又写 working_days 又写 natural_days", channel.name)));
            }
            (Some(days), None) => Some(Period::WorkingDays(days)),
            (None, Some(days)) => Some(Period::NaturalDays(days)),
            (None, None) => None,
        };
        if limit.is_some() && channel.follows.trim().is_empty() {
            return Err(Problem::new(&shown, 0, format!("{} 的时限要在 follows 里写明参照什么", channel.name)));
        }
        channels.push(Channel { name: channel.name, aliases: channel.aliases, limit, follows: channel.follows });
    }
    Ok(Profile {
        institution: file.institution,
        channels,
        remind: file.remind,
        url: file.url.unwrap_or_else(|| Profile::default().url),
        off: file.rules.off,
        severity: file.rules.severity,
    })
}
