//! Signing as a publisher does it: a key, a signed pack, and what `inspect` says of it.

// What the tests share may panic as a test may.
#![allow(clippy::expect_used)]

use std::path::PathBuf;
use std::process::{Command, Output};

fn sheda(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sheda")).args(arguments).output().expect("the command runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_signed_pack_names_its_signer() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("signing");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    let [key, pack] = ["key.pem", "signed.sheda"].map(|name| folder.join(name).display().to_string());
    let made = sheda(&["keygen", "-o", &key]);
    assert!(made.status.success(), "{}", text(&made.stderr));
    let public = text(&made.stdout).trim().to_owned();
    assert_eq!(public.len(), 64, "{public}");

    let knowledge = env!("CARGO_MANIFEST_DIR");
    let built = sheda(&["build", knowledge, "-o", &pack, "--sign", &key]);
    assert!(built.status.success(), "{}", text(&built.stderr));
    let seen = text(&sheda(&["inspect", &pack]).stdout);
    assert!(seen.contains(&format!("签名有效，公钥 {public}")), "{seen}");

    let mut bytes = std::fs::read(&pack).expect("the pack");
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    std::fs::write(&pack, bytes).expect("altered");
    let refused = sheda(&["inspect", &pack]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("签名与内容不符"), "{}", text(&refused.stderr));
}

#[test]
fn a_key_is_never_overwritten_and_a_wrong_one_is_named() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("keys");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    let key = folder.join("key.pem").display().to_string();
    assert!(sheda(&["keygen", "-o", &key]).status.success());
    let kept = std::fs::read(&key).expect("the key");
    let again = sheda(&["keygen", "-o", &key]);
    assert_eq!(again.status.code(), Some(2));
    assert_eq!(std::fs::read(&key).expect("the key"), kept);

    let wrong = folder.join("wrong.pem").display().to_string();
    std::fs::write(&wrong, "不是私钥").expect("a file");
    let pack = folder.join("p.sheda").display().to_string();
    let built = sheda(&["build", env!("CARGO_MANIFEST_DIR"), "-o", &pack, "--sign", &wrong]);
    assert_eq!(built.status.code(), Some(2));
    assert!(text(&built.stderr).contains("wrong.pem"), "{}", text(&built.stderr));
    assert!(!PathBuf::from(pack).exists(), "没有签成就不写文件");
}
