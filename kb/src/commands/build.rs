//! `sheda build`: Markdown → pack.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant, SystemTime};

use sheda_core::pack::sign;

use crate::builder::build_folders;
use crate::commands::progress::Stages;
use crate::commands::{self, keygen};
use crate::files::{Disk, files_under};
use crate::recipe::Recipe;

/// 把知识文件夹生成知识包（.sheda）；后面的文件夹覆盖前面的
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 知识文件夹，可写多个
    #[arg(required = true)]
    pub sources: Vec<PathBuf>,
    /// 写到哪个文件
    #[arg(long, short)]
    pub output: PathBuf,
    /// 用这个私钥文件（sheda keygen 生成）给知识包签名
    #[arg(long, value_name = "KEY")]
    pub sign: Option<PathBuf>,
    /// 生成给小程序用的精简包：只要全国通用的答案，少存问法、少见的词对和规则说明，压缩后不超过 600 KB
    #[arg(long)]
    pub compact: bool,
    /// 除全国通用的以外，只要这个地区的答案（行政区划代码，可写多次）；不写则全都要（精简包不写则只要全国通用的）
    #[arg(long, value_name = "CODE")]
    pub region: Vec<u32>,
    /// 文件一改就重新生成
    #[arg(long)]
    pub watch: bool,
    /// 每个问题一行 JSON
    #[arg(long)]
    pub json: bool,
}

/// Runs the command.
///
/// # Errors
/// If the pack cannot be written.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let code = once(args)?;
    if !args.watch {
        return Ok(code);
    }
    let mut seen = stamp(&args.sources);
    eprintln!("正在留意 {} 个文件夹的改动，按 Ctrl+C 结束", args.sources.len());
    loop {
        std::thread::sleep(Duration::from_millis(400));
        let now = stamp(&args.sources);
        if now != seen {
            seen = now;
            once(args)?;
        }
    }
}

fn once(args: &Args) -> anyhow::Result<ExitCode> {
    let started = Instant::now();
    let mut recipe = if args.compact { Recipe::compact() } else { Recipe::whole() };
    if !args.region.is_empty() {
        recipe.regions = Some(args.region.clone());
    }
    let stages = Stages::shown();
    let result = build_folders(&Disk, &args.sources, &recipe, &|stage, done, of| stages.report(stage, done, of));
    drop(stages);
    let built = match result {
        Ok(built) => built,
        Err(problems) => return Ok(commands::report(&problems, args.json)),
    };
    let (answers, rules) = (built.answers, built.rules.files.len());
    let bytes = match &args.sign {
        Some(key) => sign(built.pack, &keygen::read(key)?),
        None => built.pack,
    };
    write_whole(&args.output, &bytes)?;
    if args.json {
        println!(
            "{}",
            serde_json::json!({"output": args.output, "bytes": bytes.len(), "answers": answers, "rules": rules, "seconds": started.elapsed().as_secs_f64()})
        );
    } else {
        eprintln!(
            "已生成 {}：{answers} 条答案，{rules} 条规则，{} 字节，用时 {:.2} 秒",
            args.output.display(),
            bytes.len(),
            started.elapsed().as_secs_f64()
        );
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes beside the target and renames, so that a reader never sees half a pack.
fn write_whole(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let failed = |error: std::io::Error| anyhow::anyhow!("{} 写不了：{error}", path.display());
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut partial = path.as_os_str().to_owned();
    partial.push(".partial");
    let partial = PathBuf::from(partial);
    std::fs::write(&partial, bytes).map_err(failed)?;
    std::fs::rename(&partial, path).map_err(failed)
}

/// Number, size and time of all source files: differs when anything changed.
fn stamp(folders: &[PathBuf]) -> Vec<(PathBuf, u64, Option<SystemTime>)> {
    let files = folders.iter().flat_map(|folder| files_under(&Disk, folder, &["md", "toml"]).unwrap_or_default());
    let stamps = files.filter_map(|path| {
        let data = path.metadata().ok()?;
        Some((path, data.len(), data.modified().ok()))
    });
    stamps.collect()
}
