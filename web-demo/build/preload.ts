// Lets the browser fetch the module and the pack while it still reads the page's scripts.

import type { Plugin } from "vite";

import { PACK } from "./pack.ts";

/** Adds `<link rel="preload">` for both. */
export function preload(): Plugin {
  return {
    name: "preload",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler(_html, { bundle }) {
        const files = [...Object.keys(bundle ?? {}).filter((name) => name.endsWith(".wasm")), PACK];
        return files.map((name) => ({
          tag: "link",
          attrs: { rel: "preload", href: `./${name}`, as: "fetch", crossorigin: true },
          injectTo: "head",
        }));
      },
    },
  };
}
