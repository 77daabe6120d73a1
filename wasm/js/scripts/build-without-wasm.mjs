// Makes without-wasm/, the mini-program's entry with the module as JavaScript, for hosts that refuse WebAssembly.

import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import zlib from "node:zlib";

import { transform } from "esbuild";

import { bundle } from "./bundle.mjs";
import { toJavaScript } from "./lower.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const out = path.join(root, "without-wasm");

const lowered = zlib.brotliDecompressSync(await readFile(path.join(root, "miniprogram_dist/sheda.wasm.br")));
const code = await toJavaScript(lowered);
// wasm2js makes one instance as the file is loaded; ours makes one whenever it is asked to.
const end = code.indexOf("var retasmFunc = ");
const start = code.indexOf("var bufferView;");
if (start < 0 || end < 0) throw new Error("wasm2js writes in another form than expected: no bufferView or retasmFunc");
const module = `${code.slice(start, end)}\nexport function instantiate(imports) { return asmFunc(imports); }\n`;
const { code: small } = await transform(module, { minify: true, target: "es2017", format: "esm" });

// A memory that grows takes a new buffer. WebAssembly empties the old one, by which the glue knows; JavaScript does not.
const glue = await readFile(path.join(root, "dist/glue.js"), "utf8");
const views = /(\w+)\.byteLength === 0/g;
if (!views.test(glue)) throw new Error("the glue looks for a grown memory in another way than expected");
const lookingAnew = glue.replace(views, "$1.buffer !== wasm.memory.buffer");

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await writeFile(path.join(out, "package.json"), '{ "type": "commonjs" }\n');
await bundle("without-wasm.ts", path.join(out, "index.js"), { replace: { "module-as-javascript": small, glue: lookingAnew } });
await writeFile(path.join(out, "index.d.ts"), 'export * from "../miniprogram_dist/types/miniprogram/without-wasm.js";\n');
const { length } = await readFile(path.join(out, "index.js"));
console.log(`without-wasm/index.js: ${length} bytes, ${zlib.brotliCompressSync(await readFile(path.join(out, "index.js"))).length} as brotli`);
