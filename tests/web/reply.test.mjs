// 拟复 as a person uses it: from a question on paper to a valid reply in the ledger.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { openPage } from "./browser.mjs";
import { serve } from "./serve.mjs";
import { DESKTOP, dist, overflow, PHONE, usable, workbench } from "./visit.mjs";

const { bench, visit: open } = workbench();
const on = (screen, run) => open(run, { address: "/reply", screen });
const visit = (run) => on(DESKTOP, run);

const question = (page) => page.getByLabel("群众的问题");
const editor = (page) => page.getByRole("textbox", { name: "答复内容" });
const findings = (page) => page.getByRole("list", { name: "检查结果" }).getByRole("listitem");
/** What stands in the editor, or in the field that stands in for it. */
const text = (page) => editor(page).evaluate((content) => content.value ?? [...content.querySelectorAll(".cm-line")].map((line) => line.textContent).join("\n"));
const underlined = (page, words) => page.locator(".found", { hasText: words }).first();
const submit = (page) => page.getByRole("button", { name: "提交并记入台账" });
const field = (page, name) => page.getByLabel(name, { exact: true });

/** Writes into the empty editor. */
async function write(page, words) {
  await editor(page).click();
  await page.keyboard.insertText(words);
}

/** The records in the browser's database. */
const records = (page) => page.evaluate(async () => {
  const there = (await indexedDB.databases()).some(({ name }) => name === "sheda-ledger");
  if (!there) return [];
  const opening = indexedDB.open("sheda-ledger");
  const db = await new Promise((resolve) => (opening.onsuccess = () => resolve(opening.result)));
  const all = db.transaction("entries").objectStore("entries").getAll();
  await new Promise((resolve) => (all.onsuccess = resolve));
  db.close();
  return all.result.map(({ record }) => record);
});

async function fillIn(page) {
  await field(page, "咨询人 *").fill("王女士");
  await field(page, "经办人 *").fill("李明");
}

const BAD = "你好，这事不归我管。";

describe("拟复", () => {
  it("从问题到台账里的一条合格答复，不到一分钟", visit(async (page) => {
    const began = Date.now();
    await question(page).fill("失业金能领几个月？");
    await page.getByRole("button", { name: "插入：失业保险金最多能领几个月？" }).click();
    await page.getByText("没有发现问题").waitFor();
    assert.match(await text(page), /^您好！[\s\S]*依据：《社会保险法》第四十六条/);
    assert.equal(await field(page, "险种 *").inputValue(), "失业", "险种随答案填好");
    await fillIn(page);
    await submit(page).click();
    await page.getByText("已记入台账").waitFor();
    assert.ok(Date.now() - began < 60_000);
    const [record] = await records(page);
    for (const [column, words] of Object.entries({ 咨询内容: "失业金能领几个月", 咨询形式: "窗口", 险种: "失业", 答复内容: "第四十六条", 咨询人: "王女士", 经办人: "李明", 办理结果: "已办结" })) {
      assert.ok(record[column].includes(words), `${column}：${record[column]}`);
    }
    assert.match(record.答复日期, /^\d{4}-\d{2}-\d{2}$/);
    assert.equal(await question(page).inputValue(), "", "接着写下一条");
    assert.equal(await field(page, "经办人 *").inputValue(), "李明", "经办人不必再写");
    assert.ok(!page.url().includes("%") && !page.url().includes("失业"), "问题不进网址");
  }));

  it("边写边检查，鼠标停在字上看到依据和规则页，点一下就改", visit(async (page) => {
    await write(page, `${BAD}请看通知。`);
    await underlined(page, "不归我").hover({ position: { x: 44, y: 10 } });
    const tip = page.locator(".cm-tooltip");
    await tip.waitFor();
    assert.match(await tip.innerText(), /错误[\s\S]*推诿[\s\S]*编制说明五7[\s\S]*规则 W101/);
    assert.match(await tip.getByRole("link").getAttribute("href"), /^#\/.*W101$/);
    await tip.getByRole("button", { name: "换成引导用语" }).click();
    await page.waitForFunction(() => ![...document.querySelectorAll(".findings li")].some((item) => item.textContent.includes("W101")));
    assert.ok(!(await text(page)).includes("不归我"));
    await page.keyboard.press("Control+z");
    assert.ok((await text(page)).includes("不归我"), "可以撤销");
  }));

  it("键盘：F8 到下一处并说明，Ctrl+. 去修正，Enter 改，焦点回到文中", visit(async (page) => {
    await write(page, BAD);
    await findings(page).first().waitFor();
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("F8");
    await page.keyboard.press("F8");
    await page.locator(".cm-tooltip", { hasText: "推诿" }).waitFor();
    assert.match(await page.locator(".findings [aria-current=true]").innerText(), /W101/);
    await page.keyboard.press("Control+.");
    assert.equal(await page.evaluate(() => document.activeElement.textContent.trim()), "换成引导用语");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => !document.querySelector(".findings")?.textContent.includes("W101"));
    await page.keyboard.insertText("！");
    assert.ok((await text(page)).includes("！"), "接着写");
  }));

  it("一键修正只改有把握的", visit(async (page) => {
    await write(page, `${BAD}你带你的身份证来。`);
    const button = page.getByRole("button", { name: /一键修正/ });
    await page.waitForFunction(() => /一键修正（\d）/.test(document.body.innerText));
    await button.click();
    await page.waitForFunction(() => !document.querySelector(".findings")?.textContent.includes("W201"));
    const now = await text(page);
    assert.ok(now.startsWith("您好，这事不归我管。您带您的"), now);
    assert.ok(await button.isDisabled());
  }));

  it("有错误不能提交，光标到出错的地方", visit(async (page) => {
    await question(page).fill("退休年龄是多少");
    await write(page, BAD);
    await findings(page).first().waitFor();
    await submit(page).click();
    await page.getByText(/还有 \d+ 处错误/).waitFor();
    assert.ok(await page.evaluate(() => document.activeElement.closest(".findings .error") !== null));
    assert.equal(await field(page, "咨询人 *").getAttribute("aria-invalid"), "true");
    await page.getByText("“咨询人”没有填").waitFor();
    assert.deepEqual(await records(page), []);
  }));

  it("只有提醒：问过再提交；超期的也要能办结", visit(async (page) => {
    await question(page).fill("失业金能领几个月？");
    await page.getByRole("button", { name: "插入：失业保险金最多能领几个月？" }).click();
    await page.getByLabel("收到日期").fill("2026-01-05");
    await page.getByText(/已超期 \d+ 个工作日/).waitFor();
    await fillIn(page);
    await page.keyboard.press("Control+Enter");
    const dialog = page.getByRole("dialog", { name: "还有提醒，确认要提交吗？" });
    assert.match(await dialog.innerText(), /超期/);
    await dialog.getByRole("button", { name: "回去修改" }).click();
    assert.deepEqual(await records(page), []);
    await submit(page).click();
    await dialog.getByRole("button", { name: "仍然提交" }).click();
    await page.getByText("已记入台账").waitFor();
    assert.equal((await records(page)).length, 1);
  }));

  it("期限按咨询形式和工作日算，写明参照什么", visit(async (page) => {
    await page.getByLabel("收到日期").fill("2026-09-30");
    await page.getByLabel("咨询形式").selectOption("窗口");
    await page.getByText("应在 2026年10月9日 前答复").waitFor();
    await page.getByLabel("咨询形式").selectOption("信函");
    await page.getByText("应在 2026年10月15日 前答复").waitFor();
    await page.locator(".due summary").click();
    await page.getByText("信访工作条例").waitFor();
    assert.equal(await page.getByLabel("哪一条流程").locator("option:checked").innerText(), "信函咨询服务流程");
    assert.equal(await page.getByLabel("哪一条流程").locator("option").count(), 6);
  }));

  it("重新打开，写到一半的还在；清空重写就没有了", visit(async (page) => {
    await question(page).fill("退休年龄是多少");
    await write(page, "您好！正在写");
    await page.getByLabel(/接待/).check();
    await page.reload();
    await editor(page).waitFor();
    assert.equal(await question(page).inputValue(), "退休年龄是多少");
    assert.equal(await text(page), "您好！正在写");
    assert.ok(await page.getByLabel(/接待/).isChecked());
    await page.getByRole("button", { name: "清空重写" }).click();
    assert.equal((await text(page)).includes("正在写"), false);
    await page.reload();
    await editor(page).waitFor();
    assert.equal(await question(page).inputValue(), "");
  }));

  it("查答里“插入拟复”：问题和答案都带过来，不进网址", open(async (page) => {
    await page.getByRole("combobox", { name: "问题" }).fill("失业金可以领多久呀");
    await page.locator("article.answer").getByRole("button", { name: "插入拟复" }).click();
    await page.waitForURL(/#\/reply$/);
    await editor(page).waitFor();
    assert.equal(await question(page).inputValue(), "失业金可以领多久呀");
    assert.match(await text(page), /^您好！[\s\S]*依据：/);
    assert.equal(await field(page, "险种 *").inputValue(), "失业");
  }));

  it("编辑器还没到就能写，到了不丢字、不丢光标", on(DESKTOP, async (page) => {
    await page.getByText("窗口咨询服务流程").first().waitFor({ state: "attached" });
    let release;
    await page.route("**/editor-*.js", async (route) => {
      await new Promise((go) => (release = go));
      await route.continue();
    });
    await page.reload();
    const plain = page.locator("textarea[aria-label=答复内容]");
    await plain.click();
    await page.keyboard.insertText("您好，失业金");
    await page.keyboard.press("ArrowLeft");
    while (!release) await page.waitForTimeout(20);
    release();
    await plain.waitFor({ state: "detached" });
    await page.keyboard.insertText("保险");
    assert.equal(await text(page), "您好，失业保险金");
  }));

  it("编辑器取不到，也能写、能检查、能提交", async () => {
    const site = await serve(dist, { withhold: (file) => /editor-.*\.js$/.test(file) });
    const tab = await openPage(bench.browser);
    try {
      const { page } = tab;
      await page.goto(`${site.url}#/reply`);
      await page.getByText("带提示的编辑器没有打开").waitFor();
      await question(page).fill("失业金能领几个月？");
      await editor(page).fill(BAD);
      await findings(page).first().waitFor();
      await page.getByRole("button", { name: "插入：失业保险金最多能领几个月？" }).click();
      assert.match(await editor(page).inputValue(), /24 个月/);
      await submit(page).click();
      await page.getByText(/还有 \d+ 处错误/).waitFor();
    } finally {
      await tab.close();
      await site.close();
    }
  });

  it("360 像素的手机：不横向滚动，能写能交", on(PHONE, async (page) => {
    await question(page).fill("失业金能领几个月？");
    await page.getByRole("button", { name: "插入：失业保险金最多能领几个月？" }).tap();
    await page.getByText("没有发现问题").waitFor();
    assert.ok((await overflow(page)) <= 0);
    await fillIn(page);
    await submit(page).tap();
    await page.getByText("已记入台账").waitFor();
  }));
});

describe("拟复：无障碍（axe）", () => {
  it("每种屏幕：空白、有错误", on(DESKTOP, async (page) => {
    await editor(page).waitFor();
    await page.getByText("窗口咨询服务流程").first().waitFor({ state: "attached" });
    await usable(page, "空白");
    await question(page).fill("失业金能领几个月？");
    await write(page, BAD);
    await findings(page).first().waitFor();
    await page.getByRole("button", { name: /^插入：/ }).first().waitFor();
    await submit(page).click();
    await page.getByText(/还有 \d+ 处错误/).waitFor();
    await usable(page, "有错误");
  }));
});
