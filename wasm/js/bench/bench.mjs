// Times the module in Node on one pack and one set of questions; prints one JSON object. `cargo xtask bench` calls it.
//
//   node bench/bench.mjs FILE.sheda queries.jsonl [--limit 10] [--opens 9]
//
// compile_ms: compiling the module (once in a process) · open_ms: instantiating it and opening the pack from bytes, median ·
// p50_ms, p99_ms: one search for the best `limit`, every question once after a warm-up round, through the package's own calls.

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

console.log(
  JSON.stringify({
    pack: path.basename(packFile),
    pack_bytes: pack.length,
    module_bytes: wasm.length,
    answers: (await engine.manifest()).counts.answers,
    queries: texts.length,
    compile_ms: round(compileMs, 1),
    open_ms: round(quantile(opens, 0.5), 2),
    p50_ms: round(quantile(times, 0.5), 4),
    p99_ms: round(quantile(times, 0.99), 4),
  }),
);
await engine.close();
