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
    /// 在一个检索集上测量检索质量与耗时
    Eval(commands::eval::Args),
}

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Eval(args) => commands::eval::run(&args),
    };
    result.unwrap_or_else(|error| {
        eprintln!("错误：{error:#}");
        ExitCode::from(2)
    })
}
