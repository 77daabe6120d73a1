/** One instance of the module with one engine in it. */

import { createGlue, GLUE_MODULE, type RawEngine } from "./glue.js";

/** What the module exports besides what the glue calls. */
interface Exports extends WebAssembly.Exports {
  memory: WebAssembly.Memory;
  __wbindgen_start(): void;
}

/** An instance and its engine; dropped together, so that memory is given back whole. */
export interface Instance {
  engine: RawEngine;
  exports: Exports;
}

/** Instantiates the module and opens a pack in it. Throws what the engine throws. */
export async function instantiate(module: WebAssembly.Module, pack: Uint8Array, trust: string[] | undefined): Promise<Instance> {
  const glue = createGlue();
  const { exports } = (await WebAssembly.instantiate(module, { [GLUE_MODULE]: glue })) as { exports: Exports };
  glue.__wbg_set_wasm(exports);
  exports.__wbindgen_start();
  return { engine: glue.Engine.open(pack, trust), exports };
}
