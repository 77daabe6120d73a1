// One JavaScript file as hosts of mini-programs take it: CommonJS, ES2017, and no free name that one of them lacks.

import path from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const source = path.join(root, "src/miniprogram");

/**
 * Bundles an entry of src/miniprogram. With `shared` the package's own entry is required, not bundled: all components then use the
 * one engine. `replace` gives the code of modules, by the beginning of their file's name.
 */
export function bundle(entry, outfile, { shared = false, replace = {} } = {}) {
  const resolved = {
    name: "resolved",
    setup(build) {
      if (!("glue" in replace)) build.onResolve({ filter: /\/glue\.js$/ }, () => ({ path: path.join(root, "dist/glue.js") }));
      if (shared) build.onResolve({ filter: /^\.\.\/\.\.\/index\.js$/ }, () => ({ path: "../index", external: true }));
      for (const [name, code] of Object.entries(replace)) {
        build.onResolve({ filter: new RegExp(`/${name}\\.js$`) }, () => ({ path: name, namespace: "replaced" }));
        build.onLoad({ filter: new RegExp(`^${name}$`), namespace: "replaced" }, () => ({ contents: code, loader: "js" }));
      }
    },
  };
  return build({
    entryPoints: [path.join(source, entry)],
    outfile,
    bundle: true,
    format: "cjs",
    platform: "neutral",
    target: "es2017",
    charset: "utf8",
    // Binds the glue's free names TextEncoder and TextDecoder to our own: no global is touched.
    inject: [path.join(source, "text-codec.ts")],
    legalComments: "none",
    minifySyntax: true,
    minifyWhitespace: true,
    tsconfig: path.join(root, "tsconfig.miniprogram.json"),
    logLevel: "warning",
    plugins: [resolved],
  });
}
