// What a page would download to run an engine: its code, bundled and minified, and its WebAssembly; and which version that is.

import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";

import { build } from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));

/** Bytes as they are and in brotli. */
export async function weighLibrary(module, job) {
  const { source, files = [] } = module.library(job);
  const parts = files.map((file) => readFileSync(file));
  if (source) parts.push(await bundled(source));
  const sum = (sizes) => sizes.reduce((total, size) => total + size, 0);
  return { bytes: sum(parts.map((part) => part.length)), brotli: sum(parts.map((part) => brotliCompressSync(part).length)) };
}

/** The version of the package that was measured. */
export function versionOf(module, { paths }) {
  const folder = module.npm === "sheda" ? paths.package : path.join(here, "node_modules", module.npm);
  return JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")).version;
}

async function bundled(source) {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: here },
    bundle: true, minify: true, write: false, format: "esm", platform: "browser", logLevel: "error",
  });
  return outputFiles[0].contents;
}
