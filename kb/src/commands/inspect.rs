//! `sheda inspect`: what is in a pack.

use std::path::PathBuf;
use std::process::ExitCode;

use sheda_core::pack::{LeftOut, Pack};

use crate::pack_location;

/// 查看知识包里有什么
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 知识包文件，不写则看全国知识包
    pub file: Option<PathBuf>,
    /// 输出 JSON
    #[arg(long)]
    pub json: bool,
}

/// Runs the command.
///
/// # Errors
/// If the file is not a sound pack.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let pack = Pack::open(pack_location::read(args.file.as_ref())?)?;
    let manifest = pack.manifest()?;
    let signer = pack.signer()?.map(|key| key.to_string());
    let sections: Vec<(&str, usize)> = pack.sections().collect();
    if args.json {
        let sections: serde_json::Map<String, serde_json::Value> =
            sections.iter().map(|&(name, size)| (name.to_owned(), size.into())).collect();
        println!("{}", serde_json::json!({"manifest": manifest, "sections": sections, "bytes": pack.size(), "signer": signer}));
        return Ok(ExitCode::SUCCESS);
    }
    println!("{}（{}，版本 {}）", manifest.title, manifest.id, manifest.version);
    println!(
        "答案 {} 条，问法 {} 种，规则 {} 条，词 {} 个，地区 {:?}",
        manifest.counts.answers, manifest.counts.questions, manifest.counts.rules, manifest.counts.words, manifest.regions
    );
    println!("核对日期 {}；来源指纹 {}", manifest.reviewed.join(" 至 "), manifest.built_from);
    let made = &manifest.built_with;
    println!("由 sheda {} 生成（jieba-rs {}，词典 {}）", made.sheda, made.jieba, made.dictionary);
    println!("{}", signer.map_or("没有签名".to_owned(), |key| format!("签名有效，公钥 {key}")));
    if !manifest.left_out.is_empty() {
        println!("精简包，没有收：{}", manifest.left_out.iter().map(|&part| said(part)).collect::<Vec<_>>().join("、"));
    }
    for (name, size) in sections {
        println!("{size:>10}  {name}");
    }
    println!("{:>10}  合计", pack.size());
    Ok(ExitCode::SUCCESS)
}

/// What was left out, for people.
const fn said(part: LeftOut) -> &'static str {
    match part {
        LeftOut::Regions => "其他地区的答案",
        LeftOut::Questions => "部分问法",
        LeftOut::Pairs => "少见的词对",
        LeftOut::RulePages => "规则的说明和例子",
        LeftOut::Words => "只有答案用到的词",
    }
}
