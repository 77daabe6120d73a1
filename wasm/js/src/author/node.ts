/** Rebuilding the knowledge in Node. */

import { readFile } from "node:fs/promises";

import { compile, fetchLocation } from "../source.js";
import { LocalAuthor } from "./local.js";
import type { Author, AuthorOptions } from "./types.js";

export { ShedaError, type ShedaErrorCode } from "../error.js";
export type * from "./types.js";

/** Opens an author in this thread. */
export async function openAuthor(options: AuthorOptions = {}): Promise<Author> {
  const wasm = options.wasm ?? new Uint8Array(await readFile(new URL("./sheda_author_bg.wasm", import.meta.url)));
  return new LocalAuthor(await compile(wasm, fetchLocation));
}
