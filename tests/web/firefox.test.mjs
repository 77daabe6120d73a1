// The way most people go, in a second engine: Firefox, driven by WebDriver BiDi. Everything else is tested in Chromium.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { after, before, describe, it } from "node:test";

import puppeteer from "puppeteer-core";

import { serve } from "./serve.mjs";
import { dist } from "./visit.mjs";

const PLACES = ["/usr/bin/firefox-esr", "/usr/bin/firefox"];

describe("Firefox", () => {
  let site, browser, page;
  const complaints = [];
  const text = (selector) => page.$eval(selector, (element) => element.innerText);
  const see = (words) => page.waitForFunction((words) => document.body.innerText.includes(words), {}, words);

  before(async () => {
    const executablePath = process.env.FIREFOX_PATH ?? PLACES.find((place) => existsSync(place));
    assert.ok(executablePath, "没有 Firefox：请安装，或用 FIREFOX_PATH 指明程序");
    site = await serve(dist, { base: "/some/folder/" });
    browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true });
    page = await browser.newPage();
    await page.setViewport({ width: 1280, height: 800 });
    page.setDefaultTimeout(20_000);
    page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  });

  after(async () => {
    await browser?.close();
    await site?.close();
  });

  it("查答：输入问题，读到答案和依据", async () => {
    await page.goto(`${site.url}#/ask`);
    const box = await page.waitForSelector("[role=combobox]");
    await box.type("失业金能领几个月");
    await page.waitForSelector("article.answer h2");
    assert.match(await text("article.answer"), /失业保险金最多能领几个月[\s\S]*《社会保险法》第四十六条[\s\S]*12333/);
    assert.ok((await page.$$("#hits [role=option]")).length > 3);
  });

  it("拟复：插入答案，写错就提示，改好提交，进台账", async () => {
    await page.goto(`${site.url}#/reply`);
    await page.locator("textarea").fill("失业金能领几个月？");
    await page.locator("button[aria-label^=插入：失业保险金最多能领几个月]").click();
    await see("没有发现问题");
    const editor = await page.waitForSelector(".editor >>> [aria-label=答复内容]");
    await editor.click();
    await page.keyboard.type("这事不归我管。");
    await page.waitForFunction(() => document.querySelector(".findings li")?.innerText.includes("W101"));
    for (let left = "这事不归我管。".length; left > 0; left--) await page.keyboard.press("Backspace");
    await see("没有发现问题");
    await page.type("#reply-咨询人", "王女士");
    await page.type("#reply-经办人", "李明");
    await page.locator(".submit button").click();
    await see("已记入台账");
    await page.goto(`${site.url}#/ledger`);
    await see("已答复 1");
    assert.deepEqual(complaints, []);
  });

  it("监督评价、规范都能打开", async () => {
    for (const [address, words] of [["/report", "监督评价"], ["/norms", "规范"], ["/norms/rules/W101", "反例"]]) {
      await page.goto(`${site.url}#${address}`);
      await see(words);
    }
    assert.deepEqual(complaints, [], "控制台应当是空的");
  });
});
