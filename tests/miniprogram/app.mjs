// The code packages that tests run: the npm package as WeChat's tools lay it out, in the main package and in a subpackage.

import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../", import.meta.url));
export const packageFolder = path.join(root, "wasm/js");
export const demo = path.join(root, "mini-demo");

/** The whole and the compact national pack. */
export const wholePack = await readFile(process.env.SHEDA_PACK ?? path.join(root, "target/national.sheda"));
export const compactPack = await readFile(process.env.SHEDA_COMPACT_PACK ?? path.join(root, "target/national-compact.sheda"));

/** An app that holds the package where 构建 npm puts it, under `at`; removed by `remove`. */
export async function makeApp({ at = "" } = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), "sheda-mini-"));
  await cp(path.join(packageFolder, "miniprogram_dist"), path.join(folder, at, "miniprogram_npm/sheda"), { recursive: true });
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** A publisher: signs packs as `sheda build --sign` does (core/src/pack/signature.rs). */
export function publisher() {
  const { privateKey } = generateKeyPairSync("ed25519");
  const raw = createPublicKey(createPrivateKey(privateKey.export({ type: "pkcs8", format: "pem" }))).export({ type: "spki", format: "der" }).subarray(-32);
  return {
    key: raw.toString("hex"),
    sign: (pack) => Buffer.concat([pack, Buffer.from("SIGN"), raw, sign(null, pack, privateKey)]),
  };
}
