// One JavaScript file as hosts of mini-programs take it: CommonJS, ES2017, and no free name that one of them lacks.

import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const source = path.join(root, "src/miniprogram");

/**
 * Bundles an entry of src/miniprogram. With `shared` the package's own entry is required, not bundled: all components then use the
 * one engine. `replace` gives the code of modules, by the beginning of their file's name.
 */
export async function bundle(entry, outfile, { shared = false, replace = {} } = {}) {
  const glue = replace.glue ?? (await readFile(path.join(root, "dist/glue.js"), "utf8"));
  // Binds the glue's free names to our own: no global is touched, and what asks for the host's decoder still does.
  const codec = `import { TextDecoder, TextEncoder } from ${JSON.stringify(path.join(source, "text-codec.ts"))};`;
  const codes = { ...replace, glue: `${codec}\n${glue}` };
  const resolved = {
    name: "resolved",
    setup(build) {
      if (shared) build.onResolve({ filter: /^\.\.\/\.\.\/index\.js$/ }, () => ({ path: "../index", external: true }));
      for (const [name, code] of Object.entries(codes)) {
        build.onResolve({ filter: new RegExp(`/${name}\\.js$`) }, () => ({ path: name, namespace: "replaced" }));
        build.onLoad({ filter: new RegExp(`^${name}$`), namespace: "replaced" }, () => ({ contents: code, loader: "js", resolveDir: source }));
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
    legalComments: "none",
    minifySyntax: true,
    minifyWhitespace: true,
    tsconfig: path.join(root, "tsconfig.miniprogram.json"),
    logLevel: "warning",
    plugins: [resolved],
  });
}
