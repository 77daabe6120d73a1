// 台账 as a person uses it: in and out as files, changed in two windows at once, nothing lost.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, it } from "node:test";

import { DESKTOP, overflow, PHONE, usable, workbench } from "./visit.mjs";

const { visit: open } = workbench();
const on = (screen, run) => open(run, { address: "/ledger", screen });
const visit = (run) => on(DESKTOP, run);

const rows = (page) => page.getByRole("list", { name: "台账记录" }).getByRole("listitem");
const button = (page, name) => page.getByRole("button", { name });
const dialog = (page) => page.getByRole("dialog");

const HEADINGS = "序号,日期,咨询人（签名）,联系电话,咨询形式,险种,咨询内容,答复内容,答复日期,*经办人,办理结果,满意度,科室";
const daysAgo = (days) => new Date(Date.now() - days * 86_400_000).toLocaleDateString("sv");
/** A title above the headings, three sound rows, one each with a fault, a cell too many, nothing. */
const CSV = `咨询服务台账,,
${HEADINGS}
1,${daysAgo(30).replaceAll("-", "/")},王女士,13800138000,网上,失业,失业金能领几个月,您好！最长 24 个月。依据：《社会保险法》第四十六条。,${daysAgo(29)},李明,已办结,满意,一科
2,${daysAgo(60)},张先生,,窗口,养老,怎么补缴,,,李明,办理中,,二科
3,${daysAgo(0)},刘女士,,信函,工伤,"工伤认定要什么材料，
家属可以代办吗",,,赵强,办理中,,
4,${daysAgo(3)},,,窗口,养老,没有写咨询人,,,李明,办理中,,
,,,
5,${daysAgo(3)},周女士,,窗口,养老,多出来的格,,,李明,办理中,,,多,余
`;

/** Chooses a file for import. */
async function choose(page, name, content) {
  const buffer = Buffer.isBuffer(content) ? content : Buffer.from(content);
  await page.getByText(/台账还是空的|^\d+ 条/).first().waitFor();
  await page.getByLabel("选择台账文件").setInputFiles({ name, mimeType: "application/octet-stream", buffer });
}

async function importAll(page, content = CSV) {
  await choose(page, "台账.csv", content);
  await button(page, /^导入没有错误的/).waitFor();
  const all = button(page, /^连有错误的一起导入/);
  await ((await all.count()) ? all : button(page, /^导入没有错误的/)).click();
  await page.getByText(/已导入 \d+ 条/).waitFor();
}

/** Until nothing changes its colour any more. */
const settled = (page) => page.waitForTimeout(350);

/** The bytes of what a click downloads, and its name. */
async function downloaded(page, name) {
  const [download] = await Promise.all([page.waitForEvent("download"), button(page, name).click()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

const questions = async (page) => (await rows(page).locator(".question").allInnerTexts()).map((text) => text.trim());

describe("台账", () => {
  it("空的时候说明怎么开始", visit(async (page) => {
    await page.getByRole("heading", { name: "台账还是空的" }).waitFor();
    assert.match(await page.locator(".none").innerText(), /咨询日期、咨询人、联系电话/);
  }));

  it("导入：逐行说明，一行坏不碍别行，选好才写入", visit(async (page) => {
    await choose(page, "台账.csv", `\ufeff${CSV}`);
    await dialog(page).getByText("共 5 行：3 行没有错误，1 行有错误，1 行读不出，0 行已在台账里。还没有写入。").waitFor();
    const told = await dialog(page).getByRole("region", { name: "逐行说明" }).innerText();
    assert.match(told, /有错误\s+“咨询人”没有填/);
    assert.match(told, /读不出\s+这一行有 \d+ 格，比表头多/);
    const report = await downloaded(page, "下载逐行报告");
    assert.match(report.bytes.toString(), /行,情况,说明/);
    await button(page, "不导入").click();
    await page.getByRole("heading", { name: "台账还是空的" }).waitFor();
    await choose(page, "台账.csv", CSV);
    await button(page, "导入没有错误的（3）").click();
    await page.getByText("已导入 3 条").waitFor();
    assert.equal(await rows(page).count(), 3);
    await page.reload();
    await rows(page).first().waitFor();
    assert.equal(await rows(page).count(), 3, "重新打开还在");
    await choose(page, "台账.csv", CSV);
    await dialog(page).getByText(/3 行已在台账里/).waitFor();
  }));

  it("超期的在最前，写明超了几天；快到期的其次", visit(async (page) => {
    await importAll(page, `${HEADINGS}\n1,${daysAgo(0)},甲女士,,信函,养老,不急的,,,李明,办理中,,\n2,${daysAgo(15)},乙女士,,信函,养老,快到期的,,,李明,办理中,,\n3,${daysAgo(60)},丙女士,,窗口,养老,超期的,,,李明,办理中,,\n4,${daysAgo(9)},丁女士,,网络,养老,答过的,您好！答过了。,${daysAgo(9)},李明,已办结,,\n`);
    assert.deepEqual(await questions(page), ["超期的", "快到期的", "不急的", "答过的"]);
    assert.match(await rows(page).first().innerText(), /已超期 \d+ 个工作日/);
    await button(page, /已超期 1/).click();
    assert.deepEqual(await questions(page), ["超期的"]);
    await button(page, /已超期 1/).click();
    await page.getByLabel("查找").fill("丁女士");
    assert.deepEqual(await questions(page), ["答过的"]);
    await page.getByLabel("查找").fill("");
    await page.getByLabel("咨询形式").selectOption("信函");
    assert.deepEqual(await questions(page), ["快到期的", "不急的"]);
    await page.getByLabel("从哪天收到").fill(daysAgo(3));
    assert.deepEqual(await questions(page), ["不急的"]);
  }));

  it("改一条：边改边查，存下来；删一条要问过", visit(async (page) => {
    await importAll(page);
    await rows(page).filter({ hasText: "没有写咨询人" }).getByRole("button").click();
    await dialog(page).getByText("“咨询人”没有填").waitFor();
    await dialog(page).getByLabel("咨询人 *").fill("陈女士");
    await dialog(page).getByText("“咨询人”没有填").waitFor({ state: "detached" });
    await dialog(page).getByRole("button", { name: "保存" }).click();
    await page.getByText("已保存").waitFor();
    await page.reload();
    await rows(page).filter({ hasText: "没有写咨询人" }).getByRole("button").click();
    assert.equal(await dialog(page).getByLabel("咨询人 *").inputValue(), "陈女士");
    await dialog(page).getByRole("button", { name: "删除", exact: true }).click();
    await dialog(page).getByRole("button", { name: "不删除" }).click();
    await dialog(page).getByRole("button", { name: "删除", exact: true }).click();
    await dialog(page).getByRole("button", { name: "确认删除" }).click();
    await page.getByText("已删除").waitFor();
    assert.equal(await rows(page).count(), 3);
  }));

  it("键盘：Tab 到记录，Enter 打开，Esc 关上，焦点回到记录", visit(async (page) => {
    await importAll(page);
    await page.getByLabel("到哪天收到").focus();
    // A field of a day is several stops.
    for (let stop = 0; stop < 8 && !(await page.evaluate(() => document.activeElement.matches(".row"))); stop++) await page.keyboard.press("Tab");
    const asked = await page.evaluate(() => document.activeElement.querySelector(".question").textContent.trim());
    await page.keyboard.press("Enter");
    await dialog(page).waitFor();
    await page.keyboard.press("Escape");
    await dialog(page).waitFor({ state: "detached" });
    assert.equal(await page.evaluate(() => document.activeElement.querySelector(".question")?.textContent.trim()), asked);
  }));

  for (const [kind, label] of [["xlsx", "导出 XLSX"], ["csv", "导出 CSV"]]) {
    it(`导出 ${kind}，换一台电脑导入，一条不少一字不差`, visit(async (page) => {
      await importAll(page, CSV.replace("怎么补缴", "=1+1怎么补缴"));
      const { name, bytes } = await downloaded(page, label);
      assert.match(name, new RegExp(`^咨询服务台账-\\d{4}-\\d{2}-\\d{2}\\.${kind}$`));
      const before = await questions(page);
      await page.evaluate(() => new Promise((resolve) => {
        const opening = indexedDB.open("sheda-ledger");
        opening.onsuccess = () => {
          const clearing = opening.result.transaction("entries", "readwrite");
          clearing.objectStore("entries").clear();
          clearing.oncomplete = () => (opening.result.close(), resolve());
        };
      }));
      await page.reload();
      await choose(page, name, bytes);
      await button(page, /^连有错误的一起导入（4）/).click();
      await page.getByText("已导入 4 条").waitFor();
      assert.deepEqual(await questions(page), before);
      await rows(page).filter({ hasText: "失业金" }).getByRole("button").click();
      assert.equal(await dialog(page).getByLabel("联系电话").inputValue(), "13800138000");
      await page.keyboard.press("Escape");
      const again = await downloaded(page, "导出 CSV");
      assert.ok(again.bytes.toString().includes("一科"), "表外的栏目也在");
    }));
  }

  it("Excel 存的 GBK 编码也认得", visit(async (page) => {
    // 咨询日期,咨询人,咨询形式,险种,咨询内容,经办人,办理结果 in GBK, then one row.
    const gbk = Buffer.from("d7c9d1afc8d5c6da2cd7c9d1afc8cb2cd7c9d1afd0cecabd2ccfd5d6d62cd7c9d1afc4dac8dd2cbeadb0ecc8cb2cb0ecc0edbde1b9fb0d0a323032362d31312d32302ccdf5c5aecabf2cb4b0bfda2cd1f8c0cf2cd4f5c3b4b2b9bdc92cc0eec3f72cb0ecc0edd6d00d0a", "hex");
    await choose(page, "台账.csv", gbk);
    await button(page, "导入没有错误的（1）").click();
    await page.getByText("怎么补缴").waitFor();
  }));

  it("不是台账的文件：说清楚，原来的不动", visit(async (page) => {
    await importAll(page);
    for (const [name, content, words] of [
      ["坏的.xlsx", "not a workbook", "不是能打开的 Excel 工作簿"],
      ["照片.png", "x", "不是台账文件"],
      ["别的.csv", "a,b,c\n1,2,3\n", "没有表头"],
      ["缺栏.csv", "序号,咨询日期,咨询人,险种\n1,2,3,4\n", "缺少必需的栏目：咨询形式"],
    ]) {
      await choose(page, name, content);
      await dialog(page).getByRole("alert").waitFor();
      assert.ok((await dialog(page).innerText()).includes(words), `${name}：${await dialog(page).innerText()}`);
      await page.keyboard.press("Escape");
    }
    assert.equal(await rows(page).count(), 4);
  }));

  it("写到一半存不下：一条也不写，说清楚", visit(async (page) => {
    await choose(page, "台账.csv", CSV);
    await button(page, "导入没有错误的（3）").waitFor();
    await page.evaluate(() => {
      const add = IDBObjectStore.prototype.add;
      let left = 1;
      IDBObjectStore.prototype.add = function (...args) {
        if (left-- <= 0) throw new DOMException("空间不够", "QuotaExceededError");
        return add.apply(this, args);
      };
    });
    await button(page, "导入没有错误的（3）").click();
    await dialog(page).getByText(/一条也没有写入/).waitFor();
    await page.reload();
    await page.getByRole("heading", { name: "台账还是空的" }).waitFor();
  }));

  it("一千行：有进度，逐页看", visit(async (page) => {
    const many = Array.from({ length: 1000 }, (_, at) => `${at + 1},${daysAgo(at % 20)},王女士,,窗口,养老,问题${at + 1},,,李明,办理中,,`);
    await choose(page, "多.csv", `${HEADINGS}\n${many.join("\n")}\n`);
    await dialog(page).getByRole("progressbar", { name: "导入进度" }).waitFor();
    await button(page, "导入没有错误的（1000）").click();
    await page.getByText("已导入 1000 条").waitFor();
    await rows(page).first().waitFor();
    assert.equal(await rows(page).count(), 50);
    await button(page, "下一页").click();
    await page.getByText("第 2 / 20 页").waitFor();
  }));

  it("两个窗口：一边加，另一边看得到；同时改一条，谁的都不丢", visit(async (page, tab) => {
    await importAll(page);
    const other = await page.context().newPage();
    const complaints = [];
    other.on("console", (message) => complaints.push(message.text()));
    await other.goto(page.url());
    await rows(other).first().waitFor();
    assert.equal(await rows(other).count(), 4);
    for (const window of [page, other]) await rows(window).filter({ hasText: "怎么补缴" }).getByRole("button").click();
    await dialog(page).getByLabel("经办人 *").fill("赵强");
    await dialog(page).getByRole("button", { name: "保存" }).click();
    await page.getByText("已保存").waitFor();
    await dialog(other).getByLabel("联系电话").fill("13900139000");
    await dialog(other).getByRole("button", { name: "保存" }).click();
    await dialog(other).getByText("这条记录刚在另一个窗口改过").waitFor();
    await dialog(other).getByRole("button", { name: "看那边改的" }).click();
    assert.equal(await dialog(other).getByLabel("经办人 *").inputValue(), "赵强");
    await dialog(other).getByLabel("联系电话").fill("13900139000");
    await dialog(other).getByRole("button", { name: "保存" }).click();
    await other.getByText("已保存").waitFor();
    await other.keyboard.press("Escape");
    await choose(other, "又.csv", `${HEADINGS}\n9,${daysAgo(1)},孙女士,,窗口,养老,另一边加的,,,李明,办理中,,\n`);
    await button(other, "导入没有错误的（1）").click();
    await rows(page).filter({ hasText: "另一边加的" }).waitFor();
    await rows(page).filter({ hasText: "怎么补缴" }).getByRole("button").click();
    assert.equal(await dialog(page).getByLabel("联系电话").inputValue(), "13900139000");
    assert.deepEqual(complaints, [], "另一个窗口的控制台也应当是空的");
    assert.ok(tab);
  }));

  it("去答复：问题带到拟复，交了就是已答复", visit(async (page) => {
    await importAll(page);
    await rows(page).filter({ hasText: "工伤认定要什么材料" }).getByRole("button").click();
    await dialog(page).getByRole("button", { name: "去答复" }).click();
    await page.waitForURL(/#\/reply$/);
    await page.getByText("答复台账第 3 号").waitFor();
    assert.match(await page.getByLabel("群众的问题").inputValue(), /工伤认定要什么材料/);
    assert.equal(await page.getByLabel("咨询人 *").inputValue(), "刘女士");
    await button(page, /^插入：.*工伤认定/).first().click();
    await page.getByLabel("办理结果 *").selectOption("已办结");
    await page.waitForTimeout(400);
    await button(page, "提交并记入台账").click();
    const confirm = button(page, "仍然提交");
    await Promise.race([confirm.waitFor().then(() => confirm.click()), page.getByText("已记入台账").waitFor()]);
    await page.getByRole("link", { name: "看台账" }).click();
    await page.getByText("4 条", { exact: true }).waitFor();
    assert.match(await rows(page).filter({ hasText: "工伤认定要什么材料" }).innerText(), /已答复[\s\S]*已办结/);
  }));

  it("360 像素的手机：不横向滚动", on(PHONE, async (page) => {
    await importAll(page);
    assert.ok((await overflow(page)) <= 0);
    await rows(page).first().getByRole("button").tap();
    await dialog(page).waitFor();
    assert.ok((await overflow(page)) <= 0);
  }));
});

describe("台账：无障碍（axe）", () => {
  it("每种屏幕：空的、导入、列表、一条", on(DESKTOP, async (page) => {
    await page.getByRole("heading", { name: "台账还是空的" }).waitFor();
    await usable(page, "空的");
    await choose(page, "台账.csv", CSV);
    await button(page, /^连有错误的一起导入/).waitFor();
    await usable(page, "导入");
    await button(page, /^连有错误的一起导入/).click();
    await rows(page).first().waitFor();
    await dialog(page).waitFor({ state: "detached" });
    await usable(page, "列表");
    await rows(page).filter({ hasText: "没有写咨询人" }).getByRole("button").click();
    await dialog(page).getByText("“咨询人”没有填").waitFor();
    await usable(page, "一条");
  }));
});
