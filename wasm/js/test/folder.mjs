// A knowledge folder as an author is given it.

import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The national knowledge base's folder. */
export const kb = fileURLToPath(new URL("../../../kb", import.meta.url));

/** Every Markdown and TOML file of a folder as `[name/path, bytes]`. */
export async function filesOf(folder, name) {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const wanted = found.filter((entry) => entry.isFile() && /\.(md|toml)$/.test(entry.name)).map((entry) => path.join(entry.parentPath, entry.name));
  return Promise.all(wanted.map(async (file) => [
    path.posix.join(name, path.relative(folder, file).split(path.sep).join("/")),
    new Uint8Array(await readFile(file)),
  ]));
}
