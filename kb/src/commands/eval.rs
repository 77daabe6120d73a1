//! `sheda eval`: quality and cost on a retrieval set, beside the plain baseline.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use sheda_core::Engine;
use sheda_core::search::Weights;

use crate::eval::{Figures, Set};
use crate::golden::{self, Golden};
use crate::json_lines;
use crate::pack_location;
use crate::recipe::Recipe;

/// 在一个检索集（docs.jsonl、queries.jsonl）上测量检索质量与耗时
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 检索集文件夹
    pub dir: PathBuf,
    /// 金标准问题用哪个知识包，不写则用全国知识包
    #[arg(long)]
    pub pack: Option<PathBuf>,
    /// 检索集按精简包生成（sheda build --compact）
    #[arg(long)]
    pub compact: bool,
    /// 列出没有答对的金标准问题（只列可用于调整的）
    #[arg(long)]
    pub misses: bool,
    /// 输出 JSON
    #[arg(long)]
    pub json: bool,
    /// 逐项关掉排序的每个部分，看各自的贡献
    #[arg(long)]
    pub ablate: bool,
    /// 另用这些权重排序（JSON，可写多次），如 {"b":0.75}
    #[arg(long)]
    pub weights: Vec<String>,
    /// 同时把检索集的知识包写到这个文件
    #[arg(long, short)]
    pub output: Option<PathBuf>,
}

/// Runs the command.
///
/// # Errors
/// If the set cannot be read or built.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let questions = args.dir.join("questions.jsonl");
    if questions.is_file() {
        return golden(args, &questions);
    }
    let mut set = Set::open(&args.dir, &if args.compact { Recipe::compact() } else { Recipe::whole() })?;
    if let Some(output) = &args.output {
        std::fs::write(output, &set.pack)?;
    }
    let weights = Weights::default();
    let mut rows = vec![set.measure("sheda", weights.clone())?, set.measure("baseline", Weights::baseline())?];
    for changed in &args.weights {
        rows.push(set.measure(changed, serde_json::from_str(changed)?)?);
    }
    if args.ablate {
        for (name, changed) in parts(&weights) {
            rows.push(set.measure(name, changed)?);
        }
    }
    if args.json {
        let object = serde_json::json!({
            "dir": args.dir, "figures": rows, "index_bytes": set.index_bytes, "pack_bytes": set.pack.len(),
            "build_seconds": set.build_seconds, "open_ms": set.open_ms,
        });
        println!("{object}");
    } else {
        print!("{}", table(&rows));
        println!(
            "索引与词典 {} 字节，整包 {} 字节，生成 {:.2} 秒，打开 {:.2} 毫秒",
            set.index_bytes,
            set.pack.len(),
            set.build_seconds,
            set.open_ms
        );
    }
    Ok(ExitCode::SUCCESS)
}

/// Measures a pack on golden questions.
fn golden(args: &Args, questions: &Path) -> anyhow::Result<ExitCode> {
    let mut engine = Engine::open(pack_location::read(args.pack.as_ref())?)?;
    if let Some(weights) = args.weights.first() {
        engine.set_weights(serde_json::from_str(weights)?);
    }
    if args.ablate {
        println!("{}", Golden::HEADING);
        for (name, weights) in std::iter::once(("sheda", Weights::default())).chain(parts(&Weights::default())) {
            engine.set_weights(weights);
            let all = golden::measure(json_lines::read(questions)?, &engine)?.figures;
            all.iter().filter(|(split, _)| *split == "all").for_each(|(_, figure)| println!("{}", figure.line(name)));
        }
        return Ok(ExitCode::SUCCESS);
    }
    let golden::Run { figures, misses, observations } = golden::measure(json_lines::read(questions)?, &engine)?;
    // The held third must not be looked at while tuning.
    let shown: Vec<_> = misses.iter().filter(|miss| miss.split == "tune").collect();
    if args.json {
        println!("{}", serde_json::json!({"figures": figures, "misses": shown, "observations": observations}));
        return Ok(ExitCode::SUCCESS);
    }
    println!("{}", Golden::HEADING);
    for (name, figure) in &figures {
        println!("{}", figure.line(name));
    }
    for miss in shown.iter().filter(|_| args.misses) {
        println!(
            "{} {}{}\n    found  {}\n    wanted {}",
            miss.id,
            miss.text,
            if miss.confident { "" } else { " (unsure)" },
            miss.found.join(" "),
            miss.wanted.join(" ")
        );
    }
    Ok(ExitCode::SUCCESS)
}

/// The ranking with each part switched off.
fn parts(weights: &Weights) -> Vec<(&'static str, Weights)> {
    let plain = Weights::baseline();
    vec![
        ("- k1, b", Weights { k1: plain.k1, b: plain.b, ..weights.clone() }),
        ("- common left out", Weights { common: 1.0, ..weights.clone() }),
        ("- question words", Weights { question_word: 1.0, ..weights.clone() }),
        ("- repetitions", Weights { repeat: 0.0, ..weights.clone() }),
        ("- sentence", Weights { sentence: 0.0, ..weights.clone() }),
        ("- synonyms", Weights { synonym: 0.0, ..weights.clone() }),
        ("- sounds", Weights { sound: 0.0, letters: 0.0, ..weights.clone() }),
        ("- asks", Weights { ask: 0.0, ..weights.clone() }),
        ("- meaning", Weights { meaning: 0.0, ..weights.clone() }),
    ]
}

fn table(rows: &[Figures]) -> String {
    let mut out = format!(
        "{:<18} {:>6} {:>9} {:>9} {:>7} {:>7} {:>8} {:>8}\n",
        "", "n", "success@1", "success@5", "mrr@10", "ndcg@10", "p50 µs", "p99 µs"
    );
    for row in rows {
        out.push_str(&format!(
            "{:<18} {:>6} {:>9.4} {:>9.4} {:>7.4} {:>7.4} {:>8.0} {:>8.0}\n",
            row.name, row.queries, row.success_1, row.success_5, row.mrr_10, row.ndcg_10, row.p50_us, row.p99_us
        ));
    }
    out
}
