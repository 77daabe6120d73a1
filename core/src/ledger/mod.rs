//! The consultation ledger (咨询服务台账): its columns are data, and a record is checked by the rules of kind `field`.
//!
//! The standard's own sample is not public; the default columns are ours and every institution may change them.

mod headings;

pub use headings::{HeadingError, Headings};

pub use crate::rules::{Cell, Choice, Column, Holds, Implication, Order, Record, Role, Schema};
