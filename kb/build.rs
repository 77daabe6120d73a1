//! Bakes jieba's default dictionary (shipped with the jieba-rs crate) and what is known of characters into small tables: a
//! page that rebuilds the knowledge fetches them all. Words are sorted, each without the beginning it shares with the one
//! before; that compresses to half of a transducer's size, and the transducer is made in a moment where it is needed.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use character_converter::traditional_to_simplified;
use pinyin::ToPinyin;

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
    let (mut coded, mut counts, mut last) = (Vec::new(), Vec::new(), &[][..]);
    for (word, &count) in &words {
        let word = word.as_bytes();
        let shared = word.iter().zip(last).take_while(|(a, b)| a == b).count();
        coded.extend_from_slice(&[u8::try_from(shared)?, u8::try_from(word.len() - shared)?]);
        coded.extend_from_slice(&word[shared..]);
        push_number(&mut counts, count);
        last = word;
    }
    fs::write(out.join("jieba.words"), coded)?;
    fs::write(out.join("jieba.counts"), counts)?;
    fs::write(out.join("variants.txt"), variants())?;
    fs::write(out.join("readings.txt"), readings(words.keys()))?;
    Ok(())
}

/// Seven bits a byte, lowest first.
fn push_number(out: &mut Vec<u8>, mut number: u32) {
    while number > 0x7f {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Each traditional character with its simplified form, one after another.
fn variants() -> String {
    let mut pairs = String::new();
    for c in '\u{4e00}'..='\u{9fff}' {
        let text = c.to_string();
        let simple = traditional_to_simplified(&text);
        if simple.chars().count() == 1 && simple != text {
            pairs.push(c);
            pairs.push_str(&simple);
        }
    }
    pairs
}

/// Each character that is a word with its reading, one a line.
fn readings<'a>(words: impl Iterator<Item = &'a String>) -> String {
    let mut lines = String::new();
    for word in words {
        let mut chars = word.chars();
        if let (Some(c), None) = (chars.next(), chars.next())
            && let Some(reading) = c.to_pinyin()
        {
            lines.push_str(&format!("{c}{}\n", reading.plain().replace('ü', "v")));
        }
    }
    lines
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
