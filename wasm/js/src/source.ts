/** Turns what `open` was given into bytes and a compiled module, in a browser. */

import { ShedaError } from "./error.js";
import type { OpenOptions, Source } from "./types.js";

/** How one environment reads a URL (or path). */
export type Fetch = (location: URL | string, what: string) => Promise<Response>;

/** A file of `open` with its name for messages. */
const PACK = "知识包";
const MODULE = "引擎模块";

const OPTIONS = ["pack", "wasm", "trust"];

/** Checks the argument of `open`. */
export function expectOptions(options: unknown): OpenOptions {
  if (typeof options !== "object" || options === null) {
    throw new ShedaError("bad-request", "open 要一个对象，例如 { pack: \"national.sheda\" }");
  }
  const unknown = Object.keys(options).find((key) => !OPTIONS.includes(key));
  if (unknown !== undefined) throw new ShedaError("bad-request", `open 没有“${unknown}”这个选项，可用的有：${OPTIONS.join("、")}`);
  const { trust } = options as OpenOptions;
  // An empty list would trust nobody, and a list that is none everybody: neither is what a caller means.
  const keys = trust === undefined || (Array.isArray(trust) && trust.length > 0 && trust.every((key) => typeof key === "string"));
  if (!keys) throw new ShedaError("bad-request", "open 的选项 trust 应当是公钥（sheda keygen 显示的 64 位十六进制数字）的数组，至少一个");
  return options as OpenOptions;
}

/** The pack's bytes. */
export async function readPack(source: Source | undefined, fetch: Fetch): Promise<Uint8Array> {
  if (source instanceof Uint8Array) return source;
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  const response = await fetch(expectLocation("pack", source), PACK);
  return new Uint8Array(await bytesOf(response, PACK));
}

/** The module, compiled. */
export async function compile(source: Source | WebAssembly.Module, fetch: Fetch): Promise<WebAssembly.Module> {
  if (source instanceof WebAssembly.Module) return source;
  const bytes = source instanceof Uint8Array || source instanceof ArrayBuffer;
  const response = bytes ? null : await fetch(expectLocation("wasm", source), MODULE);
  try {
    if (bytes) return await WebAssembly.compile(source as BufferSource);
    const streams = response?.headers.get("content-type")?.startsWith("application/wasm") ?? false;
    if (streams) return await WebAssembly.compileStreaming(response as Response);
    return await WebAssembly.compile(await bytesOf(response as Response, MODULE));
  } catch (cause) {
    if (cause instanceof ShedaError) throw cause;
    throw new ShedaError("load", `${MODULE}不能使用：${describe(cause)}`, { cause });
  }
}

/** Fetches a URL; anything but success is an error that names it. */
export async function fetchLocation(location: URL | string, what: string): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(location);
  } catch (cause) {
    throw new ShedaError("load", `${what}没有取到：${location}（${describe(cause)}）`, { cause });
  }
  if (!response.ok) throw new ShedaError("load", `${what}没有取到：${location}（HTTP ${response.status}）`);
  return response;
}

/** A cause in one line. */
export function describe(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

function expectLocation(name: string, source: unknown): URL | string {
  if (source instanceof URL || (typeof source === "string" && source !== "")) return source;
  throw new ShedaError("bad-request", `open 的选项 ${name} 应当是字节（ArrayBuffer 或 Uint8Array）或网址`);
}

async function bytesOf(response: Response, what: string): Promise<ArrayBuffer> {
  try {
    return await response.arrayBuffer();
  } catch (cause) {
    throw new ShedaError("load", `${what}没有取全：${describe(cause)}`, { cause });
  }
}
