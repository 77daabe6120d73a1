//! `sheda-interpreter GUEST.wasm PACK.sheda QUESTIONS.jsonl`: opening, searching and checking in wasmi, as one JSON object.

use std::time::Instant;

use anyhow::{Context, ensure};
use wasmi::{Engine, Instance, Linker, Memory, Module, Store, TypedFunc};

/// A reply as offices write them; its first 300 characters, with its beginning after its end, are checked.
const REPLY: &str = "您好！根据《社会保险法》第四十六条，失业前累计缴费满一年不足五年的，领取失业保险金的期限最长为十二个月；满五年不足十年的，\
    最长为十八个月；十年以上的，最长为二十四个月。申领时请携带身份证、社会保障卡和终止劳动关系的证明，到参保地公共就业服务机构办理失业登记，\
    也可以在掌上12333、电子社保卡申请，10个工作日内办结。领取期间参加职工医保的费用从失业保险基金支付，您不用缴。如果您找到了新的工作，\
    或者到了领取养老金的年龄，就不再领取；没有领完的月数可以留着，以后再失业时合并计算。有什么不清楚的，请拨打12333，我们再为您说明。";

/// How many questions are timed.
const QUESTIONS: usize = 40;

struct Guest {
    store: Store<()>,
    instance: Instance,
    memory: Memory,
}

impl Guest {
    fn call(&mut self, name: &str, text: &[u8]) -> anyhow::Result<(u32, f64)> {
        let buffer: TypedFunc<u32, u32> = self.instance.get_typed_func(&self.store, "buffer")?;
        let at = buffer.call(&mut self.store, text.len() as u32)?;
        self.memory.write(&mut self.store, at as usize, text)?;
        let asked: TypedFunc<(), u32> = self.instance.get_typed_func(&self.store, name)?;
        let started = Instant::now();
        let result = asked.call(&mut self.store, ())?;
        Ok((result, started.elapsed().as_secs_f64() * 1e3))
    }
}

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [guest, pack, questions] = &arguments[..] else { anyhow::bail!("which guest, pack and questions?") };
    let read = |path: &str| std::fs::read(path).with_context(|| path.to_owned());
    let (code, pack, questions) = (read(guest)?, read(pack)?, String::from_utf8(read(questions)?)?);

    let started = Instant::now();
    let engine = Engine::default();
    let module = Module::new(&engine, &code)?;
    let mut store = Store::new(&engine, ());
    let instance = Linker::new(&engine).instantiate_and_start(&mut store, &module)?;
    let load_ms = started.elapsed().as_secs_f64() * 1e3;
    let memory = instance.get_memory(&store, "memory").context("the guest has no memory")?;
    let mut guest = Guest { store, instance, memory };

    let (answers, open_ms) = guest.call("open", &pack)?;
    ensure!(answers > 0, "the pack does not open");
    let mut searches = Vec::new();
    for line in questions.lines().take(QUESTIONS) {
        let question: serde_json::Value = serde_json::from_str(line)?;
        searches.push(guest.call("search", question["text"].as_str().unwrap_or_default().as_bytes())?.1);
    }
    let reply: String = REPLY.chars().cycle().take(300).collect();
    let (_, first_check_ms) = guest.call("check", reply.as_bytes())?;
    let mut checks = Vec::new();
    for _ in 0..10 {
        checks.push(guest.call("check", reply.as_bytes())?.1);
    }
    let bytes = guest.memory.data_size(&guest.store);
    println!(
        "{}",
        serde_json::json!({
            "answers": answers, "load_ms": load_ms, "open_ms": open_ms, "search_ms": median(&mut searches),
            "search_worst_ms": searches.last(), "first_check_ms": first_check_ms, "check_300_ms": median(&mut checks), "memory_bytes": bytes,
        })
    );
    Ok(())
}

/// The middle one; sorts.
fn median(times: &mut [f64]) -> Option<f64> {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied()
}
