/** What the calls of the mini-program's entry are given, checked and with defaults filled in. */

import { ShedaError } from "../error.js";
import { bytesOf, expectKnown, expectTrust } from "../expect.js";
import type { Bytes } from "../types.js";

/** What `open` may be given in a mini-program. */
export interface OpenOptions {
  /** Path of the module in the code package, `.wasm` or `.wasm.br`. Default: where the package lies in the main package. */
  wasm?: string;
  /** The pack: its path in the code package (`.br` is unpacked), or its bytes. Default: the package's own national pack. */
  pack?: string | Bytes;
  /**
   * Public keys (`sheda keygen`) of those who may publish packs. With them, a pack that none of them signed is refused
   * with `pack-signature`. Default: signatures are not looked at.
   */
  trust?: string[];
  /**
   * Name of the store that `updatePack` fills: lower-case letters, digits, hyphens. A pack there that is newer and opens is used
   * instead of `pack`. Default: none is looked for.
   */
  store?: string;
  /** How long the host may take to start the module, or to read a file, in milliseconds. Default 20,000. */
  timeout?: number;
  /** Is told why a downloaded pack was not used; the one before it, or `pack`, then is. */
  onRollback?: (error: ShedaError) => void;
}

/** What `updatePack` needs. */
export interface UpdateOptions {
  /** Where the newest pack is published, uncompressed or with a `Content-Encoding`. Its domain must be allowed for requests. */
  url: string;
  /** The store that `open` is given too. */
  store: string;
  /** Public keys of those who may publish packs: an update must be signed. */
  trust: string[];
  /** As for `open`. */
  wasm?: string;
  /** How long the download may take, in milliseconds. Default 60,000. */
  timeout?: number;
}

/** Options of `open` with every default filled in. */
export type Settled = Required<Pick<OpenOptions, "wasm" | "pack" | "timeout">> & Pick<OpenOptions, "trust" | "store" | "onRollback">;

const FOLDER = "/miniprogram_npm/sheda";
const START_LIMIT = 20_000;
const DOWNLOAD_LIMIT = 60_000;

/** Checks the argument of `open`. */
export function settle(options: OpenOptions): Settled {
  expectKnown(options, ["wasm", "pack", "trust", "store", "timeout", "onRollback"]);
  const { wasm, pack = `${FOLDER}/national.sheda.br`, trust, store, onRollback } = options;
  expectTrust(trust);
  if (bytesOf(pack) === null) expectPath("pack", pack);
  if (store !== undefined) expectStore(store);
  if (onRollback !== undefined && typeof onRollback !== "function") throw new ShedaError("bad-request", "open 的选项 onRollback 应当是函数");
  return {
    wasm: settleWasm(wasm),
    pack,
    timeout: settleTimeout(options.timeout, START_LIMIT),
    ...(trust && { trust }),
    ...(store && { store }),
    ...(onRollback && { onRollback }),
  };
}

/** Checks the argument of `updatePack`. */
export function settleUpdate(options: UpdateOptions): Required<UpdateOptions> {
  expectKnown(options, ["url", "store", "trust", "wasm", "timeout"]);
  const { url, store, trust, wasm, timeout } = options;
  if (typeof url !== "string" || !/^https?:\/\//.test(url)) throw new ShedaError("bad-request", "updatePack 的选项 url 应当是 https 网址");
  expectStore(store);
  expectTrust(trust);
  if (trust === undefined) throw new ShedaError("bad-request", "updatePack 要有 trust：没有签名可查的更新不能用");
  return { url, store, trust, wasm: settleWasm(wasm), timeout: settleTimeout(timeout, DOWNLOAD_LIMIT) };
}

function settleWasm(wasm: string = `${FOLDER}/sheda.wasm.br`): string {
  expectPath("wasm", wasm);
  if (!/\.wasm(\.br)?$/.test(wasm)) throw new ShedaError("bad-request", `open 的选项 wasm 应当以 .wasm 或 .wasm.br 结尾，给的是 ${wasm}`);
  return wasm;
}

function settleTimeout(timeout: number | undefined, otherwise: number): number {
  if (timeout === undefined) return otherwise;
  if (typeof timeout === "number" && timeout > 0) return timeout;
  throw new ShedaError("bad-request", "选项 timeout 应当是大于 0 的毫秒数");
}

function expectPath(name: string, path: unknown): void {
  const plain = typeof path === "string" && path !== "" && !/^\.{1,2}\//.test(path) && !/^https?:\/\//.test(path);
  if (plain) return;
  throw new ShedaError("bad-request", `open 的选项 ${name} 应当是代码包里的路径，从根目录写起，例如 ${FOLDER}/…，不能写 ./、../ 或网址`);
}

function expectStore(store: unknown): void {
  if (typeof store === "string" && /^[a-z0-9-]{1,40}$/.test(store)) return;
  throw new ShedaError("bad-request", "选项 store 应当由小写字母、数字和连字符组成，最多 40 个");
}
