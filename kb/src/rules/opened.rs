//! The rules of a pack, ready for the command line.

use std::path::PathBuf;

use anyhow::Context;
use sheda_core::pack::{Pack, section};
use sheda_core::rules::{Checker, Handbook, RulePage, handbook, pages};
use sheda_core::text::{Dictionary, Normalizer};

use crate::pack_location;

/// A pack's checker and dictionary.
pub struct Opened {
    /// The rules.
    pub checker: Checker,
    /// The dictionary they see words with.
    pub words: Dictionary<Vec<u8>>,
    /// The rules' pages.
    pub pages: Vec<RulePage>,
    /// Terms, flows and self-inspection.
    pub handbook: Handbook,
}

impl Opened {
    /// Opens the named pack, or the one found by itself.
    ///
    /// # Errors
    /// If there is no pack, it is damaged, or it has no rules.
    pub fn read(pack: Option<&PathBuf>) -> anyhow::Result<Self> {
        let pack = Pack::open(pack_location::read(pack)?)?;
        let variants =
            pack.section(section::VARIANTS).map_or_else(String::new, |bytes| String::from_utf8_lossy(&bytes).into_owned());
        let checker = Checker::open(&pack, Normalizer::from_pairs(&variants))?
            .context("这个知识包里没有质检规则，请用含 rules/ 的知识文件夹重新生成")?;
        let bytes = pack.section(section::DICTIONARY).context("知识包里没有词典")?;
        let (unknown, words) = bytes.split_at_checked(4).context("知识包里的词典已损坏")?;
        let words = Dictionary::open(words.to_vec(), u32::from_le_bytes(unknown.try_into()?))?;
        Ok(Self { checker, words, pages: pages(&pack)?, handbook: handbook(&pack)? })
    }
}

/// Today in Beijing, since the core has no clock.
pub fn today() -> String {
    const BEIJING_SECONDS: u64 = 8 * 3600;
    let seconds = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |elapsed| elapsed.as_secs());
    let days = (seconds + BEIJING_SECONDS) / 86_400;
    sheda_core::calendar::Date::from_number(days as i64).map_or_else(String::new, |date| date.to_string())
}
