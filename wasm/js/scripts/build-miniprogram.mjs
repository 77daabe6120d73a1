// Makes miniprogram_dist/, the folder that WeChat's 构建 npm copies into a mini-program, from src/miniprogram, the module in ../pkg
// and the compact pack.

import { execFileSync } from "node:child_process";
import { copyFile, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import zlib from "node:zlib";

import { bundle } from "./bundle.mjs";
import { lower } from "./lower.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const out = path.join(root, "miniprogram_dist");
const module = path.resolve(root, "../pkg/sheda_wasm_bg.wasm");
const pack = path.resolve(process.env.SHEDA_COMPACT_PACK ?? path.join(root, "../../target/national-compact.sheda"));

/** Brotli at its best: what is in a code package is packed once and unpacked on every phone. */
async function pressed(bytes, file) {
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT, BROTLI_MAX_QUALITY } = zlib.constants;
  const params = { [BROTLI_PARAM_QUALITY]: BROTLI_MAX_QUALITY, [BROTLI_PARAM_SIZE_HINT]: bytes.length };
  const made = zlib.brotliCompressSync(bytes, { params });
  await writeFile(path.join(out, file), made);
  console.log(`${file}: ${bytes.length} bytes, ${made.length} as brotli`);
}

/** The components: each a folder with its script, template, style and configuration. */
async function components() {
  const from = path.join(root, "src/miniprogram/components");
  const names = (await readdir(from, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => name);
  for (const name of names) {
    const to = path.join(out, name);
    await mkdir(to, { recursive: true });
    await bundle(`components/${name}/index.ts`, path.join(to, "index.js"), { shared: true });
    for (const file of ["index.json", "index.wxml", "index.wxss"]) await copyFile(path.join(from, name, file), path.join(to, file));
  }
}

/** Types: what the entry declares and everything that it refers to. */
async function types() {
  const tsc = path.resolve(path.dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
  execFileSync(process.execPath, [tsc, "-p", path.join(root, "tsconfig.miniprogram.json"), "--emitDeclarationOnly", "--outDir", path.join(out, "types")], { stdio: "inherit" });
  await copyFile(path.join(root, "src/glue.d.ts"), path.join(out, "types/glue.d.ts"));
  await rm(path.join(out, "types/miniprogram/components"), { recursive: true, force: true });
  await writeFile(path.join(out, "index.d.ts"), 'export * from "./types/miniprogram/index.js";\n');
}

for (const [file, ask] of [
  [module, "npm run build:wasm"],
  [path.join(root, "dist/glue.js"), "npm run build:js"],
  [pack, "sheda build kb --compact -o target/national-compact.sheda"],
]) {
  if (await stat(file).catch(() => null)) continue;
  console.error(`没有 ${path.relative(process.cwd(), file)}：请先运行 ${ask}`);
  process.exit(2);
}
await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
// The package itself is made of ES modules; Node and bundlers must know that this folder is not.
await writeFile(path.join(out, "package.json"), '{ "type": "commonjs" }\n');
await types();
await bundle("index.ts", path.join(out, "index.js"));
await components();
await pressed(await lower(await readFile(module)), "sheda.wasm.br");
await pressed(await readFile(pack), "national.sheda.br");
