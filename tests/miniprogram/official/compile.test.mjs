// The official compiler, offline: 构建 npm, then the code package as it would be uploaded, with its bytes, run in the strict stand-in.

import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";

import { demo, packageFolder } from "../app.mjs";
import { start } from "../runtime.mjs";

const ci = createRequire(import.meta.url)("miniprogram-ci");
/** What WeChat lets a package have, and what it advises for the main one. */
const [MAIN, SUBPACKAGE] = [1_500_000, 2_000_000];

let folder;
before(async () => void (folder = await mkdtemp(path.join(tmpdir(), "sheda-official-"))));
after(async () => {
  await rm(folder, { recursive: true, force: true });
  setTimeout(() => process.exit(), 100);
});

/** The demo as a developer has it after npm install; `change` may rewrite its configuration. */
async function project(name, change = async () => {}) {
  const root = path.join(folder, name);
  const leftOut = ["node_modules", "miniprogram_npm", "package-lock.json"];
  await cp(demo, root, { recursive: true, filter: (file) => !leftOut.includes(path.basename(file)) });
  for (const dependency of ["sheda", "tdesign-miniprogram"]) {
    const from = dependency === "sheda" ? packageFolder : path.join(demo, "node_modules", dependency);
    const to = path.join(root, "node_modules", dependency);
    await mkdir(to, { recursive: true });
    await cp(path.join(from, "package.json"), path.join(to, "package.json"));
    await cp(path.join(from, "miniprogram_dist"), path.join(to, "miniprogram_dist"), { recursive: true });
  }
  await change(root);
  const key = path.join(folder, `${name}.key`);
  await writeFile(key, generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ type: "pkcs1", format: "pem" }));
  const made = new ci.Project({ appid: "wx0000000000000000", type: "miniProgram", projectPath: root, privateKeyPath: key, ignores: ["node_modules/**/*"] });
  // It would ask WeChat's server for the limits of this app.
  made.attr = async () => ci.DefaultProjectAttr;
  return { root, made };
}

/** The compiled files, written to a folder of their own, and the bytes of each package. */
async function compile(made, name, subpackages = []) {
  const files = await ci.getCompiledResult(
    { project: made, version: "1.0.0", desc: "test", setting: { useProjectConfig: true, es6: true, minify: true }, onProgressUpdate() {} },
    path.join(folder, `${name}.zip`),
  );
  const out = path.join(folder, `${name}-compiled`);
  const bytes = { main: 0 };
  for (const [file, content] of Object.entries(files)) {
    const target = path.join(out, file);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, content);
    const home = subpackages.find((root) => file.startsWith(`${root}/`)) ?? "main";
    bytes[home] = (bytes[home] ?? 0) + Buffer.byteLength(content);
  }
  return { out, files: Object.keys(files), bytes };
}

describe("官方编译", () => {
  it("示例：构建 npm、编译、主包不超过 1.5 MB，编译出的代码能查能检查", async (test) => {
    const { root, made } = await project("demo");
    const warnings = await ci.packNpm(made, { reporter() {} });
    assert.deepEqual(warnings.filter(({ jsPath = "" }) => jsPath.includes("sheda")), []);
    const shipped = await readFile(path.join(packageFolder, "miniprogram_dist/sheda.wasm.br"));
    assert.deepEqual(await readFile(path.join(root, "miniprogram_npm/sheda/sheda.wasm.br")), shipped, "原样拷贝");
    const { out, files, bytes } = await compile(made, "demo");
    test.diagnostic(`main package: ${bytes.main} bytes in ${files.length} files`);
    for (const file of ["sheda.wasm.br", "national.sheda.br", "index.js", "sheda-search/index.js", "sheda-reply/index.js"]) {
      assert.ok(files.includes(`miniprogram_npm/sheda/${file}`), `缺 ${file}`);
    }
    assert.ok(bytes.main <= MAIN, `主包 ${bytes.main} 字节`);
    const sheda = await start({ root: out }).require("miniprogram_npm/sheda").open();
    assert.match((await sheda.answer((await sheda.search("失业金能领几个月")).hits[0].id)).text, /24 个月/);
    assert.equal((await sheda.check({ reply: "你好！这事不归我管。" })).canSubmit, false);
    assert.ok((await sheda.manifest()).counts.answers >= 400);
    await assert.rejects(sheda.search(1), { code: "bad-request" });
  });

  it("放进分包：分包不超过 2 MB，路径写分包的", async (test) => {
    const { root, made } = await project("split", async (root) => {
      const rewrite = async (file, change) => {
        const name = path.join(root, file);
        const json = JSON.parse(await readFile(name, "utf8"));
        change(json);
        await writeFile(name, JSON.stringify(json));
      };
      await mkdir(path.join(root, "staff/page"), { recursive: true });
      await writeFile(path.join(root, "package.json"), JSON.stringify({ name: "split", dependencies: {} }));
      await writeFile(path.join(root, "staff/package.json"), JSON.stringify({ name: "staff", dependencies: { sheda: "0.1.0" } }));
      await mkdir(path.join(root, "staff/node_modules"));
      await cp(path.join(root, "node_modules/sheda"), path.join(root, "staff/node_modules/sheda"), { recursive: true });
      await rm(path.join(root, "pages"), { recursive: true });
      await mkdir(path.join(root, "pages/home"), { recursive: true });
      await writeFile(path.join(root, "app.js"), "App({});");
      for (const [page, using] of [["pages/home", {}], ["staff/page", { "sheda-reply": "sheda/sheda-reply/index" }]]) {
        await writeFile(path.join(root, page, "index.js"), page === "pages/home" ? "Page({});" : 'const { open } = require("sheda"); Page({ onLoad() { open(); } });');
        await writeFile(path.join(root, page, "index.json"), JSON.stringify({ usingComponents: using }));
        await writeFile(path.join(root, page, "index.wxml"), "<view />");
        await writeFile(path.join(root, page, "index.wxss"), "");
      }
      await rewrite("app.json", (app) => {
        app.pages = ["pages/home/index"];
        delete app.tabBar;
        app.subPackages = [{ root: "staff", pages: ["page/index"] }];
      });
      await rewrite("project.config.json", (config) => {
        Object.assign(config.setting, { packNpmManually: true, packNpmRelationList: [{ packageJsonPath: "./staff/package.json", miniprogramNpmDistDir: "./staff" }] });
      });
    });
    await ci.packNpmManually({ packageJsonPath: path.join(root, "staff/package.json"), miniprogramNpmDistDir: path.join(root, "staff") });
    const { out, bytes } = await compile(made, "split", ["staff"]);
    test.diagnostic(`main package: ${bytes.main} bytes, subpackage: ${bytes.staff} bytes`);
    assert.ok(bytes.staff <= SUBPACKAGE && bytes.main <= MAIN, JSON.stringify(bytes));
    const place = "/staff/miniprogram_npm/sheda";
    const { open } = start({ root: out }).require("staff/miniprogram_npm/sheda");
    const sheda = await open({ wasm: `${place}/sheda.wasm.br`, pack: `${place}/national.sheda.br` });
    assert.ok((await sheda.search("工伤认定要多久")).hits.length > 0);
  });
});
