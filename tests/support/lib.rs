//! What the tests share: the national pack, built once a process, and the folder of shared material where it is present.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use anyhow::Context;
use sheda_core::Engine;
use sheda_kb::builder::build_folders;
use sheda_kb::files::Disk;
use sheda_kb::progress::unheard;
use sheda_kb::recipe::Recipe;

/// The workspace's root.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

/// The bytes of the national pack, built from `kb`.
///
/// # Errors
/// If the knowledge base has a problem.
pub fn national_pack() -> anyhow::Result<&'static [u8]> {
    static PACK: OnceLock<Result<Vec<u8>, String>> = OnceLock::new();
    let built = PACK.get_or_init(|| {
        let built = build_folders(&Disk, &[root().join("kb")], &Recipe::whole(), &unheard);
        built.map(|built| built.pack).map_err(|problems| format!("{:?}", problems.first()))
    });
    built.as_ref().map(Vec::as_slice).map_err(|error| anyhow::anyhow!("{error}"))
}

/// An engine over the national pack.
///
/// # Errors
/// If the knowledge base has a problem.
pub fn national() -> anyhow::Result<Engine> {
    Engine::open(national_pack()?.to_vec()).context("the national pack opens")
}

/// A folder of the shared material that lies beside the project; `None`, said on standard error, where it is absent.
pub fn shared(folder: &str) -> Option<PathBuf> {
    let path = root().join("../shared").join(folder);
    if path.is_dir() {
        return Some(path);
    }
    eprintln!("skipped: ../shared/{folder} is not present");
    None
}
