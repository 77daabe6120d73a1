/** The generated glue (see scripts/build.mjs), as far as this package uses it. */

/** A result as `unflatten` reads it. */
type Flat = Uint16Array;

/** One engine inside one instance of the module. Methods throw an `Error` with a `code`, or trap. */
export interface RawEngine {
  search(text: string, options: unknown): Flat;
  suggest(typed: string, options: unknown): Flat;
  answer(id: string): Flat;
  check(request: unknown): Flat;
  checkRecord(record: unknown, options: unknown): Flat;
  applyFixes(text: string, diagnostics: unknown, options: unknown): string;
  report(records: unknown, options: unknown): Flat;
  due(request: unknown): Flat;
  rules(): Flat;
  handbook(): Flat;
  manifest(): Flat;
  directory(): Flat;
  free(): void;
  /** Forgets the engine without freeing it, so that the garbage collector will not try to either. */
  __destroy_into_raw(): number;
}

/** A fresh copy of the glue: it holds the views and object table of exactly one instance. */
export interface Glue {
  Engine: { open(pack: Uint8Array, trust: string[] | undefined): RawEngine };
  __wbg_set_wasm(exports: object): void;
}

/** Evaluates the glue anew. */
export function createGlue(): Glue;

/** The name under which the module imports its glue. */
export const GLUE_MODULE: string;
