// Every page for everyone: by keyboard, with large text, without motion, on a phone and on a wall; and how heavy the first screen is.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, it } from "node:test";
import { gzipSync } from "node:zlib";

import { DESKTOP, dist, usable, workbench } from "./visit.mjs";

const { visit } = workbench();

const PAGES = ["/ask", "/ask/unemployment-benefit-duration", "/reply", "/ledger", "/report", "/norms", "/norms/inspections", "/norms/rules/W101"];
/** The first screen may weigh this much, gzip. */
const FIRST_SCREEN = 350_000;

async function each(page, look) {
  for (const address of PAGES) {
    await page.evaluate((address) => (location.hash = `#${address}`), address);
    await page.waitForTimeout(500);
    await look(address);
  }
}

const large = (page) => page.getByRole("button", { name: "大字" }).click();

describe("人人可用", () => {
  it("大字：每一页、每种屏幕，axe 没有发现，不横向滚动", visit(async (page) => {
    await page.getByText("什么事归谁管").first().waitFor({ state: "attached" });
    await large(page);
    await each(page, (address) => usable(page, address));
  }));

  it("大字重开仍是大字", visit(async (page) => {
    await large(page);
    await page.reload();
    assert.ok(await page.evaluate(() => document.documentElement.hasAttribute("data-large")));
  }));

  it("键盘第一下就能跳到正文", visit(async (page) => {
    await each(page, async (address) => {
      await page.reload();
      await page.getByRole("banner").waitFor();
      // As one who has just come to the page, wherever it has put the cursor.
      await page.evaluate(() => {
        document.body.tabIndex = -1;
        document.body.focus();
        document.body.removeAttribute("tabindex");
      });
      await page.keyboard.press("Tab");
      const skip = page.getByRole("link", { name: "跳到正文" });
      assert.ok(await skip.evaluate((link) => link === document.activeElement), address);
      const { x, y } = await skip.boundingBox();
      assert.ok(x >= 0 && y >= 0, "看得见");
      await page.keyboard.press("Enter");
      assert.equal(await page.evaluate(() => document.activeElement.id), "main");
    });
  }));

  it("按 Tab 走到的每一处都看得出来", visit(async (page) => {
    await each(page, async (address) => {
      for (let step = 0; step < 25; step++) {
        await page.keyboard.press("Tab");
        const hidden = await page.evaluate(() => {
          let element = document.activeElement;
          if (element === document.body) return "";
          while (element.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
          // An editor shows it around the whole of it.
          const ringed = [element, element.getRootNode().host?.parentElement].filter(Boolean).some((one) => {
            const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
            return (outlineStyle !== "none" && outlineWidth !== "0px") || boxShadow !== "none";
          });
          return ringed ? "" : element.outerHTML.slice(0, 120);
        });
        assert.equal(hidden, "", address);
      }
    });
  }));

  it("不要动画的人看不到动画", visit(async (page) => {
    await each(page, async (address) => {
      const moving = await page.evaluate(() => document.getAnimations().filter((animation) => animation.effect.getComputedTiming().activeDuration > 0).length);
      assert.equal(moving, 0, address);
    });
  }, { screen: { ...DESKTOP, reducedMotion: "reduce" } }));

  it("答案打印出来只有答案", visit(async (page) => {
    await page.locator("article.answer").waitFor();
    await page.emulateMedia({ media: "print" });
    for (const hidden of [".frame-head", ".ask .top", ".list-pane"]) assert.ok(!(await page.locator(hidden).isVisible()), hidden);
    const cut = await page.locator("article.answer").evaluate((article) => {
      const pane = article.closest(".answer-pane");
      return pane.scrollHeight - pane.clientHeight;
    });
    assert.ok(cut <= 0, "打印时不截断");
  }, { address: "/ask/unemployment-benefit-duration" }));
});

describe("第一屏", () => {
  it("脚本压缩后不超过 350 KB，编辑器和图表用到才取", visit(async (page, { requests }) => {
    await page.getByRole("combobox", { name: "问题" }).fill("失业金能领几个月");
    await page.locator("article.answer").waitFor();
    const scripts = [...new Set(requests.filter((url) => url.endsWith(".js") && !url.endsWith("service-worker.js")))];
    const sizes = await Promise.all(scripts.map(async (url) => gzipSync(await readFile(path.join(dist, "assets", path.basename(url)))).length));
    const sum = sizes.reduce((total, size) => total + size, 0);
    assert.ok(scripts.length > 0 && sum <= FIRST_SCREEN, `${sum} 字节`);
  }));
});
