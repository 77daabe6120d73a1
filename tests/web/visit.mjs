// The built page as a person uses it: served from a folder that is not the root, and whatever is done, the console must
// stay empty and nothing foreign may be asked for.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

import { launch, openPage } from "./browser.mjs";
import { serve } from "./serve.mjs";

/** Where the page was built. */
export const dist = fileURLToPath(new URL("../../web-demo/dist", import.meta.url));

export const DESKTOP = { viewport: { width: 1280, height: 800 } };
export const DARK = { ...DESKTOP, colorScheme: "dark" };
export const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
export const WALL = { viewport: { width: 3840, height: 2160 } };
/** Screens that every page must be usable on. */
export const SCREENS = { 浅色: DESKTOP, 深色: DARK, 手机: PHONE, 大屏: WALL };

const axe = await readFile(new URL(import.meta.resolve("axe-core/axe.min.js")), "utf8");

/** A server and a browser for the tests of one file; in `bench` from its first test on. */
export function workbench() {
  const bench = { server: null, browser: null };
  before(async () => {
    bench.server = await serve(dist, { base: "/some/folder/" });
    bench.browser = await launch(chromium);
  });
  after(async () => {
    await bench.browser?.close();
    await bench.server?.close();
  });
  /** A test that opens `address` (after the #), runs, and looks into the console. */
  function visit(run, { address = "", screen = DESKTOP } = {}) {
    return async () => {
      const tab = await openPage(bench.browser, screen);
      try {
        await tab.page.goto(bench.server.url + (address && `#${address}`));
        await run(tab.page, tab);
        assert.deepEqual(tab.complaints, [], "控制台应当是空的");
        const foreign = tab.requests.filter((url) => !url.startsWith(bench.server.url) && !url.startsWith("data:"));
        assert.deepEqual(foreign, [], "不应有页面以外的请求");
      } finally {
        await tab.close();
      }
    };
  }
  return { bench, visit };
}

/** Shows what an open page holds on one screen after another; the page is not loaded again, as when a window changes. */
export async function onEveryScreen(page, look) {
  for (const [name, { viewport, colorScheme = "light" }] of Object.entries(SCREENS)) {
    await page.setViewportSize(viewport);
    // A colour half way from light to dark has no contrast worth measuring.
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.waitForTimeout(300);
    await look(name);
  }
  await page.setViewportSize(DESKTOP.viewport);
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "no-preference" });
}

/** On every screen: axe finds nothing, and the page does not scroll sideways. */
export function usable(page, state = "") {
  return onEveryScreen(page, async (screen) => {
    assert.deepEqual(await violations(page), [], `${screen} ${state}`);
    assert.ok((await overflow(page)) <= 0, `${screen} ${state}：横向滚动`);
  });
}

/** What axe finds, one line each. */
export async function violations(page) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run({ resultTypes: ["violations"] }));
  return found.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")} ${node.any[0]?.message ?? ""}`));
}

/** By how many pixels the page can be scrolled sideways. */
export function overflow(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
}
