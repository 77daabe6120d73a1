//! `sheda keygen`: a key pair for signing packs.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use ed25519_compact::KeyPair;

/// 生成签名用的密钥：私钥写进文件，公钥显示出来
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 私钥写到哪个文件（PEM）；已有的文件不会被覆盖
    #[arg(long, short, default_value = "sheda-key.pem")]
    pub output: PathBuf,
    /// 输出 JSON
    #[arg(long)]
    pub json: bool,
}

/// Runs the command.
///
/// # Errors
/// If the file exists or cannot be written.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let pair = KeyPair::generate();
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    // Whoever reads the file can publish packs.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let shown = args.output.display();
    let mut file = options.open(&args.output).with_context(|| format!("{shown} 写不了（已有的私钥不会被覆盖）"))?;
    file.write_all(pair.to_pem().as_bytes()).with_context(|| format!("{shown} 没有写完"))?;
    let public = public(&pair);
    if args.json {
        println!("{}", serde_json::json!({"key": args.output, "public": public}));
    } else {
        eprintln!("私钥已写入 {shown}，请妥善保管，不要放进版本库；生成知识包时用 --sign {shown}");
        eprintln!("公钥如下，网页和小程序 open 时写在 trust 里：");
        println!("{public}");
    }
    Ok(ExitCode::SUCCESS)
}

/// Reads a private key.
///
/// # Errors
/// If the file cannot be read or is not such a key.
pub fn read(path: &Path) -> anyhow::Result<KeyPair> {
    let text = std::fs::read_to_string(path).with_context(|| format!("私钥文件 {} 读不了", path.display()))?;
    KeyPair::from_pem(&text).map_err(|_| anyhow::anyhow!("{} 不是 Ed25519 私钥（PEM），请用 sheda keygen 生成", path.display()))
}

fn public(pair: &KeyPair) -> String {
    pair.pk.iter().map(|byte| format!("{byte:02x}")).collect()
}
