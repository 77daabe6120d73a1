// Puts the npm packages where WeChat's 构建 npm puts them (miniprogram_npm/), without WeChat's tools: the folder that each package
// names as `miniprogram`, of TDesign only the components that the pages use.

import { cp, mkdir, readdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const to = path.join(root, "miniprogram_npm");
const wanted = /\.(js|json|wxml|wxss|wxs|br|d\.ts)$/;

const json = async (file) => JSON.parse(await readFile(file, "utf8"));
const packageOf = async (name) => {
  const folder = path.join(root, "node_modules", name);
  return path.join(folder, (await json(path.join(folder, "package.json"))).miniprogram);
};

await rm(to, { recursive: true, force: true });
await mkdir(to, { recursive: true });
await cp(await packageOf("sheda"), path.join(to, "sheda"), { recursive: true, dereference: true });

const tdesign = await packageOf("tdesign-miniprogram");
const used = new Set();
const follow = async (folder) => {
  if (used.has(folder)) return;
  used.add(folder);
  for (const file of (await readdir(path.join(tdesign, folder))).filter((name) => name.endsWith(".json"))) {
    const { usingComponents = {} } = await json(path.join(tdesign, folder, file));
    for (const component of Object.values(usingComponents)) await follow(path.dirname(path.join(folder, component)));
  }
};
for (const page of (await json(path.join(root, "app.json"))).pages) {
  const { usingComponents = {} } = await json(path.join(root, `${page}.json`));
  for (const component of Object.values(usingComponents)) {
    const [, folder] = /^tdesign-miniprogram\/([\w-]+)\//.exec(component) ?? [];
    if (folder) await follow(folder);
  }
}
for (const folder of [...used, "common", "mixins", "miniprogram_npm", "locale"]) {
  await cp(path.join(tdesign, folder), path.join(to, "tdesign-miniprogram", folder), {
    recursive: true,
    filter: (file) => !path.extname(file) || (wanted.test(file) && !file.endsWith(".d.ts")),
  });
}
