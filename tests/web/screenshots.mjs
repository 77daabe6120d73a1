// The pictures in the docs: each page of the workbench as a person would see it at work. `npm run screenshots` after the page was built.

import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

import { launch, openPage } from "./browser.mjs";
import { serve } from "./serve.mjs";
import { dist } from "./visit.mjs";

const folder = fileURLToPath(new URL("../../docs/screenshots/", import.meta.url));
const screen = { viewport: { width: 1120, height: 700 } };
const LEDGER = `咨询日期,咨询人,联系电话,咨询形式,险种,咨询内容,答复内容,答复日期,经办人,办理结果,满意度
2026-11-02,王女士,,窗口,失业,失业金能领几个月？,您好！最长 24 个月，看您累计缴费的时间。依据：《社会保险法》第四十六条。,2026-11-02,李明,已办结,满意
2026-11-09,张先生,,电话,医疗,异地就医怎么备案？,您好！就医前请在国家医保服务平台或者参保地医保经办机构备案，请拨打 12393。,2026-11-09,李明,已办结,非常满意
2026-11-16,陈先生,,网络,养老,延迟退休怎么算？,,,李明,处理中,
2026-11-18,赵女士,,网络,工伤,上班路上摔伤算工伤吗？,您好！是否属于工伤，由社会保险行政部门依法认定，请在 1 年内申请。依据：《工伤保险条例》第十七条。,2026-11-19,周敏,已办结,满意
`;

const pictures = {
  ask: async (page) => {
    await page.getByRole("combobox", { name: "问题" }).fill("失业金能领几个月");
    await page.locator("article.answer h2").first().waitFor();
  },
  reply: async (page) => {
    await page.goto(`${site.url}#/reply`);
    await page.getByLabel("群众的问题").fill("失业金能领几个月？");
    const editor = page.getByRole("textbox", { name: "答复内容" });
    await editor.click();
    await page.keyboard.insertText("你好，这事不归我管。失业金最长能领 36 个月，我们会尽快给您答复。");
    await page.locator(".findings li").nth(2).waitFor();
  },
  ledger: async (page) => {
    await page.goto(`${site.url}#/ledger`);
    await page.getByText(/台账还是空的|^\d+ 条/).first().waitFor();
    await page.getByLabel("选择台账文件").setInputFiles({ name: "台账.csv", mimeType: "text/csv", buffer: Buffer.from(LEDGER) });
    const all = page.getByRole("button", { name: /^连有错误的一起导入/ });
    await page.getByRole("button", { name: /^导入没有错误的/ }).waitFor();
    await ((await all.count()) ? all : page.getByRole("button", { name: /^导入没有错误的/ })).click();
    await page.getByText(/已导入 \d+ 条/).waitFor();
  },
  report: async (page) => {
    await page.goto(`${site.url}#/report`);
    await page.locator("canvas").first().waitFor();
  },
  norms: async (page) => {
    await page.goto(`${site.url}#/norms/rules/W101`);
    await page.locator(".example").first().waitFor();
  },
  knowledge: async (page) => {
    await page.goto(`${site.url}#/knowledge`);
    await page.getByRole("heading", { name: "知识维护" }).first().waitFor();
  },
};

const site = await serve(dist, { base: "/" });
const browser = await launch(chromium);
await mkdir(folder, { recursive: true });
const tab = await openPage(browser, screen);
await tab.page.goto(site.url);
for (const [name, arrive] of Object.entries(pictures)) {
  await arrive(tab.page);
  await tab.page.waitForTimeout(1000);
  await tab.page.screenshot({ path: `${folder}${name}.jpg`, type: "jpeg", quality: 50 });
}
await browser.close();
await site.close();
