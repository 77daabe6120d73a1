// The module for engines that are years old: WebAssembly's first version and mutable globals, nothing else.

import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

import binaryen from "binaryen";

const run = promisify(execFile);
const tools = path.join(path.dirname(createRequire(import.meta.url).resolve("binaryen/package.json")), "bin");

/** What the compiler may have used besides the first version; a pass takes each of them out again. */
const PASSES = [
  "--mvp-features", "--enable-mutable-globals", "--enable-sign-ext", "--enable-bulk-memory", "--enable-bulk-memory-opt",
  "--enable-nontrapping-float-to-int",
  "--signext-lowering", "--llvm-memory-copy-fill-lowering", "--llvm-nontrapping-fptoint-lowering",
  // A few functions of the glue take a 64-bit number, for BigInt, which old hosts lack and which is never made here: two halves
  // instead keep the module acceptable.
  "--legalize-js-interface", "--remove-unused-module-elements",
  "--strip-debug", "--strip-producers", "--strip-target-features",
];

/** Lowers the browsers' module. Exported globals go too: iOS hands none out, and the glue needs none. */
export async function lower(bytes) {
  return withFiles(bytes, async (from, to) => {
    await run(process.execPath, [path.join(tools, "wasm-opt"), from, "-o", to, ...PASSES]);
    return withoutExportedGlobals(await readFile(to));
  });
}

/** A lowered module as a JavaScript module, for hosts without WebAssembly. */
export async function toJavaScript(lowered) {
  return withFiles(lowered, async (from, to) => {
    await run(process.execPath, [path.join(tools, "wasm2js"), from, "-o", to, "-O2"], { maxBuffer: 1 << 26 });
    return readFile(to, "utf8");
  });
}

function withoutExportedGlobals(bytes) {
  const module = binaryen.readBinary(bytes);
  const names = [];
  for (let at = 0; at < module.getNumExports(); at++) {
    const { kind, name } = binaryen.getExportInfo(module.getExportByIndex(at));
    if (kind === binaryen.ExternalGlobal) names.push(name);
  }
  for (const name of names) module.removeExport(name);
  module.setFeatures(binaryen.Features.MutableGlobals);
  module.runPasses(["remove-unused-module-elements"]);
  const made = module.emitBinary();
  module.dispose();
  return made;
}

/** binaryen's tools work on files. */
async function withFiles(bytes, work) {
  const folder = await mkdtemp(path.join(tmpdir(), "sheda-lower-"));
  try {
    const from = path.join(folder, "from.wasm");
    await writeFile(from, bytes);
    return await work(from, path.join(folder, "to"));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
