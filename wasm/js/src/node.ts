/** SheDa in Node. */

import { readFile } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";

import { LocalEngine } from "./engine.js";
import { ShedaError } from "./error.js";
import type { OpenOptions } from "./options.js";
import { describe } from "./expect.js";
import { compile, expectOptions, fetchLocation, readPack } from "./source.js";
import type { Sheda } from "./types.js";

export { ShedaError, type ShedaErrorCode } from "./error.js";
export type * from "./options.js";
export type * from "./types.js";

/** Opens a pack; files may be named by path, `file:` or `https:` URL. */
export async function open(options: OpenOptions): Promise<Sheda> {
  const { pack, wasm, trust } = expectOptions(options);
  const module = wasm ?? new URL("./sheda_wasm_bg.wasm", import.meta.url);
  const [compiled, bytes] = await Promise.all([compile(module, read), readPack(pack, read)]);
  return LocalEngine.open(compiled, bytes, trust);
}

/** Reads a file as if it were fetched. */
async function read(location: URL | string, what: string): Promise<Response> {
  const url = toUrl(location);
  if (url.protocol !== "file:") return fetchLocation(url, what);
  try {
    return new Response(new Uint8Array(await readFile(url)));
  } catch (cause) {
    throw new ShedaError("load", `${what}没有读到：${fileURLToPath(url)}（${describe(cause)}）`, { cause });
  }
}

/** A path or URL as a URL. `C:\…` is a path, not a protocol. */
function toUrl(location: URL | string): URL {
  if (location instanceof URL) return location;
  return /^[a-z][a-z0-9+.-]+:/i.test(location) ? new URL(location) : pathToFileURL(location);
}
