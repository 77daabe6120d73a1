// Puts the national pack beside the page, `national.sheda`, and what tells one pack from another, `national.json`. What it
// says of itself goes into the page too, as `virtual:pack`: hotlines and regions need not wait for the pack.

import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

import { type Directory, type Manifest, open } from "sheda/node";
import type { Plugin } from "vite";

/** The pack's name in the page's folder. */
export const PACK = "national.sheda";
/** What is told of it: `src/offline/pack.ts` reads it. */
export const PACK_INFO = "national.json";
const VIRTUAL = "virtual:pack";
const RESOLVED = `\0${VIRTUAL}`;

/** `SHEDA_PACK`, else what the workspace built. */
function source(): string {
  const file = path.resolve(process.env.SHEDA_PACK ?? path.join(import.meta.dirname, "../../target", PACK));
  if (!existsSync(file)) {
    throw new Error(`没有知识包 ${file}：请先运行 sheda build kb -o target/${PACK}，或用 SHEDA_PACK 指明文件`);
  }
  return file;
}

async function said(): Promise<{ manifest: Manifest; directory: Directory }> {
  const sheda = await open({ pack: source() });
  const [manifest, directory] = await Promise.all([sheda.manifest(), sheda.directory()]);
  await sheda.close();
  return { manifest, directory };
}

async function info(): Promise<string> {
  const { title, version, builtFrom, counts } = (await said()).manifest;
  return JSON.stringify({ title, version, builtFrom, answers: counts.answers });
}

/** Emits both when building, serves them when developing. */
export function pack(): Plugin {
  return {
    name: "sheda-pack",
    resolveId: (id) => (id === VIRTUAL ? RESOLVED : undefined),
    async load(id) {
      if (id !== RESOLVED) return undefined;
      const { manifest, directory } = await said();
      return `export const manifest = ${JSON.stringify(manifest)};\nexport const directory = ${JSON.stringify(directory)};`;
    },
    async generateBundle() {
      this.emitFile({ type: "asset", fileName: PACK, source: readFileSync(source()) });
      this.emitFile({ type: "asset", fileName: PACK_INFO, source: await info() });
    },
    configureServer(server) {
      server.middlewares.use(`/${PACK}`, (_request, response) => {
        response.setHeader("content-type", "application/octet-stream");
        response.end(readFileSync(source()));
      });
      server.middlewares.use(`/${PACK_INFO}`, (_request, response, next) => {
        info().then((text) => response.setHeader("content-type", "application/json").end(text), next);
      });
    },
  };
}
