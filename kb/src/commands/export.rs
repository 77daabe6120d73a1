//! `sheda export`: a pack's documents for a distributed engine.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use sheda_core::Engine;

use crate::export::Target;
use crate::pack_location;

/// 把知识包里的文档导出给分布式检索引擎：分好的词、索引配置、同样排序的查询
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 给哪个引擎
    #[arg(long)]
    pub to: Target,
    /// 用哪个知识包，不写则用全国知识包
    #[arg(long)]
    pub pack: Option<PathBuf>,
    /// 写到哪个文件夹
    #[arg(long, short, required_unless_present = "query")]
    pub output: Option<PathBuf>,
    /// 索引叫什么名字
    #[arg(long, default_value = "sheda")]
    pub index: String,
    /// 不导出，只把这个问题写成该引擎的查询
    #[arg(long, value_name = "QUESTION", conflicts_with = "output")]
    pub query: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// If the pack cannot be read or a file cannot be written.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let engine = Engine::open(pack_location::read(args.pack.as_ref())?)?;
    let searcher = engine.searcher();
    let Some(folder) = &args.output else {
        println!("{}", args.to.query(args.query.as_deref().unwrap_or_default(), searcher));
        return Ok(ExitCode::SUCCESS);
    };
    std::fs::create_dir_all(folder).with_context(|| format!("{} 建不了", folder.display()))?;
    let mapping = folder.join(args.to.mapping_file());
    std::fs::write(&mapping, serde_json::to_string_pretty(&args.to.mapping(&args.index))?)
        .with_context(|| format!("{} 写不了", mapping.display()))?;
    let path = folder.join(args.to.documents_file());
    let failed = || format!("{} 写不了", path.display());
    let mut file = BufWriter::new(File::create(&path).with_context(failed)?);
    let answers = searcher.answers();
    for number in 0..answers.len() {
        file.write_all(args.to.document(&answers.get(number)?, searcher)?.as_bytes()).with_context(failed)?;
    }
    file.flush().with_context(failed)?;
    eprintln!("已导出 {} 条到 {}，索引配置在 {}", answers.len(), path.display(), mapping.display());
    Ok(ExitCode::SUCCESS)
}
