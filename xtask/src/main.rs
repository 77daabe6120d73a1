//! `cargo xtask demo | test | bench | dist`: fetches what is missing, builds, serves, tests and measures SheDa.
//!
//! Set-up and orchestration only: nothing here knows how search or the rules work. It starts the same commands that a
//! person would type, in order, shows how long each took, and skips those whose inputs have not changed.

mod artifacts;
mod bench;
mod demo;
mod dist;
mod figures;
mod npm;
mod pack_sections;
mod process;
mod serve;
mod stamp;
mod step;
mod test;
mod tools;
mod workspace;

use std::process::ExitCode;

use anyhow::bail;
use lexopt::prelude::*;
use workspace::Workspace;

/// Name, arguments and purpose of every command; `--help` prints it and the README check reads it.
const COMMANDS: [(&str, &str, &str); 4] = [
    ("demo", "[--port N] [--open]", "build the pack, the module and the page; serve the page on 127.0.0.1"),
    ("test", "", "every test: native, wasm, browser, package, budgets"),
    ("bench", "[--write] [--peers]", "measure opening, search and building, natively and in wasm"),
    ("dist", "", "put everything that is shipped into target/dist"),
];

/// What the command line may say; each command takes only its own.
#[derive(Debug, Default)]
struct Options {
    port: Option<u16>,
    open: bool,
    write: bool,
    peers: bool,
}

fn main() -> ExitCode {
    run().unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::from(2)
    })
}

fn run() -> anyhow::Result<ExitCode> {
    let mut parser = lexopt::Parser::from_env();
    let mut command = None;
    let mut options = Options::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("help") | Short('h') => {
                println!("{}", usage());
                return Ok(ExitCode::SUCCESS);
            }
            Value(name) if command.is_none() => command = Some(name.string()?),
            Long("port") if command.as_deref() == Some("demo") => options.port = Some(parser.value()?.parse()?),
            Long("open") if command.as_deref() == Some("demo") => options.open = true,
            Long("write") if command.as_deref() == Some("bench") => options.write = true,
            Long("peers") if command.as_deref() == Some("bench") => options.peers = true,
            other => bail!("{}\n\n{}", other.unexpected(), usage()),
        }
    }
    let Some(command) = command else { bail!("which command?\n\n{}", usage()) };
    match command.as_str() {
        "demo" => demo::run(&Workspace::open()?, options.port, options.open),
        "test" => test::run(&Workspace::open()?),
        "bench" => bench::run(&Workspace::open()?, options.write, options.peers),
        "dist" => dist::run(&Workspace::open()?),
        other => bail!("no such command: {other}\n\n{}", usage()),
    }
}

fn usage() -> String {
    let mut text = "usage:".to_owned();
    for (name, arguments, purpose) in COMMANDS {
        text.push_str(&format!("\n  {:<38} {purpose}", format!("cargo xtask {name} {arguments}")));
    }
    text
}
