/** Checks of what a program hands over, alike in every entry. */

import { ShedaError } from "./error.js";

/** Refuses an argument of `open` that is no object or has an option that does not exist. */
export function expectKnown(options: unknown, known: string[]): void {
  if (typeof options !== "object" || options === null) {
    throw new ShedaError("bad-request", "open 要一个对象，例如 { pack: \"national.sheda\" }");
  }
  const unknown = Object.keys(options).find((key) => !known.includes(key));
  if (unknown !== undefined) throw new ShedaError("bad-request", `open 没有“${unknown}”这个选项，可用的有：${known.join("、")}`);
}

/** Refuses a `trust` that is no list of keys. */
export function expectTrust(trust: unknown): void {
  // An empty list would trust nobody, and a list that is none everybody: neither is what a caller means.
  const keys = trust === undefined || (Array.isArray(trust) && trust.length > 0 && trust.every((key) => typeof key === "string"));
  if (!keys) throw new ShedaError("bad-request", "open 的选项 trust 应当是公钥（sheda keygen 显示的 64 位十六进制数字）的数组，至少一个");
}

/** Bytes as the engine takes them. */
export function expectBytes(call: string, bytes: unknown): Uint8Array {
  const found = bytesOf(bytes);
  if (found !== null) return found;
  throw new ShedaError("bad-request", `${call} 要的是知识包的字节（ArrayBuffer 或 Uint8Array）`);
}

/** Bytes, or `null` for anything else. A host may hand out buffers of another realm, which `instanceof` does not know. */
export function bytesOf(value: unknown): Uint8Array | null {
  const kind = Object.prototype.toString.call(value);
  if (kind === "[object Uint8Array]") return value as Uint8Array;
  return kind === "[object ArrayBuffer]" ? new Uint8Array(value as ArrayBuffer) : null;
}

/** A cause in one line. */
export function describe(cause: unknown): string {
  if (cause instanceof Error) return cause.message;
  // Hosts of mini-programs fail with `{ errMsg }`.
  const { errMsg, message } = (typeof cause === "object" && cause !== null ? cause : {}) as { errMsg?: unknown; message?: unknown };
  return String(errMsg ?? message ?? cause);
}
