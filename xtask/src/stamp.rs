//! Skipping what is up to date: a step is left out when neither its inputs nor its outputs changed since it last ran.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::Context;
use sha2::{Digest, Sha256};

use crate::workspace::Workspace;

/// Folders that hold what tools fetched or built.
const NOT_SOURCES: [&str; 9] = [
    "node_modules",
    "dist",
    "pkg",
    "pkg-author",
    "target",
    "miniprogram_dist",
    "miniprogram_npm",
    "without-wasm",
    "test-results",
];

/// What a step reads and writes.
pub struct Stamp {
    file: PathBuf,
    inputs: String,
    outputs: Vec<PathBuf>,
}

impl Stamp {
    /// A stamp over the contents of `inputs` (files, or folders without what was built in them), over `also` (versions,
    /// flags), and over `outputs`, all of which must exist for the step to be up to date.
    pub fn new(
        workspace: &Workspace,
        name: &str,
        inputs: &[PathBuf],
        also: &[&str],
        outputs: &[PathBuf],
    ) -> anyhow::Result<Self> {
        let mut hasher = Sha256::new();
        also.iter().for_each(|text| hasher.update(format!("{text}\n")));
        for path in inputs {
            add(&mut hasher, path, true)?;
        }
        let file = workspace.own("stamps")?.join(name);
        Ok(Self { file, inputs: hex(&hasher.finalize()), outputs: outputs.to_vec() })
    }

    /// Whether the step can be left out.
    pub fn is_current(&self) -> bool {
        let Ok(written) = fs::read_to_string(&self.file) else { return false };
        self.outputs.iter().all(|path| path.exists()) && self.text().is_ok_and(|text| text == written)
    }

    /// Notes that the step ran.
    pub fn set(&self) -> anyhow::Result<()> {
        fs::write(&self.file, self.text()?).with_context(|| format!("cannot write {}", self.file.display()))
    }

    fn text(&self) -> anyhow::Result<String> {
        let mut hasher = Sha256::new();
        for path in &self.outputs {
            add(&mut hasher, path, false)?;
        }
        Ok(format!("{}\n{}\n", self.inputs, hex(&hasher.finalize())))
    }
}

fn add(hasher: &mut Sha256, path: &Path, sources_only: bool) -> anyhow::Result<()> {
    hasher.update(path.as_os_str().as_encoded_bytes());
    if path.is_file() {
        hasher.update(fs::read(path).with_context(|| format!("cannot read {}", path.display()))?);
    } else if path.is_dir() {
        let mut names: Vec<_> =
            fs::read_dir(path)?.collect::<Result<Vec<_>, _>>()?.into_iter().map(|entry| entry.file_name()).collect();
        names.retain(|name| !sources_only || !NOT_SOURCES.iter().any(|folder| name == *folder));
        names.sort();
        for name in names {
            add(hasher, &path.join(name), sources_only)?;
        }
    }
    Ok(())
}

/// The SHA-256 of a file, in hexadecimal.
pub fn sha256(path: &Path) -> anyhow::Result<String> {
    let mut file = fs::File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hex(&hasher.finalize())),
            read => hasher.update(&buffer[..read]),
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
