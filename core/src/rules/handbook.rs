//! The parts of the standard that are not rules about a text: terms, flows and self-inspection, as plain data.

use serde::{Deserialize, Serialize};

/// Everything of the handbook.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Handbook {
    /// 编制说明五(1): the terms.
    pub terms: Vec<Term>,
    /// 编制说明五(6): the flows, one for each form of service and one for guidance.
    pub flows: Vec<Flow>,
    /// 编制说明五(2), (3), (7), (8): what an institution inspects of itself.
    pub inspections: Vec<Inspection>,
}

/// A term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The term as the standard names it.
    pub name: String,
    /// How this product uses it.
    pub usage: String,
    /// Where the name comes from, and what is not public.
    pub source: String,
}

/// A flow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Flow {
    /// Stable id, e.g. counter.
    pub id: String,
    /// Its name, e.g. 窗口咨询服务流程.
    pub name: String,
    /// The channel it belongs to; `None` for guidance, which goes through all.
    pub channel: Option<String>,
    /// Where it comes from.
    pub source: String,
    /// Its steps in order.
    #[serde(rename(deserialize = "step"))]
    pub steps: Vec<Step>,
}

/// A step of a flow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Its name.
    pub name: String,
    /// Who does it.
    pub who: String,
    /// What is done.
    pub what: String,
    /// The ledger columns filled in at this step.
    #[serde(default)]
    pub record: Vec<String>,
    /// What of this product helps: search, check, due, ledger.
    #[serde(default)]
    pub tools: Vec<String>,
    /// The name of the next step if not the one below; `结束` ends the flow.
    #[serde(default)]
    pub next: Option<String>,
}

/// A list that an institution goes through by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inspection {
    /// Stable id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The block of the standard it serves.
    pub block: String,
    /// What is looked at.
    #[serde(rename(deserialize = "item"))]
    pub items: Vec<InspectionItem>,
}

/// One thing looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InspectionItem {
    /// What must be so.
    pub text: String,
    /// Its authority: one of the four kinds, and which.
    pub source: String,
}

impl Handbook {
    /// Reads a handbook section.
    ///
    /// # Errors
    /// If the bytes are damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, super::RuleBookError> {
        postcard::from_bytes(bytes).map_err(|error| super::RuleBookError(error.to_string()))
    }

    /// Writes the handbook section.
    ///
    /// # Errors
    /// If it cannot be serialised.
    #[cfg(feature = "write")]
    pub fn to_bytes(&self) -> Result<Vec<u8>, super::RuleBookError> {
        postcard::to_stdvec(self).map_err(|error| super::RuleBookError(error.to_string()))
    }

    /// The flow of a channel.
    pub fn flow(&self, channel: &str) -> Option<&Flow> {
        self.flows.iter().find(|flow| flow.channel.as_deref() == Some(channel))
    }
}

impl Flow {
    /// The step after the one of this name; `None` at the end or for an unknown name.
    pub fn next(&self, name: &str) -> Option<&Step> {
        let at = self.steps.iter().position(|step| step.name == name)?;
        match &self.steps[at].next {
            Some(next) => self.steps.iter().find(|step| step.name == *next),
            None => self.steps.get(at + 1),
        }
    }
}
