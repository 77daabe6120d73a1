/** What `open` is given where files are fetched or read: in a page, a worker and Node. */

import type { Bytes } from "./types.js";

/** Where a file comes from: its bytes, or a URL. In Node also a path. */
export type Source = Bytes | URL | string;

/** What `open` needs. */
export interface OpenOptions {
  /** The pack. The only thing fetched is what is named here. */
  pack: Source;
  /** The module; by default the package's own `sheda_wasm_bg.wasm`. A compiled `WebAssembly.Module` is used as it is. */
  wasm?: Source | WebAssembly.Module;
  /**
   * Public keys (`sheda keygen`) of those who may publish packs. With them, a pack that none of them signed is refused
   * with `pack-signature`, here and in `replacePack`. Default: signatures are not looked at.
   */
  trust?: string[];
}
