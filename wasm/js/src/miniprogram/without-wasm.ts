/** SheDa for hosts that refuse WebAssembly: the same interface, the module as JavaScript. Larger and slower; see the package's README. */

import { instantiate } from "./module-as-javascript.js";
import { opener, type Start } from "./open.js";
import { updater } from "./update.js";

export { ShedaError, type ShedaErrorCode } from "../error.js";
export type * from "../types.js";
export { configure } from "./open.js";
export { forRichText } from "./rich-text.js";
export type { OpenOptions, UpdateOptions } from "./options.js";

const start: Start = () => async (imports) => instantiate(imports);

/** As in `sheda/miniprogram`; `wasm` is not used. */
export const open = opener(start);

/** As in `sheda/miniprogram`. */
export const updatePack = updater(start);
