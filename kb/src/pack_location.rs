//! Where the command finds the national pack when none is named.

use std::path::PathBuf;

use anyhow::Context;

/// The pack's file name.
pub const NATIONAL_PACK: &str = "national.sheda";

/// The bytes of the pack to use: the named file, else `SHEDA_PACK`, else the one beside the executable, else the one
/// that this workspace built (`target/national.sheda`).
///
/// # Errors
/// If the named file cannot be read, or there is none anywhere; the message says how to get one.
pub fn read(named: Option<&PathBuf>) -> anyhow::Result<Vec<u8>> {
    let path = match named {
        Some(path) => path.clone(),
        None => find()?,
    };
    std::fs::read(&path).with_context(|| format!("知识包读不了：{}", path.display()))
}

fn find() -> anyhow::Result<PathBuf> {
    if let Some(path) = std::env::var_os("SHEDA_PACK").map(PathBuf::from) {
        return Ok(path);
    }
    let executable = std::env::current_exe().ok();
    // target/debug/sheda and target/release/sheda: the pack lies one folder up.
    let mut beside = executable.iter().flat_map(|path| path.ancestors().skip(1).take(2)).map(|folder| folder.join(NATIONAL_PACK));
    beside
        .find(|path| path.is_file())
        .context("没有找到知识包：请用 --pack 指定，或设置 SHEDA_PACK，或先运行 sheda build kb -o target/national.sheda")
}
