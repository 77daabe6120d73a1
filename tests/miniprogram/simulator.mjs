// The demo's components and pages in miniprogram-simulate: the official compiler for templates and styles, jsdom for the view.

import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import zlib from "node:zlib";

import { JSDOM } from "jsdom";

import { demo as source, packageFolder } from "./app.mjs";
import { validate } from "./old-engine.mjs";

const require = createRequire(import.meta.url);
const { window } = new JSDOM("<!doctype html><html><body></body></html>", { url: "http://localhost/" });
// The simulator was made for jest's environment and looks for these.
for (const name of ["window", "document", "HTMLElement", "Element", "Node", "Event", "CustomEvent", "MutationObserver", "getComputedStyle"]) {
  globalThis[name] = name === "window" ? window : window[name];
}
/** A copy of the demo in which TDesign's ES modules are CommonJS, as WeChat's compiler makes them. */
const demo = fs.mkdtempSync(path.join(os.tmpdir(), "sheda-demo-"));
process.on("exit", () => fs.rmSync(demo, { recursive: true, force: true }));
fs.cpSync(source, demo, { recursive: true, filter: (file) => path.basename(file) !== "node_modules" });
const { transformSync } = createRequire(path.join(packageFolder, "package.json"))("esbuild");
for (const name of fs.readdirSync(path.join(demo, "miniprogram_npm/tdesign-miniprogram"), { recursive: true })) {
  const file = path.join(demo, "miniprogram_npm/tdesign-miniprogram", name);
  if (file.endsWith(".js")) fs.writeFileSync(file, transformSync(fs.readFileSync(file, "utf8"), { format: "cjs", target: "es2020" }).code);
}

// Mini-programs look packages up in miniprogram_npm; the simulator asks Node, which would give the browsers' entry.
const Module = require("node:module");
const resolve = Module._resolveFilename;
Module._resolveFilename = function (id, ...rest) {
  const places = ["miniprogram_npm", "miniprogram_npm/tdesign-miniprogram/miniprogram_npm"].map((place) => path.join(demo, place, id, "index.js"));
  return (/^[a-z]/.test(id) && places.find((place) => fs.existsSync(place))) || resolve.call(this, id, ...rest);
};
const simulate = require("miniprogram-simulate");

/** What pages asked of the host, in order: `["navigateTo", { url }]`. */
export const asked = [];
const storage = new Map();
const record = (name) => (options = {}) => {
  asked.push([name, options]);
  options.success?.({});
};
const packaged = (name) => fs.readFileSync(path.join(demo, name));
const plain = (bytes) => bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);

/** Whether the module starts, for tests of failure. */
export const host = { broken: false };

globalThis.WXWebAssembly = {
  async instantiate(name, imports) {
    if (host.broken) throw new Error("CompileError: invalid wasm file");
    const bytes = zlib.brotliDecompressSync(packaged(name));
    await validate(bytes);
    return WebAssembly.instantiate(bytes, imports);
  },
};
globalThis.getApp = () => ({});
globalThis.getCurrentPages = () => [];
Object.assign(globalThis.wx ?? (globalThis.wx = {}), {
  env: { USER_DATA_PATH: "http://usr" },
  getFileSystemManager: () => ({
    readCompressedFile: ({ filePath, success }) => setTimeout(() => success({ data: plain(zlib.brotliDecompressSync(packaged(filePath))) })),
  }),
  getStorageSync: (key) => storage.get(key) ?? "",
  setStorageSync: (key, value) => void storage.set(key, value),
  removeStorageSync: (key) => void storage.delete(key),
  navigateTo: record("navigateTo"),
  makePhoneCall: record("makePhoneCall"),
  setClipboardData: record("setClipboardData"),
  showToast: record("showToast"),
  nextTick: (work) => setTimeout(work),
});

/** A component or page of the demo, shown; `properties` as a page would give them. */
export function show(name, properties = {}) {
  const { usingComponents = {} } = JSON.parse(fs.readFileSync(path.join(demo, `${name}.json`), "utf8"));
  // The simulator knows paths only; mini-programs look the rest up in miniprogram_npm.
  const packaged = Object.entries(usingComponents).filter(([, place]) => /^[a-z]/.test(place));
  const id = simulate.load(path.join(demo, name), undefined, {
    compiler: "official",
    rootPath: demo,
    usingComponents: Object.fromEntries(packaged.map(([tag, place]) => [tag, `/miniprogram_npm/${place}`])),
  });
  const component = simulate.render(id, properties);
  const parent = document.createElement("div");
  document.body.append(parent);
  component.attach(parent);
  component.triggerPageLifeTime?.("show");
  return component;
}

/** Waits until `look` gives something; fails with `what` after five seconds. */
export async function until(look, what) {
  for (let turn = 0; turn < 250; turn++) {
    const found = look();
    if (found) return found;
    await simulate.sleep(20);
  }
  throw new Error(`没有等到：${what}`);
}

/** The text on show. */
export const text = (component) => component.dom.textContent.replace(/\s+/g, " ");

/** Types into a field, as the keyboard does. */
export function type(component, selector, value) {
  component.querySelector(selector).dispatchEvent("input", { detail: { value } });
}

/** Taps what a selector finds, the first that contains `words` if given. */
export function tap(component, selector, words = "") {
  const found = component.querySelectorAll(selector).find((element) => element.dom.textContent.includes(words));
  if (!found) throw new Error(`没有可点的 ${selector} ${words}：${text(component)}`);
  found.dispatchEvent("tap");
}
