//! The size budget: what is sent to a phone, against the ceilings in `tests/budget/budgets.toml`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::retrieval;
use crate::pack_sections;
use crate::process::{node, text_of};
use crate::step::{Counts, Outcome};
use crate::workspace::Workspace;

const COMPRESS: &str = "const zlib = require('node:zlib'), fs = require('node:fs'); const [file, how] = process.argv.slice(1); \
    const bytes = fs.readFileSync(file); \
    const made = how === 'brotli' ? zlib.brotliCompressSync(bytes, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11, \
    [zlib.constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }) : zlib.gzipSync(bytes, { level: 9 }); \
    process.argv[3] ? fs.writeFileSync(process.argv[3], made) : 0; console.log(made.length)";

pub fn check(workspace: &Workspace) -> anyhow::Result<Outcome> {
    let file = workspace.path("tests/budget/budgets.toml");
    let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let table: toml::Table = text.parse().with_context(|| workspace.short(&file).to_string())?;
    let budgets = table.get("budget").and_then(toml::Value::as_array).context("no [[budget]] in budgets.toml")?;
    let mut counts = Counts::default();
    println!("      {:<44} {:>10} {:>10} {:>6}", "bytes", "is", "budget", "");
    for budget in budgets {
        let text = |key: &str| budget.get(key).and_then(toml::Value::as_str);
        let what = text("what").context("a budget has no `what`")?;
        let limit = budget.get("bytes").and_then(toml::Value::as_integer).with_context(|| format!("{what}: no `bytes`"))?;
        let Some(weighed) = weighed(workspace, budget)? else {
            println!("      {what:<44} {:>10} {limit:>10}", "not present");
            continue;
        };
        let size = match text("as").unwrap_or("raw") {
            "raw" => fs::metadata(&weighed)?.len(),
            how @ ("brotli" | "gzip") => compressed(workspace, &weighed, how, None)?,
            other => bail!("{what}: `as` is {other}, not raw, gzip or brotli"),
        };
        let holds = i64::try_from(size)? <= limit;
        println!(
            "      {what:<44} {size:>10} {limit:>10} {:>4} %{}",
            size * 100 / limit.unsigned_abs().max(1),
            if holds { "" } else { "  OVER" }
        );
        counts += Counts { passed: usize::from(holds), failed: usize::from(!holds) };
    }
    Ok(Outcome::Counted(counts))
}

/// The file that a budget is about: one that was built, or the sections of a set's pack.
fn weighed(workspace: &Workspace, budget: &toml::Value) -> anyhow::Result<Option<PathBuf>> {
    if let Some(file) = budget.get("file").and_then(toml::Value::as_str) {
        let path = file.strip_prefix("target/").map_or_else(|| workspace.path(file), |file| workspace.target.join(file));
        return Ok(path.is_file().then_some(path));
    }
    let set = budget.get("set").and_then(toml::Value::as_str).context("a budget names a `file` or a `set`")?;
    let names = budget.get("sections").and_then(toml::Value::as_array).context("a budget for a set names `sections`")?;
    let names: Vec<String> = names.iter().filter_map(toml::Value::as_str).map(str::to_owned).collect();
    let (_, pack) = retrieval::kept(workspace, set)?;
    if workspace.shared("bench").is_none() || !pack.is_file() {
        return Ok(None);
    }
    let part = pack.with_extension("part");
    fs::write(&part, pack_sections::bytes_of(&pack, &names)?)?;
    Ok(Some(part))
}

/// The size of a file after compression by Node's zlib (`brotli` at 11, `gzip` at 9); the result goes to `to` if named.
pub fn compressed(workspace: &Workspace, file: &Path, how: &str, to: Option<&Path>) -> anyhow::Result<u64> {
    let mut command = node(&workspace.root);
    command.args(["-e", COMPRESS, "--"]).arg(file).arg(how).args(to);
    text_of(&mut command)?.trim().parse().context("node did not print a size")
}
