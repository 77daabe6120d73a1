//! Where things lie: the workspace's root, its target folder, and what may lie beside it.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::process::{cargo, text_of};

/// The folders that every step works in.
pub struct Workspace {
    /// The folder with the workspace's `Cargo.toml`.
    pub root: PathBuf,
    /// Cargo's target folder, wherever `CARGO_TARGET_DIR` or a configuration puts it.
    pub target: PathBuf,
}

impl Workspace {
    /// Asks cargo for the target folder.
    pub fn open() -> anyhow::Result<Self> {
        let manifest = env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = manifest.parent().context("xtask lies in a workspace")?.to_owned();
        let metadata = text_of(cargo(&root).args(["metadata", "--no-deps", "--format-version", "1"]))?;
        let metadata: serde_json::Value = serde_json::from_str(&metadata).context("cargo metadata is not JSON")?;
        let target = metadata["target_directory"].as_str().context("cargo metadata names no target folder")?.into();
        Ok(Self { root, target })
    }

    /// A path under the root.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// A folder of xtask's own under the target folder, made if it is not there.
    pub fn own(&self, name: &str) -> anyhow::Result<PathBuf> {
        let folder = self.target.join("xtask").join(name);
        std::fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        Ok(folder)
    }

    /// The national pack.
    pub fn pack(&self) -> PathBuf {
        self.target.join("national.sheda")
    }

    /// The compact pack for phones.
    pub fn compact_pack(&self) -> PathBuf {
        self.target.join("national-compact.sheda")
    }

    /// The `sheda` command of a profile's folder (`debug`, `release`).
    pub fn sheda(&self, profile: &str) -> PathBuf {
        self.target.join(profile).join(format!("sheda{}", env::consts::EXE_SUFFIX))
    }

    /// The WebAssembly module as wasm-pack leaves it.
    pub fn module(&self) -> PathBuf {
        self.path("wasm/pkg/sheda_wasm_bg.wasm")
    }

    /// The author's module as wasm-pack leaves it.
    pub fn author_module(&self) -> PathBuf {
        self.path("wasm/pkg-author/sheda_author_bg.wasm")
    }

    /// A folder of the data that may lie beside the workspace (law texts, retrieval sets); `None` where it is absent.
    pub fn shared(&self, name: &str) -> Option<PathBuf> {
        let folder = self.root.parent()?.join("shared").join(name);
        folder.is_dir().then_some(folder)
    }

    /// The path as a person in the root folder would type it.
    pub fn short<'a>(&self, path: &'a Path) -> std::path::Display<'a> {
        path.strip_prefix(&self.root).unwrap_or(path).display()
    }
}
