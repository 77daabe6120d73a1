// 规范 as a person uses it: parts, rules and their examples, flows, self-inspection, terms.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { DESKTOP, overflow, PHONE, usable, workbench } from "./visit.mjs";
import { open } from "../../wasm/js/dist/node.js";
import { packPath } from "../../wasm/js/test/fixture.mjs";

const { visit } = workbench();

const heading = (page, name) => page.getByRole("heading", { level: 1, name });
const panel = (page) => page.getByRole("region", { name: "试一试" });
const reply = (page) => panel(page).getByRole("textbox", { name: "答复" });
/** The panel's one line on what the rule says. */
const verdict = (page, text) => panel(page).getByRole("status").filter({ hasText: text }).waitFor();

describe("规范", () => {
  it("从导航进来，八个部分都在，没有公开的直说", visit(async (page) => {
    await page.getByRole("navigation", { name: "工作台" }).getByRole("link", { name: "规范" }).click();
    await heading(page, "标准的八个部分").waitFor();
    const blocks = page.locator(".block");
    assert.equal(await blocks.count(), 8);
    assert.equal(await page.title(), "规范 · 社答");
    const text = await page.locator("main").innerText();
    for (const words of ["定义原文没有公开", "时限是本单位的承诺，不是标准的规定", "步骤原文没有公开"]) assert.ok(text.includes(words), words);
    await blocks.nth(6).getByRole("link", { name: /服务忌语 \d+ 条/ }).click();
    await heading(page, "质检规则").waitFor();
    assert.equal(await page.getByRole("button", { name: "W1 服务忌语" }).getAttribute("aria-pressed"), "true");
  }));

  it("规则可以按字、类别、轻重找", visit(async (page) => {
    await page.getByText(/^\d+ 条规则$/).waitFor();
    const all = await page.locator(".entry").count();
    assert.ok(all > 90, String(all));
    await page.getByRole("searchbox", { name: "在规则里找" }).fill("推诿");
    await page.locator(".entry").filter({ hasText: "W101" }).waitFor();
    assert.ok((await page.locator(".entry").count()) < 10);
    await page.getByRole("button", { name: "T 服务时限" }).click();
    await page.getByText("没有这样的规则").waitFor();
    await page.getByRole("searchbox", { name: "在规则里找" }).fill("");
    await page.getByRole("button", { name: /^错误/ }).click();
    await page.locator(".entry").filter({ hasText: "T101" }).waitFor();
    assert.equal(await page.locator(".entry").filter({ hasText: "T102" }).count(), 0, "提醒级的不在");
  }, { address: "/norms/rules" }));

  it("诊断里的网址打开规则页：检查什么、为什么、反例、正例、依据", visit(async (page) => {
    await heading(page, "W101").waitFor();
    await page.waitForURL(/#\/norms\/rules\/W101$/);
    for (const name of ["检查什么", "为什么", "反例", "正例", "依据"]) await page.getByRole("heading", { name, exact: true }).waitFor();
  }, { address: "/rules/W101" }));

  it("点反例、点正例、自己写一句，马上知道规则怎么说", visit(async (page) => {
    await heading(page, "W101").waitFor();
    await verdict(page, /这条规则提示了 \d+ 处/);
    await page.getByRole("button", { name: "爱找谁找谁，反正别找我。" }).click();
    await verdict(page, /这条规则提示了/);
    assert.equal(await reply(page).inputValue(), "爱找谁找谁，反正别找我。");
    assert.ok((await panel(page).locator(".marked .error").allInnerTexts()).join("").includes("爱找谁找谁"), "有下划线");
    await page.getByRole("button", { name: "参保人不关心的细节可以略过。" }).click();
    await verdict(page, "这条规则没有提示");
    await reply(page).fill("");
    await reply(page).pressSequentially("您的事不归我们管。", { delay: 15 });
    await verdict(page, "这条规则提示了 1 处");
  }, { address: "/norms/rules/W101" }));

  it("看得到怎么改，按一下就改好", visit(async (page) => {
    await verdict(page, "这条规则提示了");
    await reply(page).fill("你需要先办理失业登记。");
    await panel(page).getByText("您需要先办理失业登记。").waitFor();
    await panel(page).getByRole("button", { name: "按此修改" }).first().click();
    await verdict(page, "这条规则没有提示");
    assert.equal(await reply(page).inputValue(), "您需要先办理失业登记。");
  }, { address: "/norms/rules/W201" }));

  it("服务形式不同，规则不同", visit(async (page) => {
    await verdict(page, "这条规则提示了");
    await panel(page).getByRole("combobox", { name: "服务形式" }).selectOption("电话");
    await verdict(page, "这条规则没有提示");
  }, { address: "/norms/rules/W202" }));

  it("时限的例子带着日期，改了日期重新算", visit(async (page) => {
    await verdict(page, "这条规则提示了");
    assert.equal(await panel(page).getByLabel("收到").inputValue(), "2026-09-24");
    await panel(page).getByLabel("答复于").fill("2026-09-25");
    await verdict(page, "这条规则没有提示");
  }, { address: "/norms/rules/T101" }));

  it("台账的例子逐栏可改", visit(async (page) => {
    await verdict(page, "这条规则提示了");
    const day = panel(page).getByLabel("咨询日期");
    assert.equal(await day.getAttribute("aria-invalid"), "true");
    await day.fill("2026-11-20");
    await verdict(page, "这条规则没有提示");
  }, { address: "/norms/rules/L101" }));

  it("规则列表旁随便写一句，链到提示它的规则", visit(async (page) => {
    await page.getByText(/^\d+ 条规则$/).waitFor();
    await reply(page).fill("我们尽快给您答复，你等着吧。");
    await panel(page).getByRole("link", { name: "T201" }).click();
    await heading(page, "T201").waitFor();
    assert.ok(await heading(page, "T201").evaluate((element) => element === document.activeElement), "读屏从题目读起");
    assert.ok(!decodeURIComponent(page.url()).includes("尽快"), "写的话不进网址");
  }, { address: "/norms/rules" }));

  it("没有这条规则就说没有", visit(async (page) => {
    await page.getByText("没有规则 W999").waitFor();
    await page.getByRole("link", { name: "看全部规则" }).click();
    await page.getByText(/^\d+ 条规则$/).waitFor();
  }, { address: "/norms/rules/W999" }));

  it("六条流程，一步一步", visit(async (page) => {
    const flows = page.getByRole("navigation", { name: "流程" }).getByRole("link");
    await flows.first().waitFor();
    assert.deepEqual((await flows.allInnerTexts()).map((text) => text.trim()), ["窗口", "电话", "信函", "网络", "新闻媒体", "引导"]);
    await flows.nth(3).click();
    await page.getByRole("heading", { name: "网络咨询服务流程" }).waitFor();
    assert.ok((await page.locator(".step").count()) >= 5);
    assert.match(await page.locator("main").innerText(), /步骤为本产品默认，标准原文未公开/);
  }, { address: "/norms/flows" }));

  it("自查清单：勾选、写整改，留在本机，打印带日期", visit(async (page) => {
    const item = (at) => page.locator(".item").nth(at);
    await item(0).getByRole("radio", { name: "符合", exact: true }).check();
    await item(1).getByRole("radio", { name: "待整改" }).check();
    await item(1).getByRole("textbox").fill("12月10日前增设人工窗口");
    await page.getByLabel("自查人").fill("李明");
    await page.getByLabel("自查日期").fill("2026-11-20");
    await page.getByText("符合 1　待整改 1　不适用 0").waitFor();
    await page.reload();
    await page.getByText("符合 1　待整改 1　不适用 0").waitFor();
    assert.equal(await item(1).getByRole("textbox").inputValue(), "12月10日前增设人工窗口");
    await page.emulateMedia({ media: "print" });
    assert.ok(await page.getByText("负责人签字").isVisible());
    assert.equal(await page.getByLabel("自查日期").inputValue(), "2026-11-20");
    for (const hidden of [page.getByRole("navigation").first(), page.getByRole("button", { name: "打印" })]) assert.ok(!(await hidden.isVisible()));
    await page.emulateMedia({ media: "screen" });
    page.once("dialog", (dialog) => dialog.accept());
    await page.getByRole("button", { name: "清空重查" }).click();
    await page.getByText("符合 0　待整改 0　不适用 0").waitFor();
    assert.equal(await page.getByLabel("自查人").inputValue(), "李明");
  }, { address: "/norms/inspections" }));

  it("四个术语：写明不是标准的定义", visit(async (page) => {
    await page.locator(".term").first().waitFor();
    assert.equal(await page.locator(".term").count(), 4);
    assert.match(await page.locator("main").innerText(), /不是标准的定义/);
  }, { address: "/norms/terms" }));
});

describe("每条规则的例子", () => {
  it("在网页里试，反例报、正例不报", visit(async (page) => {
    const sheda = await open({ pack: packPath });
    const rules = await sheda.rules();
    await sheda.close();
    // One rule of each kind, by its page: the reading of examples is the page's own.
    const kinds = [...new Map(rules.map((rule) => [rule.kind, rule]))].map(([, rule]) => rule);
    assert.ok(kinds.length >= 9);
    for (const rule of kinds) {
      await page.evaluate((code) => (location.hash = `#/norms/rules/${code}`), rule.code);
      await heading(page, rule.code).waitFor();
      const examples = page.locator(".example");
      for (let at = 0; at < rule.bad.length + rule.good.length; at++) {
        await examples.nth(at).click();
        await page.waitForTimeout(30);
        await verdict(page, at < rule.bad.length ? "这条规则提示了" : "这条规则没有提示");
      }
    }
  }));
});

describe("规范的每一页", () => {
  const pages = ["", "/rules", "/rules/W101", "/rules/L101", "/rules/T101", "/flows", "/inspections", "/terms"];
  it("每种屏幕：axe 没有发现，不横向滚动", visit(async (page) => {
    for (const part of pages) {
      await page.evaluate((part) => (location.hash = `#/norms${part}`), part);
      await page.waitForTimeout(400);
      await usable(page, part);
    }
  }, { address: "/norms" }));

  it("手机大字也不横向滚动", visit(async (page) => {
    await page.getByRole("button", { name: "大字" }).click();
    for (const part of pages) {
      await page.evaluate((part) => (location.hash = `#/norms${part}`), part);
      await page.waitForTimeout(300);
      assert.ok((await overflow(page)) <= 0, part);
    }
  }, { screen: PHONE, address: "/norms" }));

  it("打印不带导航", visit(async (page) => {
    await heading(page, "W101").waitFor();
    await page.emulateMedia({ media: "print" });
    assert.ok(!(await page.locator(".frame-head").isVisible()));
    assert.ok(!(await panel(page).isVisible()));
  }, { screen: DESKTOP, address: "/norms/rules/W101" }));
});
