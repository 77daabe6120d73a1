/** One instance of the module with one engine in it. */

import { createGlue, GLUE_MODULE, type RawEngine } from "./glue.js";

/** Instantiates the module with these imports; for hosts that have a way of their own. Gives the instance's exports. */
export type Instantiate = (imports: Record<string, object>) => Promise<object>;

/** The module's code: a `WebAssembly.Module`, or a host's way to instantiate it. */
export type Module = object | Instantiate;

/** What the module exports besides what the glue calls. */
interface Exports {
  __wbindgen_start(): void;
}

/** An instance and its engine; dropped together, so that memory is given back whole. */
export interface Instance {
  engine: RawEngine;
  exports: Exports;
}

/** As far as it is used; declared here because mini-programs, which compile this file too, do not have it. */
declare const WebAssembly: { instantiate(module: object, imports: object): Promise<{ exports: object }> };

/** Instantiates the module and opens a pack in it. Throws what the engine throws. */
export async function instantiate(module: Module, pack: Uint8Array, trust: string[] | undefined): Promise<Instance> {
  const glue = createGlue();
  const imports = { [GLUE_MODULE]: glue };
  const made = typeof module === "function" ? await (module as Instantiate)(imports) : (await WebAssembly.instantiate(module, imports)).exports;
  const exports = made as Exports;
  glue.__wbg_set_wasm(exports);
  exports.__wbindgen_start();
  return { engine: glue.Engine.open(pack, trust), exports };
}
