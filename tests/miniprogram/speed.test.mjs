// How long things take in the strict stand-in. Figures are printed; only ratios fail, since machines differ.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import zlib from "node:zlib";

import { compactPack, makeApp, packageFolder, root } from "./app.mjs";
import { validate } from "./old-engine.mjs";
import { start } from "./runtime.mjs";

const median = (times) => times.toSorted((a, b) => a - b)[times.length >> 1];
const shown = (times) => median(times).toFixed(2);
const OFFICIAL =
  "您好！根据《社会保险法》第四十六条，失业前累计缴费满一年不足五年的，领取失业保险金的期限最长为十二个月；满五年不足十年的，最长为十八个月；" +
  "十年以上的，最长为二十四个月。申领时请携带身份证、社会保障卡和终止劳动关系的证明，到参保地公共就业服务机构办理失业登记，也可以在掌上12333、" +
  "电子社保卡申请，10个工作日内办结。领取期间参加职工医保的费用从失业保险基金支付，您不用缴。如果您找到了新的工作，或者到了领取养老金的年龄，" +
  "就不再领取；没有领完的月数可以留着，以后再失业时合并计算。有什么不清楚的，请拨打12333，我们再为您说明。";
/** A reply of 300 characters, as offices write them. */
const REPLY = OFFICIAL.repeat(2).slice(0, 300);

/** Milliseconds of each of these calls, one after another. */
async function timed(calls) {
  const times = [];
  for (const call of calls) {
    const before = performance.now();
    await call();
    times.push(performance.now() - before);
  }
  return times;
}

describe("快慢", async () => {
  const questions = (await readFile(path.join(root, "tests/golden/questions.jsonl"), "utf8")).trim().split("\n").slice(0, 400).map((line) => JSON.parse(line).text);
  let app, browser;
  before(async () => {
    app = await makeApp();
    // The stand-in's own check of the module is not the phone's.
    await validate(zlib.brotliDecompressSync(await readFile(path.join(packageFolder, "miniprogram_dist/sheda.wasm.br"))));
    browser = (await import(pathToFileURL(path.join(packageFolder, "dist/node.js")))).open;
  });
  after(() => app.remove());

  const searches = async (sheda) => {
    for (const text of questions) await sheda.search(text);
    return timed(questions.map((text) => () => sheda.search(text)));
  };
  const checks = (sheda) => timed(Array.from({ length: 300 }, () => () => sheda.check({ channel: "网络", reply: REPLY, receivedAt: "2026-11-20", now: "2026-11-23" }))).then((times) => times.slice(100));

  it("打开、查一次、检查一条 300 字的答复、内存", async (test) => {
    const opens = [];
    let opened, runtime;
    for (let round = 0; round < 5; round++) {
      await opened?.close();
      runtime = start({ root: app.folder });
      const { open } = runtime.require("miniprogram_npm/sheda");
      opens.push(...(await timed([async () => void (opened = await open())])));
    }
    const [searched, first, checked] = [await searches(opened), await timed([() => opened.check({ reply: REPLY })]), await checks(opened)];
    const { byteLength } = runtime.device.memory.buffer;
    test.diagnostic(`mini-program: open ${shown(opens)} ms, search ${shown(searched)} ms, first check ${shown(first)} ms, check of ${REPLY.length} characters ${shown(checked)} ms, memory ${(byteLength / 1e6).toFixed(1)} MB`);
    assert.ok(byteLength <= 48 * 1024 * 1024, `内存 ${byteLength}`);

    const usual = await browser({ pack: compactPack });
    const [there, thereChecked] = [await searches(usual), await checks(usual)];
    test.diagnostic(`the browsers' module on the same pack: search ${shown(there)} ms, check ${shown(thereChecked)} ms`);
    assert.ok(median(searched) <= median(there) * 4, "降级后慢了四倍以上");
    assert.ok(median(checked) <= median(thereChecked) * 4, "降级后慢了四倍以上");
    await usual.close();
  });

  it("没有 WebAssembly 的一份", async (test) => {
    const { cp } = await import("node:fs/promises");
    await cp(path.join(packageFolder, "without-wasm"), path.join(app.folder, "without-wasm"), { recursive: true });
    const runtime = start({ root: app.folder, lacks: ["WebAssembly"] });
    let opened;
    const opens = await timed([async () => void (opened = await runtime.require("without-wasm").open())]);
    const [searched, checked] = [await searches(opened), await checks(opened)];
    test.diagnostic(`without WebAssembly: load and open ${shown(opens)} ms, search ${shown(searched)} ms, check ${shown(checked)} ms`);
    assert.ok(median(searched) < 100 && opens[0] < 10_000, "慢得用不了");
  });
});
