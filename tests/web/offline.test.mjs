// Installed on a device: without network, with a new pack on the server, with a new version of the page.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { after, before, describe, it } from "node:test";

import { chromium } from "playwright-core";

import { launch, openPage } from "./browser.mjs";
import { nextPack } from "./next-pack.mjs";
import { serve } from "./serve.mjs";
import { dist, violations } from "./visit.mjs";

let browser;
before(async () => (browser = await launch(chromium)));
after(() => browser?.close());

const NEXT = "2099.01.01";

/** A site whose files can be exchanged while the page is open: `other` maps names to contents. */
function device(run) {
  return async () => {
    const other = new Map();
    const site = await serve(dist, { base: "/desk/", replace: (file) => other.get(file) });
    const tab = await openPage(browser);
    let quiet = [];
    try {
      await tab.page.goto(site.url);
      await kept(tab.page);
      await run(tab.page, { ...tab, site, other, expected: (...words) => (quiet = words) });
      assert.deepEqual(tab.complaints.filter((text) => !quiet.some((words) => text.includes(words))), [], "控制台应当是空的");
    } finally {
      await tab.close();
      await site.close();
    }
  };
}

const ready = (page) => page.getByText("全国社会保险咨询知识库").first().waitFor();
const offered = (page) => page.getByRole("status", { name: "更新" });

/** Waits until everything is on the device. */
async function kept(page) {
  await ready(page);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === "activated");
}

async function ask(page) {
  await page.getByRole("combobox", { name: "问题" }).fill("失业金能领几个月");
  await page.locator("article.answer").getByRole("heading", { name: "失业保险金最多能领几个月？" }).waitFor();
}

describe("离线", () => {
  it("断网后重新打开，查答、规范、检查都能用", device(async (page, { site }) => {
    await page.context().setOffline(true);
    await site.close();
    await page.reload();
    await ready(page);
    await ask(page);
    // This page's script has not been needed before.
    await page.getByRole("link", { name: "规范" }).click();
    await page.getByRole("link", { name: "质检规则" }).click();
    await page.getByRole("textbox", { name: "答复" }).fill("这事不归我管。");
    await page.getByRole("link", { name: "W101" }).last().waitFor();
    await page.goto(`${site.url}#/ask/unemployment-benefit-duration`);
    await page.locator("article.answer").waitFor();
    assert.equal(await offered(page).locator("*").count(), 0, "断网不打扰");
  }));

  it("服务器不应答（网络还在）也一样", device(async (page, { site }) => {
    await site.close();
    await page.reload();
    await ready(page);
    await ask(page);
  }));

  it("再次打开，知识包和模块都从本机取", device(async (page, { requests, site }) => {
    const served = [];
    page.on("response", (response) => response.fromServiceWorker() || served.push(response.url().slice(site.url.length)));
    requests.length = 0;
    await page.reload();
    await ready(page);
    await ask(page);
    assert.deepEqual(served.filter((url) => url !== ""), [], "没有一样是从网上来的");
    assert.ok(requests.every((url) => url.startsWith(site.url)));
  }));

  it("打开以后不再请求", device(async (page, { requests }) => {
    await page.waitForLoadState("networkidle");
    await page.getByRole("link", { name: "规范" }).hover();
    requests.length = 0;
    await ask(page);
    await page.waitForTimeout(500);
    assert.deepEqual(requests, []);
  }));
});

describe("可安装", () => {
  it("浏览器认为可以安装", device(async (page) => {
    const client = await page.context().newCDPSession(page);
    const { installabilityErrors } = await client.send("Page.getInstallabilityErrors");
    // Test contexts are private windows, where nothing can be installed.
    assert.deepEqual(installabilityErrors.map((error) => error.errorId).filter((id) => id !== "in-incognito"), []);
  }));

  it("清单里的图标都在，尺寸如其所言", async () => {
    const manifest = JSON.parse(await readFile(path.join(dist, "manifest.webmanifest"), "utf8"));
    for (const { src, sizes, type } of manifest.icons) {
      const bytes = await readFile(path.join(dist, src));
      if (type === "image/png") assert.equal(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`, sizes, src);
    }
  });
});

describe("新的知识包", () => {
  const next = nextPack(NEXT);

  it("只提供，不强换；选“以后”就还是原来的", device(async (page, { other }) => {
    other.set("national.sheda", next.bytes).set("national.json", next.info);
    await page.reload();
    await offered(page).getByText(NEXT).waitFor();
    assert.deepEqual(await violations(page), []);
    await offered(page).getByRole("button", { name: "以后" }).click();
    assert.ok(!(await page.locator(".pack").innerText()).includes(NEXT));
    await page.reload();
    await offered(page).getByText(NEXT).waitFor();
    assert.ok(!(await page.locator(".pack").innerText()).includes(NEXT), "重开还是原来的，再问一次");
    await ask(page);
  }));

  it("现在启用：打开核对后换上，断网重开也是新的", device(async (page, { other, site }) => {
    other.set("national.sheda", next.bytes).set("national.json", next.info);
    await page.reload();
    await offered(page).getByRole("button", { name: "现在启用" }).click();
    await offered(page).getByText(`已启用 全国社会保险咨询知识库 ${NEXT}`).waitFor();
    await page.locator(".pack").getByText(NEXT).waitFor();
    await ask(page);
    await page.context().setOffline(true);
    await site.close();
    await page.reload();
    await page.locator(".pack").getByText(NEXT).waitFor();
    await ask(page);
  }));

  it("新的坏了：说明原因，旧的一直在用", device(async (page, { other, site }) => {
    const damaged = Buffer.from(next.bytes);
    damaged[damaged.length >> 1] ^= 0xff;
    other.set("national.sheda", damaged).set("national.json", next.info);
    await page.reload();
    await offered(page).getByRole("button", { name: "现在启用" }).click();
    await offered(page).getByText(/没有启用，仍在用原来的。知识包已损坏/).waitFor();
    await ask(page);
    await page.context().setOffline(true);
    await site.close();
    await page.reload();
    await ready(page);
    assert.ok(!(await page.locator(".pack").innerText()).includes(NEXT));
    await ask(page);
  }));

  it("取到一半断了：旧的一直在用", device(async (page, { other, site, expected }) => {
    expected("ERR_CONNECTION_REFUSED", "national.sheda");
    other.set("national.sheda", next.bytes).set("national.json", next.info);
    await page.reload();
    await offered(page).getByText(NEXT).waitFor();
    await site.close();
    await offered(page).getByRole("button", { name: "现在启用" }).click();
    await offered(page).getByText("没有启用，仍在用原来的").waitFor();
    await ask(page);
  }));

  it("本机存的坏了：从网上重新取", device(async (page) => {
    await page.evaluate(async () => {
      const packs = await caches.open("sheda-pack");
      await packs.put(new URL("national.sheda", document.baseURI), new Response("坏了"));
    });
    await page.reload();
    await ready(page);
    await ask(page);
  }));
});

describe("新版的页面", () => {
  it("装好后才提供，启用后是新版", device(async (page, { other }) => {
    const worker = await readFile(path.join(dist, "service-worker.js"), "utf8");
    const index = await readFile(path.join(dist, "index.html"), "utf8");
    other.set("service-worker.js", worker.replace(/const VERSION = "\w+"/, 'const VERSION = "next"'));
    other.set("index.html", index.replace("<title>社答</title>", '<title>社答</title><meta name="generation" content="next">'));
    const generation = () => page.locator("meta[name=generation]").count();
    await page.reload();
    await offered(page).getByText("工作台有新版本").waitFor();
    assert.equal(await generation(), 0, "没说要换就不换");
    await offered(page).getByRole("button", { name: "现在启用" }).click();
    await page.locator("meta[name=generation]").waitFor({ state: "attached" });
    await ready(page);
    await ask(page);
  }));
});
