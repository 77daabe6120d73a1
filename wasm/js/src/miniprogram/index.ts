/** SheDa in a mini-program: the same interface, files from the code package. */

import { fromPackage } from "./module.js";
import { opener } from "./open.js";
import { updater } from "./update.js";

export { ShedaError, type ShedaErrorCode } from "../error.js";
export type * from "../types.js";
export { configure } from "./open.js";
export { forRichText } from "./rich-text.js";
export type { OpenOptions, UpdateOptions } from "./options.js";

/**
 * Opens a pack. Whoever asks for the same paths shares one engine; a load that failed is tried again by the next call.
 *
 * @example
 * const sheda = await open({ wasm: "/miniprogram_npm/sheda/sheda.wasm.br", pack: "/miniprogram_npm/sheda/national.sheda.br" });
 * const { hits } = await sheda.search("失业金能领几个月");
 */
export const open = opener(fromPackage);

/**
 * Downloads a newer pack and keeps it for the next start; the one in use stays in use.
 *
 * @returns its manifest; `null` if there is none that is newer. Rejects, and keeps nothing, if the download broke off (`load`,
 * `pack-truncated`), is damaged or not signed by `trust` (`pack-…`), or does not fit on the device (`storage-full`).
 */
export const updatePack = updater(fromPackage);
