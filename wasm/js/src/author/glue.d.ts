/** The generated glue of the author's module (see scripts/build.mjs), as far as this package uses it. */

type Heard = (stage: string, done: number, of: number) => void;

/** A fresh copy of the glue: it holds the views and object table of exactly one instance. */
export interface AuthorGlue {
  buildPack(files: unknown[], folders: string[], progress: Heard | undefined): [pack: Uint8Array | null, said: Uint16Array];
  comparePacks(before: Uint8Array, after: Uint8Array): Uint16Array;
  goldenEffect(before: Uint8Array, after: Uint8Array, questions: string, progress: Heard | undefined): Uint16Array;
  __wbg_set_wasm(exports: WebAssembly.Exports): void;
}

/** Evaluates the glue anew. */
export function createGlue(): AuthorGlue & WebAssembly.ModuleImports;

/** The name under which the module imports its glue. */
export const GLUE_MODULE: string;
