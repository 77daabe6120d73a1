// Times the module in Node on one pack and one set of questions; prints one JSON object. `cargo xtask bench` calls it.
//
//   node bench/bench.mjs FILE.sheda queries.jsonl [--limit 10] [--opens 9]
//
// compile_ms: compiling the module (once in a process) · open_ms: instantiating it and opening the pack from bytes, median ·
// p50_ms, p99_ms: one search for the best `limit`, every question once after a warm-up round, through the package's own calls ·
// check_300_ms, check_500_ms: one check of a reply of so many characters, median; null for a pack without rules.

import { readFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";

import { LocalEngine } from "../dist/engine.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { limit: { type: "string", default: "10" }, opens: { type: "string", default: "9" } },
});
const [packFile, queriesFile] = positionals;
if (!packFile || !queriesFile) {
  console.error("用法：node bench/bench.mjs FILE.sheda queries.jsonl [--limit 10] [--opens 9]");
  process.exit(2);
}

const wasm = await readFile(new URL("../dist/sheda_wasm_bg.wasm", import.meta.url));
const pack = new Uint8Array(await readFile(packFile));
const lines = (await readFile(queriesFile, "utf8")).split("\n").filter((line) => line.trim() !== "");
const texts = lines.map((line) => JSON.parse(line).text);
const options = { limit: Number(values.limit) };

const started = performance.now();
const module = await WebAssembly.compile(wasm);
const compileMs = performance.now() - started;

const opens = [];
let engine;
for (let round = 0; round < Number(values.opens); round++) {
  await engine?.close();
  const before = performance.now();
  engine = await LocalEngine.open(module, pack);
  opens.push(performance.now() - before);
}

const times = [];
for (let round = 0; round < 2; round++) {
  times.length = 0;
  for (const text of texts) {
    const before = performance.now();
    await engine.search(text, options);
    times.push(performance.now() - before);
  }
}

const quantile = (numbers, part) => numbers.toSorted((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * part))];
const round = (number, digits) => Number(number.toFixed(digits));

/** A reply as offices write them, with citations, numbers and materials; repeated to the length wanted. */
const REPLY =
  "您好！根据《社会保险法》第四十六条，失业前累计缴费满一年不足五年的，领取失业保险金的期限最长为十二个月；满五年不足十年的，" +
  "最长为十八个月；十年以上的，最长为二十四个月。申领时请携带身份证、社会保障卡和终止劳动关系的证明，到参保地公共就业服务机构" +
  "办理失业登记，也可以在掌上12333、电子社保卡申请，10个工作日内办结。领取期间参加职工医保的费用从失业保险基金支付，您不用缴。";

/** Median of one check of a reply of so many characters. */
async function checkMs(characters) {
  const reply = REPLY.repeat(Math.ceil(characters / REPLY.length)).slice(0, characters);
  const request = { channel: "网络", question: "失业金能领几个月", reply, receivedAt: "2026-11-20", now: "2026-11-23" };
  const checks = [];
  for (let turn = 0; turn < 400; turn++) {
    const before = performance.now();
    await engine.check(request);
    if (turn >= 100) checks.push(performance.now() - before);
  }
  return round(quantile(checks, 0.5), 4);
}

const { counts } = await engine.manifest();

console.log(
  JSON.stringify({
    pack: path.basename(packFile),
    pack_bytes: pack.length,
    module_bytes: wasm.length,
    answers: counts.answers,
    queries: texts.length,
    compile_ms: round(compileMs, 1),
    open_ms: round(quantile(opens, 0.5), 2),
    p50_ms: round(quantile(times, 0.5), 4),
    p99_ms: round(quantile(times, 0.99), 4),
    check_300_ms: counts.rules > 0 ? await checkMs(300) : null,
    check_500_ms: counts.rules > 0 ? await checkMs(500) : null,
  }),
);
await engine.close();
