// Times the engine in an interpreter, lowered as it is shipped: node interpreter.mjs INTERPRETER GUEST.wasm

import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const { lower } = await import(new URL("../../wasm/js/scripts/lower.mjs", import.meta.url));
const [interpreter, guest] = process.argv.slice(2);
const pack = process.env.SHEDA_COMPACT_PACK ?? path.join(root, "target/national-compact.sheda");
const folder = await mkdtemp(path.join(tmpdir(), "sheda-interpreter-"));
try {
  const lowered = path.join(folder, "guest.wasm");
  await writeFile(lowered, await lower(await readFile(guest)));
  const said = JSON.parse(execFileSync(interpreter, [lowered, pack, path.join(root, "tests/golden/questions.jsonl")], { encoding: "utf8" }));
  const ms = (name) => `${said[name].toFixed(1)} ms`;
  console.log(
    `without a JIT (wasmi): module ${ms("load_ms")}, open ${ms("open_ms")}, search ${ms("search_ms")} (worst ${ms("search_worst_ms")}), ` +
      `first check ${ms("first_check_ms")}, check ${ms("check_300_ms")}, memory ${(said.memory_bytes / 1e6).toFixed(1)} MB`,
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}
