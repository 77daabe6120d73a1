// 监督评价 as a person uses it: from an empty ledger to figures, narrowed and printed.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { DESKTOP, usable, workbench } from "./visit.mjs";
import { open } from "../../wasm/js/dist/node.js";
import { packPath } from "../../wasm/js/test/fixture.mjs";

const bench = workbench();
const on = (screen, run) => bench.visit(run, { address: "/report", screen });
const visit = (run) => on(DESKTOP, run);

const HEAD = ["序号", "咨询日期", "咨询人", "联系电话", "咨询形式", "险种", "咨询内容", "答复内容", "答复日期", "经办人", "办理结果", "满意度"];
const GOOD = "您好！失业保险金最长领取 24 个月。依据：《社会保险法》第四十六条。";
const RECORDS = [
  [1, "2026-09-01", "王女士", "13800138000", "电话", "失业", "失业金能领几个月", GOOD, "2026-09-02", "李明", "已办结", "满意"],
  [2, "2026年9月3日", "张先生", "", "网上", "养老", "什么时候能退休", "这事不归我管，你自己看文件。", "2026-09-30", "李明", "已办结", "不满意"],
  [3, "2026-10-12", "刘女士", "", "窗口", "医疗", "异地就医怎么备案", "", "", "赵强", "办理中", "未评价"],
  [4, "2026/10/20", "陈先生", "", "信函", "工伤", "<b>工伤</b>认定要什么材料", "", "", "赵强", "未能答复", ""],
  [5, "2026-11-02", "周女士", "13900139000", "12333", "失业", "失业登记怎么办", GOOD, "2026-11-02", "李明", "已办结", "非常满意"],
].map((values) => Object.fromEntries(values.map((value, at) => [HEAD[at], value])));

/** Puts records into the ledger of this browser, as another tab would. */
async function fill(page, records = RECORDS) {
  await page.getByRole("heading", { name: "台账里还没有记录" }).waitFor();
  await page.evaluate(async (records) => {
    const opening = indexedDB.open("sheda-ledger");
    const db = await new Promise((resolve) => (opening.onsuccess = () => resolve(opening.result)));
    const writing = db.transaction("entries", "readwrite");
    for (const record of records) writing.objectStore("entries").add({ version: 1, changed: Date.now(), record });
    await new Promise((resolve) => (writing.oncomplete = resolve));
    db.close();
    new BroadcastChannel("sheda-ledger").postMessage(null);
  }, records);
  await page.getByText("咨询量", { exact: true }).waitFor();
}

const key = (page, name) => page.locator(".key").filter({ has: page.getByText(name, { exact: true }) }).locator("dd");
const figure = (page, title) => page.getByRole("figure", { name: title });
const drawn = (page, title) => figure(page, title).locator("canvas").waitFor();

describe("监督评价", () => {
  it("台账空着：说怎样才有数据", visit(async (page) => {
    await page.getByRole("heading", { name: "台账里还没有记录" }).waitFor();
    await page.getByRole("main").getByRole("link", { name: "拟复" }).click();
    await page.waitForURL(/#\/reply$/);
  }));

  it("记进台账就有报告，数字与 sheda report 一样", visit(async (page) => {
    await fill(page);
    const sheda = await open({ pack: packPath });
    const figures = await sheda.report(RECORDS);
    await sheda.close();
    const percent = (share) => `${(share * 100).toFixed(1)}%`;
    assert.equal(await key(page, "咨询量").innerText(), "5");
    assert.equal(await key(page, "按时答复率").innerText(), percent(figures.onTimeRate));
    assert.equal(await key(page, "超期").innerText(), String(figures.overdueRows));
    assert.equal(await key(page, "满意率").innerText(), percent(figures.satisfactionRate));
    const text = await page.getByRole("main").innerText();
    for (const words of ["2026年9月1日至2026年11月2日", "W101", "<b>工伤</b>认定要什么材料", "未答复"]) assert.ok(text.includes(words), words);
  }));

  it("图旁边有同样数字的表", visit(async (page) => {
    await fill(page);
    await drawn(page, "按月的咨询量和按时率");
    const table = figure(page, "按月的咨询量和按时率");
    await table.getByText("看数字").click();
    assert.deepEqual(await table.getByRole("row").allInnerTexts().then((rows) => rows.map((row) => row.split(/\s+/))), [
      ["月份", "件数", "按时率"], ["2026-09", "2", "50.0%"], ["2026-10", "2", "0.0%"], ["2026-11", "1", "100.0%"],
    ]);
    for (const title of ["各服务形式的咨询量和按时率", "满意度", "质检问题（按规则）"]) await drawn(page, title);
  }));

  it("按月份和服务形式看，别名也算", visit(async (page) => {
    await fill(page);
    await page.getByLabel("月份").selectOption("2026-09");
    await key(page, "咨询量").filter({ hasText: /^2$/ }).waitFor();
    await page.getByLabel("服务形式").selectOption("网络");
    await key(page, "咨询量").filter({ hasText: /^1$/ }).waitFor();
    assert.ok((await page.getByRole("main").innerText()).includes("什么时候能退休"));
    await page.getByLabel("月份").selectOption("2026-11");
    await page.getByText("没有记录，请换一个").waitFor();
    await page.getByLabel("月份").selectOption("");
    await page.getByLabel("服务形式").selectOption("电话");
    await key(page, "咨询量").filter({ hasText: /^2$/ }).waitFor();
  }));

  it("质检问题链到规则页", visit(async (page) => {
    await fill(page);
    await page.getByRole("region", { name: "质检问题" }).getByRole("link", { name: "W101" }).click();
    await page.getByRole("heading", { level: 1, name: "W101" }).waitFor();
  }));

  it("两千条也算得完，页面不卡住", visit(async (page) => {
    await fill(page, Array.from({ length: 400 }, () => RECORDS).flat());
    await key(page, "咨询量").filter({ hasText: /^2000$/ }).waitFor();
  }));

  it("打印：没有导航和选项，图和清单都在", visit(async (page) => {
    await fill(page);
    await drawn(page, "满意度");
    await page.emulateMedia({ media: "print" });
    assert.ok(!(await page.locator(".frame-head").isVisible()));
    assert.ok(!(await page.getByLabel("月份").isVisible()));
    assert.ok(await figure(page, "满意度").locator("canvas").isVisible());
    assert.ok(await page.getByText("生成日期").isVisible());
  }));

  it("换明暗、换大字，图跟着换", visit(async (page) => {
    await fill(page);
    await drawn(page, "满意度");
    const picture = () => figure(page, "满意度").locator("canvas").evaluate((canvas) => canvas.toDataURL());
    const before = await picture();
    await page.getByRole("button", { name: /明暗/ }).click();
    await page.waitForTimeout(300);
    assert.notEqual(await picture(), before);
  }));

  it("每种屏幕：axe 没有发现，不横向滚动", on(DESKTOP, async (page) => {
    await page.getByRole("heading", { name: "台账里还没有记录" }).waitFor();
    await usable(page, "没有记录");
    await fill(page);
    await drawn(page, "满意度");
    for (const summary of await page.locator("summary").all()) await summary.click();
    await usable(page, "有记录");
  }));
});
