//! `cargo xtask demo`: from a fresh clone to a page in the browser.

use std::process::{Command, ExitCode};
use std::time::Instant;

use anyhow::{Context, bail};

use crate::step::{self, Step, seconds};
use crate::workspace::Workspace;
use crate::{artifacts, serve, tools};

const PORT: u16 = 4173;

/// What has to be there before the page can be served.
pub const STEPS: [Step; 9] = [
    Step { name: "Node.js", run: tools::node_is_there },
    Step { name: "Rust's wasm32 target", run: tools::wasm_target },
    Step { name: "wasm-bindgen and wasm-pack", run: tools::wasm_tools },
    Step { name: "the sheda command (cargo build)", run: artifacts::sheda },
    Step { name: "the pack (sheda build kb)", run: artifacts::pack },
    Step { name: "the module (wasm-pack build)", run: artifacts::module },
    Step { name: "the author's module (wasm-pack build)", run: artifacts::author_module },
    Step { name: "the npm package (wasm/js)", run: artifacts::package },
    Step { name: "the page (web-demo)", run: artifacts::page },
];

/// Builds what is out of date and serves the page until it is stopped.
pub fn run(workspace: &Workspace, port: Option<u16>, open: bool) -> anyhow::Result<ExitCode> {
    let started = Instant::now();
    step::all(workspace, &STEPS)?;
    let folder = workspace.path("web-demo/dist");
    if !folder.join("index.html").is_file() {
        bail!("there is no page to serve: {} has no index.html", workspace.short(&folder));
    }
    let wanted = port.unwrap_or(PORT);
    let listener = serve::listen(wanted)?;
    let got = listener.local_addr()?.port();
    if got != wanted {
        println!("port {wanted} is taken, using {got}");
    }
    let url = format!("http://127.0.0.1:{got}/");
    println!("\nready in {}: {url}  (Ctrl+C to stop)", seconds(started.elapsed()));
    if open {
        browse(&url).unwrap_or_else(|error| eprintln!("cannot open a browser ({error:#}): open the address yourself"));
    }
    serve::serve(&listener, &folder)?;
    Ok(ExitCode::SUCCESS)
}

fn browse(url: &str) -> anyhow::Result<()> {
    let (program, arguments): (&str, &[&str]) = if cfg!(windows) {
        ("cmd", &["/C", "start", ""])
    } else if cfg!(target_os = "macos") {
        ("open", &[])
    } else {
        ("xdg-open", &[])
    };
    Command::new(program).args(arguments).arg(url).spawn().map(|_| ()).with_context(|| program.to_owned())
}
