//! Bakes jieba's default dictionary (shipped with the jieba-rs crate) into a transducer and a table of frequencies, so
//! that the builder starts at once and prunes it without loading 46 MB.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=../Cargo.lock");
    let (version, folder) = jieba()?;
    println!("cargo:rustc-env=SHEDA_JIEBA_VERSION={version}");
    let text = fs::read_to_string(folder.join("src/data/dict.txt"))?;
    let mut words = BTreeMap::new();
    for line in text.lines() {
        let mut fields = line.split(' ');
        if let (Some(word), Some(count)) = (fields.next(), fields.next()) {
            words.insert(word.to_owned(), count.parse::<u32>()?);
        }
    }
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let mut map = fst::MapBuilder::memory();
    let mut counts = Vec::with_capacity(words.len() * 4);
    for (ordinal, (word, count)) in words.iter().enumerate() {
        map.insert(word, ordinal as u64)?;
        counts.extend_from_slice(&count.to_le_bytes());
    }
    fs::write(out.join("jieba.fst"), map.into_inner()?)?;
    fs::write(out.join("jieba.counts"), counts)?;
    Ok(())
}

/// Version and source folder of jieba-rs, a build dependency for its data.
fn jieba() -> Result<(String, PathBuf), Box<dyn Error>> {
    let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let output = Command::new(cargo).args(["metadata", "--format-version", "1", "--offline", "--locked"]).output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let packages = metadata["packages"].as_array().ok_or("cargo metadata lists no packages")?;
    let found = packages.iter().find(|package| package["name"] == "jieba-rs").ok_or("no package jieba-rs")?;
    let manifest = found["manifest_path"].as_str().ok_or("no manifest path")?;
    let folder = Path::new(manifest).parent().ok_or("no folder")?.to_owned();
    Ok((found["version"].as_str().unwrap_or_default().to_owned(), folder))
}
