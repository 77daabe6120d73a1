//! The consultation ledger (咨询服务台账): its columns are data, a record is checked by the rules of kind `field`, and what
//! the records tell of the service is counted here.
//!
//! The standard's own sample is not public; the default columns are ours and every institution may change them.

mod figures;
mod headings;
mod tally;

pub use figures::{Count, Counts, Figures, Month, Overdue, RuleCount, Timely};
pub use headings::{HeadingError, Headings};
pub use tally::{LISTED, Tally};

pub use crate::rules::{Cell, Choice, Column, Holds, Implication, Order, Record, Role, Schema};
