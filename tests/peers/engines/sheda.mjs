// SheDa through its public package; the pack is made by the `sheda` command, or is the national one.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";

import { sections } from "../pack.mjs";

export const name = "SheDa";
export const npm = "sheda";
export const format = "pack";
export const settings = ["own"];
export const takesRegion = true;

const MODULE = "./sheda_wasm_bg.wasm";

/** Sections that no peer's index has a counterpart to: the answers themselves, and what is there for checking replies. */
const NOT_INDEX = ["answers", "calendar", "directory", "handbook", "ledger", "manifest", "profile", "rules", "rule-pages"];

export const library = ({ paths }) => ({
  source: `export { open } from ${JSON.stringify(published(paths, "."))};`,
  files: [published(paths, MODULE)],
});

export async function load({ file, set, paths }) {
  const { open } = await import(pathToFileURL(published(paths, "./node")).href);
  const wasm = await WebAssembly.compile(await readFile(published(paths, MODULE)));
  return {
    build() {
      if (set.golden) return readFile(paths.pack);
      execFileSync(paths.sheda, ["eval", "--json", "--output", file, set.folder], { stdio: ["ignore", "ignore", "inherit"] });
      return readFile(file);
    },
    index: (bytes) => Buffer.concat(sections(bytes).filter((section) => !NOT_INDEX.includes(section.name)).map((section) => section.bytes)),
    open: (bytes) => open({ pack: bytes, wasm }),
    search: async (engine, text, region) => (await engine.search(text, { limit: 10, region })).hits.map((hit) => hit.id),
  };
}

/** A file that the package exports. */
function published(paths, entry) {
  const { exports } = JSON.parse(readFileSync(path.join(paths.package, "package.json"), "utf8"));
  return path.join(paths.package, exports[entry].default ?? exports[entry]);
}
