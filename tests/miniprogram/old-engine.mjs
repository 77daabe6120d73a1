// WebAssembly as engines of years ago took it: everything since its first version switched off, but for mutable globals.

import wabt from "wabt";

const FEATURES = {
  exceptions: false, mutable_globals: true, sat_float_to_int: false, sign_extension: false, simd: false, threads: false, multi_value: false,
  tail_call: false, bulk_memory: false, reference_types: false, annotations: false, gc: false, memory64: false, extended_const: false, relaxed_simd: false,
};
const tools = wabt();
const known = new Map();

/** Throws, as old engines do, if the module has anything that they do not know. */
export async function validate(bytes) {
  const key = `${bytes.length} ${bytes.subarray(0, 64).join()} ${bytes.subarray(-64).join()}`;
  if (!known.has(key)) known.set(key, await verdict(bytes));
  const problem = known.get(key);
  if (problem) throw new Error(`CompileError: invalid wasm file (${problem})`);
}

async function verdict(bytes) {
  try {
    const module = (await tools).readWasm(bytes, { ...FEATURES, readDebugNames: false });
    module.validate(FEATURES);
    module.destroy();
    return null;
  } catch (error) {
    return error.message.split("\n").slice(0, 2).join(" ");
  }
}

/** The module as text, for looking at its types. */
export async function textOf(bytes) {
  const module = (await tools).readWasm(bytes, { ...FEATURES, readDebugNames: false });
  const text = module.toText({});
  module.destroy();
  return text;
}
