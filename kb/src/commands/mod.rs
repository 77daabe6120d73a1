//! The subcommands of `sheda`, one file each.

pub mod eval;
