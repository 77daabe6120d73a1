// The package's contract in a real browser, on the main thread and in a worker; the page loads its modules as they are.

import assert from "node:assert/strict";
import { copyFile, cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

import { launch, openPage } from "./browser.mjs";
import { serve } from "./serve.mjs";
import { authorCases } from "../../wasm/js/test/author-contract.mjs";
import { cases } from "../../wasm/js/test/contract.mjs";
import { packPath } from "../../wasm/js/test/fixture.mjs";
import { filesOf, kb } from "../../wasm/js/test/folder.mjs";

const packageFolder = fileURLToPath(new URL("../../wasm/js", import.meta.url));
/** These ask for files that are not there, or bytes that are no module: the browser says so in its console. */
const MAY_COMPLAIN = new Set(["open 的参数写错"]);

let folder, server, browser, tab;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "sheda-web-"));
  for (const part of ["dist", "src/types.ts", "src/author/types.ts", "test"]) {
    await cp(path.join(packageFolder, part), path.join(folder, part), { recursive: true });
  }
  await copyFile(packPath, path.join(folder, "national.sheda"));
  const files = (await filesOf(kb, "kb")).map(([file, bytes]) => [file, new TextDecoder().decode(bytes)]);
  await writeFile(path.join(folder, "kb.json"), JSON.stringify(files));
  await copyFile(fileURLToPath(new URL("../golden/questions.jsonl", import.meta.url)), path.join(folder, "questions.jsonl"));
  await copyFile(fileURLToPath(new URL("empty.html", import.meta.url)), path.join(folder, "index.html"));
  server = await serve(folder);
  browser = await launch(chromium);
});

after(async () => {
  await browser?.close();
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

for (const entry of ["browser", "worker"]) {
  describe(entry === "browser" ? "主线程" : "Worker", () => {
    before(async () => {
      tab = await openPage(browser);
      await tab.page.goto(server.url);
      await tab.page.evaluate(async (entry) => {
        const [{ open }, { cases }, { parseInterfaces }] = await Promise.all([
          import(`/dist/${entry}.js`),
          import("/test/contract.mjs"),
          import("/test/declared.mjs"),
        ]);
        const bytes = async (url) => new Uint8Array(await (await fetch(url)).arrayBuffer());
        const [pack, wasm] = await Promise.all([bytes("/national.sheda"), bytes("/dist/sheda_wasm_bg.wasm")]);
        const types = parseInterfaces(await (await fetch("/src/types.ts")).text());
        globalThis.runCase = (index) => cases[index][1]({ open, pack, wasm, types, location: "/national.sheda" });
      }, entry);
    });
    after(() => tab.close());

    cases.forEach(([name], index) => {
      it(name, async () => {
        await tab.page.evaluate((index) => globalThis.runCase(index), index);
        const complaints = tab.complaints.splice(0);
        if (!MAY_COMPLAIN.has(name)) assert.deepEqual(complaints, [], "控制台应当是空的");
      });
    });
  });
}

describe("重新生成，在 Worker 里", () => {
  before(async () => {
    tab = await openPage(browser);
    await tab.page.goto(server.url);
    await tab.page.evaluate(async () => {
      const [{ openAuthor }, { authorCases }, { parseInterfaces }] = await Promise.all([
        import("/dist/author/worker.js"),
        import("/test/author-contract.mjs"),
        import("/test/declared.mjs"),
      ]);
      const get = async (url) => (await fetch(url)).arrayBuffer();
      const text = async (url) => (await fetch(url)).text();
      const files = JSON.parse(await text("/kb.json")).map(([file, content]) => [file, new TextEncoder().encode(content)]);
      const types = parseInterfaces((await text("/src/types.ts")) + (await text("/src/author/types.ts")));
      const env = { openAuthor, pack: new Uint8Array(await get("/national.sheda")), files, questions: await text("/questions.jsonl"), types };
      globalThis.runCase = (index) => authorCases[index][1](env);
    });
  });
  after(() => tab.close());

  authorCases.forEach(([name], index) => {
    it(name, async () => {
      await tab.page.evaluate((index) => globalThis.runCase(index), index);
      assert.deepEqual(tab.complaints.splice(0), [], "控制台应当是空的");
    });
  });
});

describe("Worker", () => {
  it("线程起不来时说清楚，不会一直等", async () => {
    const broken = await serve(folder, { withhold: (file) => file.endsWith("worker-host.js") });
    const { page, close } = await openPage(browser);
    await page.goto(broken.url);
    const code = await page.evaluate(async () => {
      const { open } = await import("/dist/worker.js");
      return open({ pack: "/national.sheda" }).then(() => "opened", (error) => error.code);
    });
    assert.equal(code, "load");
    await close();
    await broken.close();
  });

  it("查找时主线程不停顿", async () => {
    const { page, close } = await openPage(browser);
    await page.goto(server.url);
    const long = await page.evaluate(async () => {
      const { open } = await import("/dist/worker.js");
      const sheda = await open({ pack: "/national.sheda" });
      let long = [];
      new PerformanceObserver((list) => long.push(...list.getEntries().map((task) => task.duration))).observe({ entryTypes: ["longtask"] });
      // The best of three: a busy machine may stop any process for a moment.
      for (let run = 0; run < 3; run++) {
        long = [];
        for (let round = 0; round < 20; round++) await Promise.all(["失业金", "退休", "工伤"].map((text) => sheda.search(text, { limit: 50 })));
        await new Promise((resolve) => setTimeout(resolve, 50));
        if (long.length === 0) break;
      }
      await sheda.close();
      return long;
    });
    assert.deepEqual(long, [], "不应有超过 50 毫秒的任务");
    await close();
  });
});
