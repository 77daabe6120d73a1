// Times the module in Node on one pack and one set of questions; prints one JSON object. `cargo xtask bench` calls it.
//
//   node scripts/bench.mjs --pack FILE.sheda --queries queries.jsonl [--limit 10] [--opens 9]
//
// compile_ms: compiling the module (once per process) · open_ms: instantiating it and opening the pack from bytes, median ·
// search_µs: one search for the top `limit`, every question once after a warm-up round.

import { readFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { brotliCompressSync, constants } from "node:zlib";

import { LocalEngine } from "../dist/engine.js";

const { values } = parseArgs({
  options: {
    pack: { type: "string" },
    queries: { type: "string" },
    limit: { type: "string", default: "10" },
    opens: { type: "string", default: "9" },
  },
});
if (!values.pack || !values.queries) {
  console.error("用法：node scripts/bench.mjs --pack FILE.sheda --queries queries.jsonl [--limit 10] [--opens 9]");
  process.exit(2);
}

const wasm = await readFile(new URL("../dist/sheda_wasm_bg.wasm", import.meta.url));
const pack = new Uint8Array(await readFile(values.pack));
const lines = (await readFile(values.queries, "utf8")).split("\n").filter((line) => line.trim() !== "");
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
    times.push((performance.now() - before) * 1000);
  }
}

const quantile = (numbers, part) => numbers.toSorted((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * part))];
const round = (number, digits) => Number(number.toFixed(digits));
const brotli = (bytes) =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }).length;

console.log(
  JSON.stringify({
    pack: path.basename(values.pack),
    packBytes: pack.length,
    answers: (await engine.manifest()).counts.answers,
    queries: texts.length,
    moduleBytes: wasm.length,
    moduleBrotliBytes: brotli(wasm),
    compileMs: round(compileMs, 1),
    openMs: round(quantile(opens, 0.5), 2),
    searchMedianUs: round(quantile(times, 0.5), 1),
    searchP99Us: round(quantile(times, 0.99), 1),
  }),
);
await engine.close();
