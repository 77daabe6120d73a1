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

const { MutableGlobals, SignExt, BulkMemory, BulkMemoryOpt, NontrappingFPToInt } = binaryen.Features;

/** What the compiler may have used besides the first version, and the passes that take it out again. */
const USED = MutableGlobals | SignExt | BulkMemory | BulkMemoryOpt | NontrappingFPToInt;
const PASSES = ["signext-lowering", "llvm-memory-copy-fill-lowering", "llvm-nontrapping-fptoint-lowering"];

/**
 * Lowers the browsers' module. Exported globals go too: iOS hands none out, and the glue needs none of them. A few functions of the glue
 * take a 64-bit number, for BigInt, which old hosts lack and which is never made here: two halves instead keep the module acceptable.
 */
export async function lower(bytes) {
  const module = binaryen.readBinary(bytes);
  module.setFeatures(USED);
  module.runPasses(PASSES);
  module.setFeatures(MutableGlobals);
  const quicker = binaryen.parseText(await readFile(new URL("memory.wat", import.meta.url), "utf8"));
  for (const name of ["__memory_copy", "__memory_fill"]) {
    if (!module.getFunction(name)) throw new Error(`binaryen no longer calls it ${name}: memory.wat has nothing to replace`);
    const { params, results, vars, body } = binaryen.getFunctionInfo(quicker.getFunction(name));
    module.removeFunction(name);
    module.addFunction(name, params, results, vars, module.copyExpression(body));
  }
  const globals = [];
  for (let at = 0; at < module.getNumExports(); at++) {
    const { kind, name } = binaryen.getExportInfo(module.getExportByIndex(at));
    if (kind === binaryen.ExternalGlobal) globals.push(name);
  }
  for (const name of globals) module.removeExport(name);
  module.runPasses(["legalize-js-interface", "remove-unused-module-elements", "strip-debug", "strip-producers", "strip-target-features"]);
  if (!module.validate()) throw new Error("the lowered module is not valid");
  const lowered = Buffer.from(module.emitBinary());
  module.dispose();
  quicker.dispose();
  return lowered;
}

/** A lowered module as a JavaScript module, for hosts without WebAssembly. */
export async function toJavaScript(lowered) {
  return withFiles(lowered, async (from, to) => {
    await run(process.execPath, [path.join(tools, "wasm2js"), from, "-o", to, "-O2"], { maxBuffer: 1 << 26 });
    return readFile(to, "utf8");
  });
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
