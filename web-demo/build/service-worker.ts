// Builds the service worker beside the page and tells it which files the page consists of.

import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import type { Plugin } from "vite";

import { KNOWLEDGE } from "./knowledge.ts";
import { PACK, PACK_INFO } from "./pack.ts";

const SOURCE = path.resolve(import.meta.dirname, "../service-worker/service-worker.ts");
const FILE = "service-worker.js";
/** What only 知识维护 needs, some 3 MB: kept on the device once that page has fetched it. */
const ON_DEMAND = new RegExp(`^(${KNOWLEDGE}/|assets/sheda_author)`);
const PUBLIC = path.resolve(import.meta.dirname, "../public");

/** Emits `service-worker.js`. */
export function serviceWorker(): Plugin {
  return {
    name: "service-worker",
    apply: "build",
    buildStart() {
      this.emitFile({ type: "chunk", id: SOURCE, fileName: FILE });
    },
    // After everything else was emitted, index.html too.
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const worker = bundle[FILE];
        if (worker?.type !== "chunk") throw new Error(`${FILE} 没有生成`);
        if (worker.imports.length > 0) throw new Error(`${FILE} 应当自成一体，不能引用 ${worker.imports.join("、")}`);
        const hash = createHash("sha256");
        const files = new Map<string, string | Uint8Array>();
        for (const [name, output] of Object.entries(bundle)) files.set(name, output.type === "chunk" ? output.code : output.source);
        for (const name of readdirSync(PUBLIC)) files.set(name, readFileSync(path.join(PUBLIC, name)));
        const names = [...files.keys()].filter((name) => ![FILE, PACK, PACK_INFO].includes(name)).sort();
        for (const name of names) hash.update(name).update(files.get(name) ?? "");
        hash.update(worker.code);
        const later = names.filter((name) => ON_DEMAND.test(name));
        const constants = { FILES: names.filter((name) => !later.includes(name)), ON_DEMAND: later, VERSION: hash.digest("hex").slice(0, 12), PACK, PACK_INFO };
        const written = Object.entries(constants).map(([name, value]) => `const ${name} = ${JSON.stringify(value)};`);
        worker.code = `${written.join("\n")}\n${worker.code}`;
      },
    },
  };
}
