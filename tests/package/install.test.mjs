// npm pack → a Vite project in a folder of its own → npm install → vite build → a static server → Chromium.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { copyFile, cp, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { chromium } from "playwright-core";

import { launch, openPage } from "../web/browser.mjs";
import { serve } from "../web/serve.mjs";
import { packPath } from "../../wasm/js/test/fixture.mjs";

const packageFolder = fileURLToPath(new URL("../../wasm/js", import.meta.url));
const run = promisify(execFile);
const npm = (folder, ...args) => run("npm", [...args, "--no-audit", "--no-fund", "--loglevel=error"], { cwd: folder, shell: process.platform === "win32" });

let folder, files;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "sheda-package-"));
  const { stdout } = await npm(packageFolder, "pack", "--json", "--pack-destination", folder);
  const packed = JSON.parse(stdout);
  const [{ filename, files: listed }] = Array.isArray(packed) ? packed : Object.values(packed);
  files = listed.map((file) => file.path);
  await cp(fileURLToPath(new URL("project", import.meta.url)), folder, { recursive: true });
  await copyFile(packPath, path.join(folder, "public/national.sheda"));
  await npm(folder, "install", path.join(folder, filename));
  await npm(folder, "run", "build");
});

after(() => rm(folder, { recursive: true, force: true }));

describe("装好的包", () => {
  it("只有该有的文件", () => {
    for (const name of ["package.json", "README.md", "dist/browser.js", "dist/worker.js", "dist/node.js", "dist/types.d.ts", "dist/sheda_wasm_bg.wasm", "miniprogram_dist/index.js", "miniprogram_dist/sheda.wasm.br", "miniprogram_dist/national.sheda.br", "without-wasm/index.js"]) {
      assert.ok(files.includes(name), `缺 ${name}`);
    }
    const stray = files.filter((name) => !/^((dist|miniprogram_dist|without-wasm)(\/[\w-]+)*\/[\w.-]+\.(js|d\.ts|wasm|br|json|wxml|wxss)|package\.json|README\.md|LICENSE-[A-Z]+)$/.test(name));
    assert.deepEqual(stray, []);
  });

  it("模块在产物里只有一份，外加一个 Worker", async () => {
    const built = await readdir(path.join(folder, "dist"), { recursive: true });
    assert.equal(built.filter((name) => name.endsWith(".wasm")).length, 1, built.join(" "));
    assert.equal(built.filter((name) => /worker-host.*\.js$/.test(name)).length, 1, built.join(" "));
  });

  it("TypeScript 认得三个入口", async () => {
    // The project's own `npm run build` has run tsc over them.
    const { scripts } = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
    assert.match(scripts.build, /tsc --noEmit && vite build/);
  });

  it("在 Node 里直接可用", async () => {
    const { stdout } = await run(process.execPath, ["in-node.mjs"], { cwd: folder });
    assert.match(stdout, /《社会保险法》第四十六条/);
  });

  for (const [name, base] of [["网站根目录", "/"], ["子目录", "/deep/er/"]]) {
    it(`打包后的网页在${name}查到并读出答案，主线程与 Worker 一样`, async () => {
      const server = await serve(path.join(folder, "dist"), { base });
      const browser = await launch(chromium);
      try {
        const { page, complaints, requests } = await openPage(browser);
        await page.goto(server.url);
        await page.waitForSelector("body[data-done]", { timeout: 20_000 });
        for (const id of ["main", "worker"]) {
          const text = await page.locator(`#${id}`).innerText();
          assert.match(text, /失业保险金最多能领几个月/);
          assert.match(text, /24 个月/);
          assert.match(text, /《社会保险法》第四十六条/);
        }
        assert.deepEqual(complaints, [], "控制台应当是空的");
        assert.ok(requests.every((url) => url.startsWith(server.url)));
      } finally {
        await browser.close();
        await server.close();
      }
    });
  }
});
