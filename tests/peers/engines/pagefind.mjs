// Pagefind: a static index of many files, read a few at a time as they are asked for; it cuts Chinese by itself.

import { readFileSync, readdirSync, copyFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

export const name = "Pagefind";
export const npm = "pagefind";
export const format = "files";
export const settings = ["own"];
/** Written beside every index; Chinese has no stemmer, hence no module of its own. */
export const library = ({ folder }) => ({ files: ["pagefind.js", "wasm.unknown.pagefind"].map((file) => path.join(folder, file)) });

/** How many questions are asked at most: it is slow. */
export const limit = ({ documents }) => (documents > 10_000 ? 60 : 300);

export async function load({ folder }) {
  return {
    async build(documents) {
      const { close, createIndex } = await import("pagefind");
      const { index } = await createIndex({ forceLanguage: "zh" });
      for (const { id, text } of documents) {
        const content = `<html lang="zh"><body><p>${text.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</p></body></html>`;
        const { errors } = await index.addHTMLFile({ url: `/${id}/`, content });
        if (errors.length > 0) throw new Error(errors.join("; "));
      }
      await index.writeFiles({ outputPath: folder });
      await close();
    },
    /** Without the fragments, which hold the texts. */
    index: () => Buffer.concat(files(folder).filter((file) => /\.pf_(index|meta)$/.test(file)).map((file) => readFileSync(file))),
    async open() {
      pretendPage(folder);
      // The bundle is a module without saying so in its name.
      copyFileSync(path.join(folder, "pagefind.js"), path.join(folder, "pagefind.mjs"));
      const pagefind = await import(pathToFileURL(path.join(folder, "pagefind.mjs")).href);
      await pagefind.options({ basePath: "/", baseUrl: "/", noWorker: true });
      await pagefind.init();
      return pagefind;
    },
    async search(pagefind, text) {
      const { results } = await pagefind.search(text);
      const best = await Promise.all(results.slice(0, 10).map((result) => result.data()));
      return best.map(({ raw_url: url }) => url.slice(1, -1));
    },
  };
}

/** What Pagefind expects of a page: a language, a place, and files that can be fetched from there. */
function pretendPage(folder) {
  globalThis.document = { currentScript: null, querySelector: () => ({ getAttribute: () => "zh" }) };
  globalThis.location = new URL("http://localhost/pagefind.js");
  globalThis.fetch = async (url) => new Response(readFileSync(path.join(folder, new URL(url, globalThis.location).pathname)));
}

function files(folder) {
  return readdirSync(folder, { recursive: true }).map((file) => path.join(folder, file));
}
