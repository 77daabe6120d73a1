/** SheDa in a page's main thread. */

import { LocalEngine } from "./engine.js";
import type { OpenOptions } from "./options.js";
import { compile, expectOptions, fetchLocation, readPack } from "./source.js";
import type { Sheda } from "./types.js";

export { ShedaError, type ShedaErrorCode } from "./error.js";
export type * from "./options.js";
export type * from "./types.js";

/**
 * Opens a pack.
 *
 * @example
 * const sheda = await open({ pack: "/national.sheda" });
 * const { hits } = await sheda.search("失业金能领几个月");
 */
export async function open(options: OpenOptions): Promise<Sheda> {
  const { pack, wasm, trust } = expectOptions(options);
  const module = wasm ?? new URL("./sheda_wasm_bg.wasm", import.meta.url);
  const [compiled, bytes] = await Promise.all([compile(module, fetchLocation), readPack(pack, fetchLocation)]);
  return LocalEngine.open(compiled, bytes, trust);
}
