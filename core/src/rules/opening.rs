//! Making a checker from the sections of a pack.

use super::checker::Checker;
use super::handbook::{Handbook, HandbookView};
use super::profile::Profile;
use super::record::Schema;
use super::rule::{RuleBook, RuleBookError};
use super::rule_page::RulePage;
use crate::calendar::Calendar;
use crate::pack::{Pack, section};
use crate::text::Normalizer;

/// The section with the rules' pages.
pub const PAGES: &str = "rule-pages";
/// The section with terms, flows and self-inspection.
pub const HANDBOOK: &str = "handbook";

impl Checker {
    /// The checker of a pack; `None` if the pack has no rules.
    ///
    /// Patterns are arranged and their keys sorted here, tens of milliseconds on a phone: call it on the first check and keep the
    /// result.
    ///
    /// # Errors
    /// If a section is damaged; the name of the section stands in front.
    pub fn open(pack: &Pack, normalizer: Normalizer) -> Result<Option<Self>, RuleBookError> {
        let Some(rules) = pack.section(section::RULES) else { return Ok(None) };
        let book = RuleBook::from_bytes(&rules).map_err(|error| named(section::RULES, &error))?;
        let calendar = match pack.section(section::CALENDAR) {
            Some(bytes) => Calendar::from_bytes(&bytes).map_err(|error| named(section::CALENDAR, &error))?,
            None => Calendar::default(),
        };
        Ok(Some(Self::new(book, calendar, profile(pack)?, schema(pack)?, normalizer)))
    }
}

fn profile(pack: &Pack) -> Result<Profile, RuleBookError> {
    match pack.section(section::PROFILE) {
        Some(bytes) => Profile::from_bytes(&bytes).map_err(|error| named(section::PROFILE, &error)),
        None => Ok(Profile::default()),
    }
}

fn schema(pack: &Pack) -> Result<Schema, RuleBookError> {
    match pack.section(section::LEDGER) {
        Some(bytes) => Schema::from_bytes(&bytes).map_err(|error| named(section::LEDGER, &error)),
        None => Ok(Schema::default()),
    }
}

fn named(section: &str, error: &dyn std::fmt::Display) -> RuleBookError {
    RuleBookError(format!("{section}：{error}"))
}

/// The pages of a pack's rules.
///
/// # Errors
/// If the section is damaged.
pub fn pages(pack: &Pack) -> Result<Vec<RulePage>, RuleBookError> {
    pack.section(PAGES)
        .map_or_else(|| Ok(Vec::new()), |bytes| postcard::from_bytes(&bytes).map_err(|error| RuleBookError(error.to_string())))
}

/// A pack's handbook, with what the institution set: its channels and its ledger.
///
/// # Errors
/// If a section is damaged.
pub fn handbook(pack: &Pack) -> Result<HandbookView, RuleBookError> {
    let handbook = pack.section(HANDBOOK).map_or_else(|| Ok(Handbook::default()), |bytes| Handbook::from_bytes(&bytes))?;
    Ok(HandbookView::new(handbook, profile(pack)?, schema(pack)?))
}
