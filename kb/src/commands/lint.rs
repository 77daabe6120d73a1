//! `sheda lint`: everything that can be checked about the knowledge without a reader.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::content::check_figures;
use crate::files::Disk;
use crate::laws::LawText;
use crate::sources::Sources;
use crate::{Problem, commands, progress};

/// 检查知识文件夹：格式、编号、引用、依据；给出法规文本时逐个核对数字
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 知识文件夹，可写多个
    #[arg(required = true)]
    pub dirs: Vec<PathBuf>,
    /// 法规文本文件夹：答案里的每个数字都要在所引条文里，或列入 figures
    #[arg(long)]
    pub laws: Option<PathBuf>,
    /// 每个问题一行 JSON
    #[arg(long)]
    pub json: bool,
}

/// Runs the command.
///
/// # Errors
/// If the folder of law texts cannot be read.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let sources = match Sources::read(&Disk, &args.dirs, &progress::unheard) {
        Ok(sources) => sources,
        Err(problems) => return Ok(commands::report(&problems, args.json)),
    };
    let mut problems = Vec::new();
    if let Some(folder) = &args.laws {
        let texts = law_texts(&sources, folder, &mut problems);
        problems.extend(check_figures(&sources.answers, &sources.vocabulary.laws, &texts));
    }
    problems.sort();
    if !problems.is_empty() {
        return Ok(commands::report(&problems, args.json));
    }
    if !args.json {
        let figures = if args.laws.is_some() { "，数字都有出处" } else { "" };
        eprintln!("{} 条答案，没有发现问题{figures}", sources.answers.len());
    }
    Ok(ExitCode::SUCCESS)
}

/// The law texts of the register that the folder has; a registered text that is missing or of another length is a problem.
fn law_texts(sources: &Sources, folder: &Path, problems: &mut Vec<Problem>) -> HashMap<String, LawText> {
    let mut texts = HashMap::new();
    for law in sources.vocabulary.laws.iter() {
        let Some(file) = &law.text else { continue };
        let path = folder.join(file);
        match std::fs::read_to_string(&path) {
            Ok(text) => {
                let text = LawText::parse(&text);
                if law.articles.is_some_and(|count| text.len() > usize::from(count)) {
                    problems.push(Problem::new(
                        path.display().to_string(),
                        0,
                        format!("条数多于 laws.toml 登记的 {:?}", law.articles),
                    ));
                }
                texts.insert(law.title.clone(), text);
            }
            Err(error) => problems.push(Problem::new(path.display().to_string(), 0, format!("法规文本读不了：{error}"))),
        }
    }
    texts
}
