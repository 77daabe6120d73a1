// 查答 as a person uses it, in real Chromium, served from a folder that is not the root.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { describe, it } from "node:test";

import { openPage } from "./browser.mjs";
import { serve } from "./serve.mjs";
import { dist, overflow, PHONE, usable, workbench } from "./visit.mjs";
import { open } from "../../wasm/js/dist/node.js";
import { packPath } from "../../wasm/js/test/fixture.mjs";

const { bench, visit } = workbench();

const box = (page) => page.getByRole("combobox", { name: "问题" });
/** Role and place: the region's native options are options too. */
const cards = (page) => page.locator("#hits [role=option]");
const article = (page) => page.locator("article.answer");

/** Types a question and waits for its answers. */
async function ask(page, text) {
  await box(page).fill(text);
  await page.waitForFunction((text) => document.querySelector("[role=combobox]").value === text && document.querySelector("#hits, .none"), text);
}

describe("查答", () => {
  it("打开就能输入，写着知识包的名字和版本", visit(async (page) => {
    await page.getByText("全国社会保险咨询知识库").waitFor();
    assert.equal(await page.title(), "查答 · 社答");
    assert.ok(await box(page).evaluate((input) => input === document.activeElement));
    const names = await page.getByRole("navigation", { name: "工作台" }).getByRole("link").allInnerTexts();
    assert.deepEqual(names.map((name) => name.trim()), ["查答", "拟复", "台账", "监督评价", "规范"]);
  }));

  it("逐字输入失业金能领几个月，读到答案和法律依据", visit(async (page) => {
    await box(page).pressSequentially("失业金能领几个月", { delay: 20 });
    await article(page).getByRole("heading", { name: "失业保险金最多能领几个月？" }).waitFor();
    const text = await article(page).innerText();
    for (const words of ["《社会保险法》第四十六条", "24 个月", "满 5 年不足 10 年", "12333"]) assert.ok(text.includes(words), words);
    const card = cards(page).first();
    assert.ok((await card.innerText()).includes("《社会保险法》第四十六条"));
    assert.ok((await card.locator("mark").allInnerTexts()).some((mark) => mark.includes("个月")));
    assert.ok(!page.url().includes("失业") && !page.url().includes("%"), "问题不进网址");
  }));

  it("键盘：↓ 选择、Enter 打开、Esc 返回、/ 输入", visit(async (page) => {
    await ask(page, "失业金能领几个月");
    await box(page).press("ArrowDown");
    const second = cards(page).nth(1);
    assert.equal(await second.getAttribute("aria-selected"), "true");
    assert.equal(await box(page).getAttribute("aria-activedescendant"), await second.getAttribute("id"));
    const title = await second.locator("h2").innerText();
    await box(page).press("Enter");
    await page.waitForURL(/#\/ask\/[a-z0-9-]+$/);
    await article(page).locator("h2", { hasText: title }).first().waitFor();
    assert.ok(await article(page).locator("h2").first().evaluate((heading) => heading === document.activeElement), "读屏从题目读起");
    await page.keyboard.press("Escape");
    await page.waitForURL(/#\/ask$/);
    assert.ok(await box(page).evaluate((input) => input === document.activeElement));
    await page.keyboard.press("Escape");
    assert.equal(await box(page).inputValue(), "");
    await page.locator("body").click({ position: { x: 900, y: 700 } });
    await page.keyboard.press("/");
    assert.ok(await box(page).evaluate((input) => input === document.activeElement));
    assert.equal(await box(page).inputValue(), "", "/ 不打进框里");
  }));

  it("打得再快，显示的总是最后一个问题的答案", visit(async (page) => {
    for (const text of ["工", "工伤", "工伤认定", "异地", "异地就医", "生育津贴", "失业金能领几个月"]) await box(page).fill(text);
    await article(page).getByRole("heading", { name: "失业保险金最多能领几个月？" }).waitFor();
    await page.waitForTimeout(200);
    assert.equal(await cards(page).first().locator("h2").innerText(), "失业保险金最多能领几个月？");
  }));

  it("按险种、事项筛选，再点一次取消", visit(async (page) => {
    await ask(page, "怎么申请");
    const chip = page.getByRole("group", { name: "险种" }).getByRole("button", { name: "工伤", exact: true });
    await chip.click();
    await page.waitForFunction(() => [...document.querySelectorAll("#hits > li")].every((card) => card.textContent.includes("工伤")));
    assert.equal(await chip.getAttribute("aria-pressed"), "true");
    await chip.click();
    assert.equal(await chip.getAttribute("aria-pressed"), "false");
  }));

  it("地区可选全部省份，重开仍记得", visit(async (page) => {
    const region = page.getByRole("combobox", { name: "地区" });
    await page.getByText("全国社会保险咨询知识库").waitFor();
    const names = await region.locator("option").allInnerTexts();
    for (const name of ["全国", "北京市", "广东省", "西藏自治区", "新疆维吾尔自治区"]) assert.ok(names.includes(name), name);
    await region.selectOption({ label: "广东省" });
    await page.reload();
    await page.getByText("全国社会保险咨询知识库").waitFor();
    assert.equal(await region.locator("option:checked").innerText(), "广东省");
    await ask(page, "失业金能领几个月");
    assert.ok((await cards(page).count()) > 0);
  }));

  it("问题里说了地区，就按那里查", visit(async (page) => {
    await ask(page, "广东失业金能领几个月");
    await page.getByText("按广东省查找").waitFor();
  }));

  it("复制为答复：有礼貌、有依据、有电话", visit(async (page, tab) => {
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await ask(page, "失业金能领几个月");
    await page.getByRole("button", { name: "复制为答复" }).click();
    await page.getByText("已复制").waitFor();
    const text = await page.evaluate(() => navigator.clipboard.readText());
    for (const words of ["您好", "24 个月", "依据：《社会保险法》第四十六条", "12333"]) assert.ok(text.includes(words), text);
    assert.ok(tab);
  }));

  it("没有答案时直说，并指路", visit(async (page) => {
    await ask(page, "qqqqq zzzz");
    await page.getByRole("heading", { name: "没有找到答案" }).waitFor();
    assert.ok((await page.locator(".none").innerText()).includes("12345"));
  }));

  it("没有把握时先指路，不把答案摆成定论", visit(async (page) => {
    await ask(page, "火星移民补贴怎么申请");
    const note = page.getByRole("note");
    await note.waitFor();
    assert.match(await note.innerText(), /没有把握[\s\S]*12\d{3}/);
    assert.equal(await article(page).count(), 0);
    await cards(page).first().click();
    await article(page).waitFor();
  }));

  it("看过的答案留在本机，可以清空", visit(async (page) => {
    await ask(page, "失业金能领几个月");
    await cards(page).first().click();
    await article(page).getByRole("heading", { name: "失业保险金最多能领几个月？" }).waitFor();
    await page.goto(bench.server.url);
    await page.getByText("常问").waitFor({ state: "attached" });
    await page.reload();
    const lately = page.getByRole("region", { name: "最近看过" });
    await lately.getByRole("button", { name: "失业保险金最多能领几个月？" }).click();
    await article(page).getByRole("heading", { name: "失业保险金最多能领几个月？" }).waitFor();
    await page.keyboard.press("Escape");
    await lately.getByRole("button", { name: "清空" }).click();
    await lately.waitFor({ state: "detached" });
  }));

  it("带 id 的网址直接打开答案；没有这条就说没有", visit(async (page) => {
    await page.getByText("全国社会保险咨询知识库").waitFor();
    await page.goto(`${bench.server.url}#/ask/unemployment-benefit-duration`);
    await article(page).getByRole("heading", { name: "失业保险金最多能领几个月？" }).waitFor();
    await article(page).locator(".related").getByRole("button").first().click();
    await page.waitForURL((url) => !url.hash.endsWith("unemployment-benefit-duration"));
    await page.goto(`${bench.server.url}#/ask/no-such-answer`);
    await page.getByText("没有这条答案").waitFor();
  }));

  it("360 像素的手机：列表、答案、返回，不横向滚动", visit(async (page) => {
    await page.getByText("什么事归谁管").first().waitFor();
    assert.ok((await overflow(page)) <= 0);
    await ask(page, "失业金能领几个月");
    assert.ok((await overflow(page)) <= 0);
    assert.ok(!(await article(page).isVisible()), "先看列表");
    await cards(page).first().tap();
    await article(page).getByRole("heading", { name: "失业保险金最多能领几个月？" }).waitFor();
    assert.ok((await overflow(page)) <= 0);
    await page.getByRole("button", { name: "返回列表" }).tap();
    await cards(page).first().waitFor();
  }, { screen: PHONE }));

  it("大字、深色", visit(async (page) => {
    await page.getByRole("button", { name: "大字" }).click();
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize), "20px");
    await page.getByRole("button", { name: /明暗/ }).click();
    assert.equal(await page.evaluate(() => document.documentElement.getAttribute("theme-mode")), "dark");
    await page.reload();
    assert.equal(await page.evaluate(() => document.documentElement.getAttribute("theme-mode")), "dark");
  }));
});

describe("常问", () => {
  it("每一句都有有把握的答案", async () => {
    const source = await readFile(new URL("../../web-demo/src/pages/ask/often-asked.ts", import.meta.url), "utf8");
    const questions = [...source.matchAll(/^ {2}"(.+)",$/gm)].map(([, question]) => question);
    assert.ok(questions.length >= 8);
    const sheda = await open({ pack: packPath });
    for (const question of questions) {
      const { confident, hits } = await sheda.search(question);
      assert.ok(confident, `${question} → ${hits[0]?.title}`);
    }
    await sheda.close();
  });
});

describe("无障碍（axe）", () => {
  const states = {
    开始: async () => {},
    答案: (page) => ask(page, "失业金能领几个月"),
    没有把握: (page) => ask(page, "火星移民补贴怎么申请"),
    没有答案: (page) => ask(page, "qqqqq zzzz"),
  };
  for (const [state, reach] of Object.entries(states)) {
    it(`每种屏幕 · ${state}`, visit(async (page) => {
      await page.getByText("什么事归谁管").first().waitFor({ state: "attached" });
      await reach(page);
      await usable(page);
    }));
  }
});

/** Opens a site that is not quite as it was built. */
function elsewhere(options, run) {
  return async () => {
    const site = await serve(dist, options);
    const tab = await openPage(bench.browser);
    try {
      await run(tab.page, tab, site);
    } finally {
      await tab.close();
      await site.close();
    }
  };
}

describe("出错时", () => {
  let missing = true;
  it("知识包取不到：说清楚，可以重试", elsewhere({ withhold: (file) => missing && file === "national.sheda" }, async (page, _tab, site) => {
    await page.goto(site.url);
    const alert = page.getByRole("alert");
    await alert.waitFor();
    assert.match(await alert.innerText(), /知识包没有打开[\s\S]*404/);
    missing = false;
    await page.getByRole("button", { name: "重试" }).click();
    await page.getByText("全国社会保险咨询知识库").waitFor();
    await ask(page, "失业金能领几个月");
    assert.ok((await cards(page).count()) > 0);
  }));

  const damaged = (file) => {
    if (file !== "national.sheda") return undefined;
    const bytes = readFileSync(packPath);
    bytes[bytes.length >> 1] ^= 0xff;
    return bytes;
  };
  it("知识包坏了：说是哪一部分", elsewhere({ replace: damaged }, async (page, _tab, site) => {
    await page.goto(site.url);
    const alert = page.getByRole("alert");
    await alert.waitFor();
    assert.match(await alert.innerText(), /知识包已损坏：“.+”/);
  }));

  const HOSTILE = `<p onclick="hurt()" style="color:red">好内容</p><script>hurt()</script><img src="https://example.invalid/x.png" onerror="hurt()">
    <a href="javascript:hurt()">链接</a><iframe src="https://example.invalid/"></iframe><svg><script>hurt()</script></svg><table><tr><td>表</td></tr></table>`;
  let host = "";
  const hostile = (file) => (/worker-host.*\.js$/.test(file) ? host : undefined);
  it("答案里的脚本、图片、属性都不会成为页面的一部分", elsewhere({ replace: hostile }, async (page, { complaints, requests }, site) => {
    const sheda = await open({ pack: packPath });
    const manifest = await sheda.manifest();
    const answer = { ...(await sheda.answer("unemployment-benefit-duration")), html: HOSTILE.replaceAll(/\n\s*/g, "") };
    const replies = { open: manifest, manifest, directory: await sheda.directory(), answer };
    await sheda.close();
    // A worker that answers as the engine would, but with this answer.
    host = `const replies = ${JSON.stringify(replies)};
      onmessage = ({ data: { id, method } }) => postMessage({ id, result: replies[method] ?? null });`;
    await page.goto(`${site.url}#/ask/unemployment-benefit-duration`);
    await page.getByText("好内容").waitFor();
    const body = await page.locator(".answer-body").evaluate((body) => body.innerHTML.replaceAll(/<!--.*?-->/g, ""));
    assert.equal(body, '<p>好内容</p>链接<div class="answer-table" tabindex="0" role="region" aria-label="表格"><table><tbody><tr><td>表</td></tr></tbody></table></div>');
    // Even parsed aside, the browser names what the policy forbids; nothing else may have happened.
    assert.deepEqual(complaints.filter((text) => !text.includes("Content Security Policy")), []);
    assert.ok(requests.every((url) => url.startsWith(site.url)));
  }));
});
