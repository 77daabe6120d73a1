/** Turns what `open` was given into bytes and a compiled module, in a browser. */

import { ShedaError } from "./error.js";
import { describe, expectKnown, expectTrust } from "./expect.js";
import type { OpenOptions, Source } from "./options.js";

/** How one environment reads a URL (or path). */
export type Fetch = (location: URL | string, what: string) => Promise<Response>;

/** A file of `open` with its name for messages. */
const PACK = "知识包";
const MODULE = "引擎模块";

/** Checks the argument of `open`. */
export function expectOptions(options: unknown): OpenOptions {
  expectKnown(options, ["pack", "wasm", "trust"]);
  expectTrust((options as OpenOptions).trust);
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
