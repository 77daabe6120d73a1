/** What a mini-program's host offers: WeChat, Alipay and Douyin under one set of names. */

import { ShedaError } from "../error.js";
import { describe } from "../expect.js";

/** The host's WebAssembly. Takes a path in the code package, never bytes. */
export interface HostAssembly {
  instantiate(path: string, imports: object): Promise<{ instance?: { exports: object }; exports?: object }>;
}

/** Callbacks as every call of a host takes them. */
export interface Callbacks<T> {
  success(result: T): void;
  fail(cause: unknown): void;
}

/** The host's files, as far as they are used. */
export interface HostFiles {
  readFile(options: { filePath: string; encoding?: string } & Callbacks<{ data: unknown }>): void;
  readCompressedFile?(options: { filePath: string; compressionAlgorithm: "br" } & Callbacks<{ data: unknown }>): void;
  writeFile(options: { filePath: string; data: ArrayBuffer | string; encoding?: string } & Callbacks<unknown>): void;
  unlink(options: { filePath: string } & Callbacks<unknown>): void;
  mkdir(options: { dirPath: string; recursive: boolean } & Callbacks<unknown>): void;
}

/** What a request gives. Names of headers are as the server wrote them. */
export interface HostResponse {
  statusCode?: number;
  status?: number;
  data: unknown;
  header?: Record<string, string>;
  headers?: Record<string, string>;
}

/** The host's object (`wx`, `my`, `tt`), as far as it is used. */
export interface HostApi {
  env?: { USER_DATA_PATH?: string };
  getFileSystemManager?(): HostFiles;
  request?(options: Record<string, unknown> & Callbacks<HostResponse>): unknown;
  getAccountInfoSync?(): { miniProgram?: { version?: string } };
}

/** A host. */
interface Host {
  /** Its name, for messages. */
  name: string;
  /** What to do where it lacks something. */
  advice: string;
  assembly: HostAssembly | null;
  api: HostApi | null;
}

declare const WXWebAssembly: HostAssembly | undefined;
declare const MYWebAssembly: HostAssembly | undefined;
declare const TTWebAssembly: HostAssembly | undefined;
declare const wx: HostApi | undefined;
declare const my: HostApi | undefined;
declare const tt: HostApi | undefined;

/** The host that this runs in. Looked at anew every time: what is missing at the start of an app may come later. */
function host(): Host {
  const ours = { my: typeof my === "undefined" ? null : my, tt: typeof tt === "undefined" ? null : tt };
  if (typeof MYWebAssembly !== "undefined" || (ours.my && typeof wx === "undefined")) {
    return { name: "支付宝", advice: "请升级支付宝后再试", assembly: typeof MYWebAssembly === "undefined" ? null : MYWebAssembly, api: ours.my };
  }
  if (typeof TTWebAssembly !== "undefined" || (ours.tt && typeof wx === "undefined")) {
    return { name: "抖音", advice: "请升级抖音后再试", assembly: typeof TTWebAssembly === "undefined" ? null : TTWebAssembly, api: ours.tt };
  }
  return {
    name: "微信",
    advice: "请升级微信后再试",
    assembly: typeof WXWebAssembly === "undefined" ? null : WXWebAssembly,
    api: typeof wx === "undefined" ? null : wx,
  };
}

/** The host's WebAssembly; `unsupported` where there is none. */
export function assembly(): HostAssembly {
  const { name, advice, assembly } = host();
  if (assembly && typeof assembly.instantiate === "function") return assembly;
  throw new ShedaError("unsupported", `当前的${name}版本太旧，打不开离线知识库，${advice}（宿主没有提供 WebAssembly）`);
}

/** The host's object; `unsupported` where there is none. */
export function api(): HostApi {
  const { name, api } = host();
  if (api) return api;
  throw new ShedaError("unsupported", `这里用不了${name}小程序的接口，知识包请给字节（宿主没有提供全局对象）`);
}

/** The host's files; `unsupported` where there are none. */
export function files(): HostFiles {
  const { name, advice } = host();
  const files = api().getFileSystemManager?.();
  if (files) return files;
  throw new ShedaError("unsupported", `当前的${name}版本读不了文件，${advice}（没有 getFileSystemManager）`);
}

/** What a host's version lacks, as an error. */
export function lacking(what: string): ShedaError {
  const { name, advice } = host();
  return new ShedaError("unsupported", `当前的${name}版本太旧，${advice}（没有 ${what}）`);
}

/** Calls the host in its manner of `success` and `fail`; rejects with what `fail` or an exception gives. */
export function ask<T>(call: (callbacks: Callbacks<T>) => unknown): Promise<T> {
  return new Promise((success, fail) => void call({ success, fail }));
}

/** A promise that must settle within so many milliseconds; what it would have given later is dropped. */
export function within<T>(limit: number, promise: Promise<T>, what: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = (): void => {
      reject(new ShedaError("timeout", `${what}超过 ${Math.round(limit / 1000)} 秒没有完成，请退出小程序后再试；若一直如此，请升级微信`));
    };
    const timer = setTimeout(late, limit);
    promise.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (cause) => {
        clearTimeout(timer);
        reject(cause);
      },
    );
  });
}

/** Any failure of the host as a `ShedaError` of code `load`. */
export function failed(what: string, cause: unknown): ShedaError {
  if (cause instanceof ShedaError) return cause;
  return new ShedaError("load", `${what}（${describe(cause)}）`, { cause });
}
