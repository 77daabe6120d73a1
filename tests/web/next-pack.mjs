// A later pack of the same knowledge: another version, built by the command.

import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = process.env.SHEDA_ROOT ?? fileURLToPath(new URL("../../", import.meta.url));
const kb = path.join(root, "kb");

/** Bytes of a pack of `version`, and what the page's `national.json` would say of it. */
export function nextPack(version) {
  const sheda = ["debug", "release"].map((profile) => path.join(root, "target", profile, "sheda")).find((file) => existsSync(file));
  if (!sheda) throw new Error("没有 sheda 命令：请先运行 cargo build -p sheda-kb");
  const folder = mkdtempSync(path.join(tmpdir(), "sheda-next-"));
  try {
    const manifest = readFileSync(path.join(kb, "pack.toml"), "utf8").replace(/^version = .*$/m, `version = "${version}"`);
    writeFileSync(path.join(folder, "pack.toml"), manifest);
    // A folder of knowledge has at least one answer; this one stands as it was.
    mkdirSync(path.join(folder, "content"));
    copyFileSync(path.join(kb, "content/standard/standard-terms.md"), path.join(folder, "content/standard-terms.md"));
    const file = path.join(folder, "next.sheda");
    execFileSync(sheda, ["build", kb, folder, "-o", file], { stdio: "pipe" });
    return { bytes: readFileSync(file), info: JSON.stringify({ title: "全国社会保险咨询知识库", version, builtFrom: `next-${version}`, answers: 765 }) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
