// What 知识维护 works with, beside the page and fetched only when asked for: the sources of the national knowledge and an
// example folder, each as one archive, and the golden questions.

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { type Zippable, zipSync } from "fflate";
import type { Plugin } from "vite";

const ROOT = path.resolve(import.meta.dirname, "../..");
const KB = path.join(ROOT, "kb");
const EXAMPLE = path.resolve(import.meta.dirname, "../knowledge-example");
/** The parts of `kb` that a pack is built from. */
const PARTS = /^(content|rules|lexicon|calendar|ledger)\/.*\.(md|toml)$|^[a-z]+\.toml$/;
/** Every build gives the same archive. */
const DAY = "2026-01-01";

/** The folder's name in the page's folder: `src/pages/knowledge/sources.ts` reads from it. */
export const KNOWLEDGE = "knowledge";

/** Files of a folder below `name/`, in an archive. */
function archive(folder: string, name: string, wanted: RegExp): Uint8Array {
  const files: Zippable = {};
  const found = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => file.split(path.sep).join("/"));
  for (const file of found.filter((file) => wanted.test(file) && file !== "Cargo.toml").sort()) {
    files[`${name}/${file}`] = readFileSync(path.join(folder, file));
  }
  return zipSync(files, { level: 9, mtime: DAY });
}

const FILES: Record<string, () => Uint8Array> = {
  "national-sources.zip": () => archive(KB, "全国社会保险咨询知识库", PARTS),
  "example.zip": () => archive(EXAMPLE, "示例知识", /\.(md|toml|jsonl)$/),
  "questions.jsonl": () => readFileSync(path.join(ROOT, "tests/golden/questions.jsonl")),
};

/** Emits them when building, serves them when developing. */
export function knowledge(): Plugin {
  return {
    name: "knowledge",
    generateBundle() {
      for (const [name, source] of Object.entries(FILES)) this.emitFile({ type: "asset", fileName: `${KNOWLEDGE}/${name}`, source: source() });
    },
    configureServer(server) {
      for (const [name, source] of Object.entries(FILES)) {
        server.middlewares.use(`/${KNOWLEDGE}/${name}`, (_request, response) => void response.end(source()));
      }
    },
  };
}
