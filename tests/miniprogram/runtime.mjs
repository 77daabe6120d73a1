// A stand-in for the logic layer of a mini-program on a phone, at its strictest: JavaScript without any Web or Node interface, no eval,
// CommonJS that never leaves the code package, WebAssembly of the first version only, files with known suffixes only.

import fs from "node:fs";
import path from "node:path";
import vm from "node:vm";
import zlib from "node:zlib";

import { validate } from "./old-engine.mjs";

/** What a file of a code package may end in; others are not uploaded. */
const SUFFIXES = /\.(wxml|wxss|wxs|png|jpe?g|gif|svg|js|json|cer|cert|crt|mp3|aac|m4a|mp4|wav|ogg|silk|wasm|br|cur|ico|skel)$/;

/** Names that the host hides from every file. */
const HIDDEN = ["window", "document", "frames", "self", "location", "navigator", "localStorage", "history", "Caches", "screen", "alert", "confirm", "prompt", "XMLHttpRequest", "WebSocket", "webkit", "WeixinJSCore"];

/** Built-ins of V8 that phones' engines lack or that their list of polyfills does not have. */
const ABSENT = ["WebAssembly", "FinalizationRegistry", "WeakRef", "SharedArrayBuffer", "Atomics", "BigInt", "BigInt64Array", "BigUint64Array"];

/**
 * A fresh app.
 *
 * root: folder of the code package · host: "wx", "my" or "tt" · lacks: names the host does not have ("WebAssembly", "readCompressedFile",
 * "request", "files") · device: what is kept between starts, as `newDevice` makes it · app: version of the mini-program ·
 * respond(options): what the network answers · stuck: calls that never settle ("instantiate", "readFile", …).
 */
export function start({ root, host = "wx", lacks = [], device = newDevice(), app = "1.0.0", respond = null, stuck = [] }) {
  const calls = [];
  const log = [];
  const without = (name) => lacks.includes(name);

  const packaged = (name, call) => {
    if (typeof name !== "string") throw new TypeError(`${call}: parameter error: filePath should be String`);
    if (/^\.{1,2}\//.test(name)) throw new Error(`${call}:fail no such file or directory ${name}`);
    const file = path.join(root, name);
    if (!file.startsWith(root + path.sep) || !SUFFIXES.test(file) || !fs.existsSync(file)) throw new Error(`${call}:fail no such file or directory ${name}`);
    return fs.readFileSync(file);
  };

  const assembly = {
    instantiate(name, imports) {
      calls.push(`instantiate ${name}`);
      if (stuck.includes("instantiate")) return new Promise(() => {});
      return (async () => {
        if (!/\.wasm(\.br)?$/.test(String(name))) throw new TypeError("instantiate: only .wasm and .wasm.br");
        const read = packaged(name, "instantiate");
        const bytes = name.endsWith(".br") ? zlib.brotliDecompressSync(read) : read;
        await validate(bytes);
        const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), imports);
        // iOS hands out functions, memories and tables, but no globals.
        const seen = Object.fromEntries(Object.entries(exports).filter(([, value]) => !(value instanceof WebAssembly.Global)));
        device.memory = seen.memory;
        return { instance: { exports: seen }, module: {} };
      })();
    },
  };

  /** A call in the manner of a host: later, by `success` or `fail`. */
  const hostCall = (name, work) => (options) => {
    calls.push(`${name} ${options.filePath ?? options.url ?? options.dirPath ?? ""}`);
    if (stuck.includes(name)) return;
    setTimeout(() => {
      let result;
      try {
        result = work(options);
      } catch (error) {
        options.fail?.({ errMsg: `${name}:fail ${error.message}` });
        return;
      }
      options.success?.(result);
    });
  };
  const plain = (bytes) => bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const stored = (name) => {
    if (!device.files.has(name)) throw new Error(`no such file or directory ${name}`);
    return device.files.get(name);
  };
  const manager = {
    readFile: hostCall("readFile", ({ filePath, encoding }) => {
      const bytes = filePath.startsWith(USER_DATA) ? stored(filePath) : packaged(filePath, "readFile");
      return { data: encoding ? bytes.toString(encoding) : plain(bytes) };
    }),
    writeFile: hostCall("writeFile", ({ filePath, data }) => {
      if (!filePath.startsWith(USER_DATA)) throw new Error(`permission denied, open ${filePath}`);
      const bytes = typeof data === "string" ? Buffer.from(data) : Buffer.from(data.slice(0));
      const used = [...device.files].reduce((sum, [name, file]) => sum + (name === filePath ? 0 : file.length), 0);
      if (used + bytes.length > device.room) throw new Error("the maximum size of the file storage limit is exceeded");
      device.files.set(filePath, bytes);
      return {};
    }),
    unlink: hostCall("unlink", ({ filePath }) => {
      stored(filePath);
      device.files.delete(filePath);
      return {};
    }),
    mkdir: hostCall("mkdir", ({ dirPath }) => {
      if (device.folders.has(dirPath)) throw new Error(`file already exists ${dirPath}`);
      device.folders.add(dirPath);
      return {};
    }),
    ...(without("readCompressedFile")
      ? {}
      : {
          readCompressedFile: hostCall("readCompressedFile", ({ filePath, compressionAlgorithm }) => {
            if (compressionAlgorithm !== "br") throw new Error("invalid compressionAlgorithm");
            return { data: plain(zlib.brotliDecompressSync(packaged(filePath, "readCompressedFile"))) };
          }),
        }),
  };
  const api = {
    env: { USER_DATA_PATH: USER_DATA },
    ...(without("files") ? {} : { getFileSystemManager: () => manager }),
    ...(without("request") ? {} : { request: hostCall("request", (options) => respond?.(options) ?? { statusCode: 404, data: "", header: {} }) }),
    getAccountInfoSync: () => ({ miniProgram: { version: app } }),
  };

  const print = (...parts) => log.push(parts);
  const globals = { console: { log: print, warn: print, error: print }, setTimeout, clearTimeout, setInterval, clearInterval };
  if (!without("host")) globals[host] = api;
  if (!without("WebAssembly")) globals[`${host.toUpperCase()}WebAssembly`] = assembly;
  const context = vm.createContext(globals, { codeGeneration: { strings: false, wasm: false } });
  vm.runInContext(ABSENT.map((name) => `delete globalThis.${name};`).join(""), context);

  const modules = new Map();
  const load = (file) => {
    if (modules.has(file)) return modules.get(file).exports;
    const module = { exports: {} };
    modules.set(file, module);
    const wrapped = `(function (require, module, exports, ${HIDDEN.join(", ")}) {${fs.readFileSync(file, "utf8")}\n})`;
    vm.runInContext(wrapped, context, { filename: file })((id) => load(resolve(file, id)), module, module.exports);
    return module.exports;
  };
  /** As mini-programs look files up: relative, from the package's root, or in the nearest miniprogram_npm. */
  const resolve = (from, id) => {
    const candidates = [];
    if (id.startsWith("/")) candidates.push(path.join(root, id));
    else if (id.startsWith(".")) candidates.push(path.resolve(path.dirname(from), id));
    else for (let folder = path.dirname(from); folder.startsWith(root); folder = path.dirname(folder)) candidates.push(path.join(folder, "miniprogram_npm", id));
    const files = candidates.flatMap((name) => [name, `${name}.js`, path.join(name, "index.js")]).filter((name) => name.endsWith(".js") && name.startsWith(root));
    const found = files.find((name) => fs.statSync(name, { throwIfNoEntry: false })?.isFile());
    if (!found) throw new Error(`module '${id}' is not defined, require args is '${id}'`);
    return found;
  };
  return { require: (name) => load(resolve(path.join(root, "app.js"), `/${name}`)), run: (code) => vm.runInContext(code, context), calls, log, device };
}

const USER_DATA = "http://usr";

/** A device: its files, and room for so many bytes. */
export function newDevice(room = 10_000_000) {
  return { files: new Map(), folders: new Set(), room, memory: null };
}
