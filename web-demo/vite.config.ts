// How the page is built: relative addresses, so that it works from any folder of any server.

import path from "node:path";

import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vite";

import { contentSecurityPolicy } from "./build/content-security-policy.ts";
import { knowledge } from "./build/knowledge.ts";
import { pack } from "./build/pack.ts";
import { serviceWorker } from "./build/service-worker.ts";

export default defineConfig({
  base: "./",
  plugins: [vue(), pack(), knowledge(), contentSecurityPolicy(), serviceWorker()],
  // Bundled by the development server, the package would lose its place and with it the module beside it.
  optimizeDeps: { exclude: ["sheda"] },
  resolve: { alias: [{ find: /^fflate$/, replacement: path.resolve(import.meta.dirname, "src/pages/ledger/tables/fflate-here.ts") }] },
  server: { fs: { allow: [".", "../wasm/js/dist"] } },
  build: { target: "es2022", modulePreload: { polyfill: false }, assetsInlineLimit: 0, reportCompressedSize: false },
  worker: { format: "es" },
});
