//! The `sheda` command.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use sheda_kb::commands;

/// 社答：社会保险咨询知识库与质检规则
#[derive(Debug, Parser)]
#[command(name = "sheda", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Build(commands::build::Args),
    Check(commands::check::Args),
    Due(commands::due::Args),
    Search(commands::search::Args),
    Lint(commands::lint::Args),
    Inspect(commands::inspect::Args),
    Diff(commands::diff::Args),
    Report(commands::report::Args),
    Rules(commands::rules::Args),
    Eval(commands::eval::Args),
    Export(commands::export::Args),
    Keygen(commands::keygen::Args),
}

fn main() -> ExitCode {
    // `sheda rules | head` ends quietly, as other commands do.
    sigpipe::reset();
    let result = match Cli::parse().command {
        Command::Build(args) => commands::build::run(&args),
        Command::Check(args) => commands::check::run(&args),
        Command::Due(args) => commands::due::run(&args),
        Command::Report(args) => commands::report::run(&args),
        Command::Rules(args) => commands::rules::run(&args),
        Command::Search(args) => commands::search::run(&args),
        Command::Lint(args) => commands::lint::run(&args),
        Command::Inspect(args) => commands::inspect::run(&args),
        Command::Diff(args) => commands::diff::run(&args),
        Command::Eval(args) => commands::eval::run(&args),
        Command::Export(args) => commands::export::run(&args),
        Command::Keygen(args) => commands::keygen::run(&args),
    };
    result.unwrap_or_else(|error| {
        eprintln!("错误：{error:#}");
        ExitCode::from(2)
    })
}
