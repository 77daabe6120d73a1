//! Quality rules: what may, must and must not be said to a citizen, and by when.
//!
//! A rule is data ([`Rule`]), written as one Markdown file and compiled when a pack is built. Kinds are a closed set, one
//! file each. A [`Checker`] finds all phrases of all rules in one pass over the normalised text and then lets every
//! rule judge what was found; its cost grows with the length of the text, not with the number of rules.

mod checker;
mod citation;
mod claim;
mod context;
mod deadline;
mod diagnostic;
mod document;
mod facts;
mod field;
mod handbook;
mod identity;
mod identity_number;
mod index;
mod number;
mod opening;
#[cfg(feature = "write")]
mod parse;
mod pattern;
mod phrase;
mod profile;
mod record;
mod replace;
mod require;
mod rule;
mod rule_page;
mod when_then;

pub use checker::{CheckError, CheckReport, CheckRequest, Checker, DueRequest, MOST_CHARS};
pub use citation::{Citation, Law, Repealed, Superseded};
pub use claim::Claim;
pub use context::Context;
pub use deadline::Deadline;
pub use diagnostic::{Diagnostic, Edit, Family, Fix, Safety, Severity, apply, apply_fixes, apply_safe};
pub use document::{NoWords, Words};
pub use field::FieldCheck;
pub use handbook::{ChannelView, Flow, Handbook, HandbookView, Inspection, InspectionItem, Step, Term};
pub use identity::{Identity, Secret};
pub use index::Index;
pub use opening::{HANDBOOK, PAGES, handbook, pages};
#[cfg(feature = "write")]
pub use parse::{PatternError, parse_all as parse_pattern};
pub use pattern::{NumberTest, Part, Pattern};
pub use phrase::Phrase;
pub use profile::{Channel, Profile};
pub use record::{Cell, Choice, Column, Holds, Implication, Order, Record, Role, Schema};
pub use replace::Replace;
pub use require::{Place, Require};
pub use rule::{ContextId, FixTemplate, Guard, Kind, Over, Rule, RuleBook, RuleBookError, SetId};
pub use rule_page::RulePage;
pub use when_then::{Reach, WhenThen};
