// The two components and the pages of the demo: type, tap, read.

import assert from "node:assert/strict";
import { after, describe, it } from "node:test";

import { asked, host, show, tap, text, type, until } from "./simulator.mjs";

after(() => setTimeout(() => process.exit(), 50));

describe("出错的时候", () => {
  it("模块起不来：说清楚，好了能再试", async () => {
    host.broken = true;
    const search = show("miniprogram_npm/sheda/sheda-search/index");
    const errors = [];
    search.addEventListener("error", ({ detail }) => errors.push(detail.code));
    type(search, ".input", "失业金");
    search.querySelector(".input").dispatchEvent("confirm");
    await until(() => search.querySelector(".notice--error"), "出错说明");
    assert.match(text(search), /引擎模块打不开/);
    assert.deepEqual(errors, ["load"]);
    host.broken = false;
    tap(search, ".retry");
    await until(() => search.querySelector(".hit"), "再试成功");
  });
});

describe("<sheda-search>", () => {
  const search = show("miniprogram_npm/sheda/sheda-search/index", { region: 0 });

  it("边打边提示，点提示就查，点结果看答案", async () => {
    type(search, ".input", "失业金");
    await until(() => search.querySelector(".suggestion"), "提示");
    tap(search, ".suggestion");
    await until(() => search.querySelector(".hit"), "结果");
    assert.equal(search.querySelector(".suggestion"), undefined);
    type(search, ".input", "失业金能领几个月");
    search.querySelector(".input").dispatchEvent("confirm");
    await until(() => search.querySelector(".hit__title")?.dom.textContent.includes("失业保险金最多能领几个月"), "失业金的结果");
    assert.ok(search.querySelector(".hit__snippet .mark"), "标出了问到的字");
    tap(search, ".hit", "失业保险金最多能领几个月");
    await until(() => search.querySelector(".answer__title"), "答案");
    assert.match(search.instance.data.answer.html, /24 个月/);
    assert.match(text(search), /《社会保险法》第四十六条/);
    assert.match(text(search), /12333/);
    tap(search, ".back");
    await until(() => search.querySelector(".hit"), "回到结果");
  });

  it("查不到时说谁知道；清空回到开头", async () => {
    type(search, ".input", "火星上能种土豆吗");
    search.querySelector(".input").dispatchEvent("confirm");
    await until(() => search.querySelector(".route"), "该问谁");
    assert.match(text(search), /没有/);
    tap(search, ".clear");
    await until(() => !search.querySelector(".route"), "清空");
  });
});

describe("<sheda-reply>", () => {
  const reply = show("miniprogram_npm/sheda/sheda-reply/index", { channel: "网络", receivedAt: "2026-11-20" });
  const events = [];
  reply.addEventListener("submit", ({ detail }) => events.push(detail));

  it("停笔就检查，逐条说明，改好才能发", async () => {
    type(reply, ".text", "你好！这事不归我管。");
    await until(() => reply.querySelector(".finding"), "检查结果");
    assert.match(text(reply), /必须改/);
    assert.match(text(reply), /“不归我”是推诿/);
    tap(reply, ".submit");
    assert.equal(events.length, 0, "有必须改的，不能发");
    tap(reply, ".fix-all");
    await until(() => reply.instance.data.text.startsWith("您好"), "放心的修改");
    type(reply, ".text", "您好！失业金最多领24个月，依据是《社会保险法》第四十六条。");
    await until(() => reply.instance.data.checked && reply.instance.data.canSubmit, "可以发");
    tap(reply, ".submit");
    await until(() => events.length > 0, "发出");
    assert.match(events[0].reply, /第四十六条/);
  });

  it("逐条修改：点哪条改哪条", async () => {
    type(reply, ".text", "你好，你的材料齐了。");
    await until(() => reply.instance.data.checked && reply.querySelector(".fix"), "可改的一条");
    const before = reply.instance.data.text;
    tap(reply, ".fix");
    await until(() => reply.instance.data.text !== before, "改了");
    assert.match(reply.instance.data.text, /您/);
  });
});

/** The page of one answer, loaded as a link to it loads it. */
function showAnswer(id) {
  const page = show("pages/answer/index");
  page.instance.onLoad({ id });
  return page;
}

describe("页面", () => {
  it("查答：点常问的，到答案页；不联网", async () => {
    const page = show("pages/ask/index");
    tap(page, ".chip", "失业金能领几个月");
    await until(() => text(page).includes("失业保险金最多能领几个月"), "结果");
    tap(page.querySelector(".search"), ".hit", "失业保险金最多能领几个月");
    await until(() => asked.length > 0, "到答案页");
    assert.deepEqual(asked.at(-1), ["navigateTo", { url: "/pages/answer/index?id=unemployment-benefit-duration" }]);
    assert.equal(asked.some(([name]) => name === "request"), false);
  });

  it("答案：全文、依据、电话、相关问题、复制", async () => {
    const page = showAnswer("unemployment-benefit-duration");
    await until(() => text(page).includes("第四十六条"), "依据");
    assert.match(page.instance.data.answer.html, /24 个月/);
    tap(page, ".link", "拨打");
    await until(() => asked.at(-1)[0] === "makePhoneCall", "拨号");
    page.instance.onCopy();
    assert.match(asked.at(-1)[1].data, /依据：.*第四十六条/s);
    tap(page, ".card .link", page.instance.data.answer.related[0].title);
    await until(() => /pages\/answer/.test(asked.at(-1)[1].url ?? ""), "相关问题");
  });

  it("没有的答案说清楚", async () => {
    const page = showAnswer("no-such-answer");
    await until(() => text(page).includes("没有这条答案"), "说明");
  });

  it("拟复校验：选服务形式，写答复，看到问题和期限", async () => {
    const page = show("pages/reply/index");
    await until(() => page.querySelector(".channel"), "服务形式");
    tap(page, ".channel", "网络");
    page.instance.onReceived({ detail: { value: "2026-11-20" } });
    type(page.querySelector(".editor"), ".text", "你好！这事不归我管。");
    await until(() => text(page).includes("必须改"), "检查结果");
    await until(() => text(page).includes("2026-11-25"), "期限");
  });

  it("关于规范：术语、流程、规则；说明手机上少了什么", async () => {
    const page = show("pages/norms/index");
    await until(() => page.querySelector(".fold__head"), "目录");
    assert.match(text(page), /请在电脑上的工作台看/);
    tap(page, ".fold__head", "服务忌语");
    await until(() => page.querySelector(".rule"), "规则");
    assert.match(text(page), /W101/);
    tap(page, ".fold__head", "窗口");
    await until(() => page.querySelector(".step"), "步骤");
  });

  it("我的地区：选地区、大字版，别的页面跟着变", async () => {
    const page = show("pages/region/index");
    await until(() => page.querySelectorAll(".region").length > 30, "地区");
    assert.match(text(page), /765 条答案|\d{3,} 条答案/);
    tap(page, ".region", "广东省");
    page.instance.onLarge({ detail: { value: true } });
    await until(() => text(page).includes("现在：广东省") && page.dom.innerHTML.includes("large"), "选好");
    const ask = showAnswer("unemployment-benefit-duration");
    assert.equal(ask.instance.data.regionName, "广东省");
    assert.ok(ask.dom.innerHTML.includes("large"), "大字");
  });
});
