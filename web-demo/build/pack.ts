// Puts the national pack beside the page: `national.sheda`.

import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

import type { Plugin } from "vite";

/** The pack's name in the page's folder. */
export const PACK = "national.sheda";

/** `SHEDA_PACK`, else what the workspace built. */
function source(): string {
  const file = path.resolve(process.env.SHEDA_PACK ?? path.join(import.meta.dirname, "../../target", PACK));
  if (!existsSync(file)) {
    throw new Error(`没有知识包 ${file}：请先运行 sheda build kb -o target/${PACK}，或用 SHEDA_PACK 指明文件`);
  }
  return file;
}

/** Emits the pack when building, serves it when developing. */
export function pack(): Plugin {
  return {
    name: "sheda-pack",
    buildStart() {
      source();
    },
    generateBundle() {
      this.emitFile({ type: "asset", fileName: PACK, source: readFileSync(source()) });
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        if (request.url?.split("?")[0] !== `/${PACK}`) return next();
        response.setHeader("content-type", "application/octet-stream");
        response.end(readFileSync(source()));
      });
    },
  };
}
