// What every entry of the package promises: one test body, run in Node and, in a real browser, on the main thread and in a
// worker. Only web-standard JavaScript here. `env` is { open, pack (bytes), location (URL or path of the same pack), types }.

import { mismatches } from "./declared.mjs";

function ok(condition, message) {
  if (!condition) throw new Error(message);
}

function same(actual, expected, message = "") {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  ok(a === b, `${message} 得到 ${a}，应为 ${b}`);
}

async function rejects(promise, code, words = "") {
  const error = await promise.then(
    (value) => { throw new Error(`应当出错（${code}），却得到 ${JSON.stringify(value)?.slice(0, 200)}`); },
    (error) => error,
  );
  ok(error instanceof Error && error.name === "ShedaError", `应为 ShedaError：${error}`);
  ok(error.code === code, `代码应为 ${code}，实为 ${error.code}：${error.message}`);
  ok(error.message.includes(words), `消息里应有“${words}”：${error.message}`);
  return error;
}

/** Opens, runs, closes. */
function opened(run) {
  return async (env) => {
    const sheda = await env.open({ pack: env.pack });
    try {
      await run(sheda, env);
    } finally {
      await sheda.close();
    }
  };
}

/** What a diagnostic marks in its text. */
const marked = (text, { span }) => span && text.slice(span.start, span.end);
const find = ({ diagnostics }, code) => diagnostics.find((diagnostic) => diagnostic.code === code);

const NOTHING = { hits: [], total: 0 };
const found = ({ hits, total }) => ({ hits, total });
const SHAPES = (env, type, value) => same(mismatches(env.types, type, value), [], type);

/** A pack signed with a new key, and the key in hexadecimal; the trailer as core/src/pack/signature.rs describes it. */
async function signed(pack) {
  const pair = await crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"]);
  const key = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  const signature = new Uint8Array(await crypto.subtle.sign("Ed25519", pair.privateKey, pack));
  const bytes = new Uint8Array(await new Blob([pack, "SIGN", key, signature]).arrayBuffer());
  return { bytes, key: [...key].map((byte) => byte.toString(16).padStart(2, "0")).join("") };
}

export const cases = [
  ["只认信任名单签过名的知识包", async (env) => {
    const [ours, other] = [await signed(env.pack), await signed(env.pack)];
    const sheda = await env.open({ pack: ours.bytes, trust: [other.key, ours.key] });
    await sheda.replacePack(other.bytes);
    await rejects(sheda.replacePack(env.pack), "pack-signature", "没有签名");
    const altered = ours.bytes.slice();
    altered[altered.length - 1] ^= 1;
    await rejects(sheda.replacePack(altered), "pack-signature", "改动");
    ok((await sheda.search("失业金")).hits.length > 0, "换包失败后旧包照用");
    await sheda.close();
    await rejects(env.open({ pack: ours.bytes, trust: [other.key] }), "pack-signature", ours.key);
    for (const trust of [[], "key", [1]]) await rejects(env.open({ pack: env.pack, trust }), "bad-request", "trust");
    await rejects(env.open({ pack: env.pack, trust: ["no key"] }), "bad-request", "公钥");
    // Without trust a signed pack opens like any other.
    await (await env.open({ pack: ours.bytes })).close();
  }],

  ["问失业金能领几个月，答案有法律依据", opened(async (sheda) => {
    const { hits, total } = await sheda.search("失业金能领几个月");
    ok(total >= hits.length && hits.length > 0, "没有结果");
    ok(hits[0].basis.includes("《社会保险法》第四十六条"), JSON.stringify(hits[0]));
    const answer = await sheda.answer(hits[0].id);
    ok(answer.text.includes("24 个月") && answer.html.includes("<"), answer.text);
  })],

  ["返回的字段与 types.ts 逐个相符", opened(async (sheda, env) => {
    SHAPES(env, "Manifest", await sheda.manifest());
    SHAPES(env, "Directory", await sheda.directory());
    for (const text of ["失业金能领几个月", "退休", "异地就医怎么报销", "工伤认定", "社保卡丢了"]) {
      const result = await sheda.search(text, { limit: 20 });
      SHAPES(env, "SearchResult", result);
      for (const { id } of result.hits.slice(0, 5)) SHAPES(env, "Answer", await sheda.answer(id));
    }
  })],

  ["标记按 UTF-16 计，落在摘要之内，依次不重叠", opened(async (sheda) => {
    for (const text of ["失业金能领几个月", "😀失业𠤪金能领几个月😀", "养老保险 15年"]) {
      const { hits } = await sheda.search(text, { limit: 20 });
      ok(hits.length > 0, text);
      for (const { snippet, marks } of hits) {
        let last = 0;
        for (const { start, end } of marks) {
          ok(last <= start && start < end && end <= snippet.length, `${snippet} ${JSON.stringify(marks)}`);
          last = end;
        }
      }
    }
    const [hit] = (await sheda.search("失业金能领几个月")).hits;
    ok(hit.marks.length > 0, "最好的一条没有标记");
  })],

  ["选项起作用", opened(async (sheda) => {
    same((await sheda.search("怎么办理", { limit: 3 })).hits.length, 3);
    same((await sheda.search("怎么办理", { limit: null, insurance: null, asOf: undefined })).hits.length, 10);
    const { hits } = await sheda.search("怎么办理", { insurance: "工伤", agency: "人社", region: 440000, asOf: "2026-11-23" });
    ok(hits.length > 0 && hits.every((hit) => hit.insurance === "工伤" && hit.agency === "人社"), "筛选");
    same(found(await sheda.search("怎么办理", { insurance: "不存在的险种" })), NOTHING);
    const then = (await sheda.search("失业金能领几个月", { asOf: "1950-01-01" })).hits;
    ok(then.every((hit) => hit.state === "pending"), "那时还没有这些规定");
    const now = (await sheda.search("失业金能领几个月", { asOf: "2026-11-23" })).hits;
    ok(now[0].state === "current" && (await sheda.search("失业金能领几个月")).hits[0].state === "unchecked", "今天有效");
    same((await sheda.search("失业金", { region: 440000 })).region, 440000);
  })],

  ["补全：按开头、按拼音，标记落在文字之内", opened(async (sheda, env) => {
    for (const typed of ["失业", "shiye", "工伤认定", "社保卡"]) {
      const found = await sheda.suggest(typed, { limit: 5 });
      ok(found.length > 0 && found.length <= 5, typed);
      SHAPES(env, "Suggestion[]", found);
      for (const { text, marks } of found) ok(marks.every(({ start, end }) => start < end && end <= text.length), text);
      ok(await sheda.answer(found[0].id), found[0].id);
    }
    same(await sheda.suggest(""), []);
    await rejects(sheda.suggest("失业", { limit: "5" }), "bad-request", "limit");
    await rejects(sheda.suggest("失业", { asOf: "2026-11-23" }), "bad-request", "asOf");
    await rejects(sheda.suggest(null), "bad-request", "typed");
  })],

  ["选项写错，指出是哪一个", opened(async (sheda) => {
    const table = [
      [{ limt: 3 }, "limt", "不认识的选项"],
      [{ limit: "3" }, "limit", "类型不对"],
      [{ limit: -1 }, "limit", "负数"],
      [{ limit: 1.5 }, "limit", "不是整数"],
      [{ limit: NaN }, "limit", "不是数"],
      [{ region: "440000" }, "region", "类型不对"],
      [{ insurance: 1 }, "insurance", "类型不对"],
      [{ kind: {} }, "kind", "类型不对"],
      [{ agency: true }, "agency", "类型不对"],
      [{ asOf: "2026-02-30" }, "asOf", "没有这一天"],
      [{ asOf: "2026/02/03" }, "asOf", "写法不对"],
      [{ asOf: 20260203 }, "asOf", "类型不对"],
      ["失业", "对象", "不是对象"],
      [[], "对象", "数组不行"],
    ];
    for (const [options, words] of table) await rejects(sheda.search("失业", options), "bad-request", words);
    await rejects(sheda.search(42), "bad-request", "text");
    await rejects(sheda.search(undefined), "bad-request", "text");
    await rejects(sheda.answer(null), "bad-request", "id");
    ok((await sheda.search("失业")).hits.length > 0, "出错之后照常");
  })],

  ["检查答复：指出哪几个字、依据什么、怎么改", opened(async (sheda, env) => {
    const reply = "您好！这事不归我管。";
    const request = { channel: "网络", question: "税怎么交", reply, receivedAt: "2026-11-20", now: "2026-11-23" };
    const report = await sheda.check(request);
    SHAPES(env, "CheckReport", report);
    const shirking = find(report, "W101");
    same([shirking.name, shirking.family, shirking.severity, shirking.field], ["shirking", "W1", "error", "reply"]);
    same(marked(reply, shirking), "不归我");
    ok(shirking.message !== "" && shirking.source !== "" && shirking.url.includes("W101"), JSON.stringify(shirking));
    same(report.canSubmit, false, "有错误不能提交");
    same([report.due.date, report.due.remaining], ["2026-11-25", 2], "网络 3 个工作日");
    const fine = await sheda.check({ reply: "您好！失业保险金最长领取二十四个月，依据《社会保险法》第四十六条。感谢您的咨询！" });
    SHAPES(env, "CheckReport", fine);
    same([fine.canSubmit, fine.due], [true, null], "没有收到日期就没有期限");
  })],

  ["检查的位置按 UTF-16 计，前面有 😀 和 𠤪 也不错位", opened(async (sheda) => {
    for (const lead of ["", "您好！", "😀", "𠤪", "😀𠤪您好！\n", "😀".repeat(100), "e\u0301👨‍👩‍👧", "  \u200b😀", "\ud800"]) {
      const reply = `${lead}你的事不归我管，你去问税务。😀`;
      const report = await sheda.check({ reply });
      same(marked(reply, find(report, "W101")), "不归我", JSON.stringify(lead));
      const polite = report.diagnostics.filter(({ code }) => code === "W201");
      same(polite.map((diagnostic) => marked(reply, diagnostic)), ["你", "你"], JSON.stringify(lead));
      for (const { start, end } of report.diagnostics.flatMap(({ fixes }) => fixes).flatMap(({ edits }) => edits)) {
        ok(start <= end && end <= reply.length, `${start}–${end} ${JSON.stringify(lead)}`);
      }
      const edits = polite.map(({ fixes }) => fixes[0].edits[0]);
      same(edits.map(({ start, end, text }) => [reply.slice(start, end), text]), [["你", "您"], ["你", "您"]], JSON.stringify(lead));
    }
  })],

  ["放心的修改：改完再查没有可改的，改两次与改一次相同", opened(async (sheda) => {
    for (const reply of ["😀你好，𠤪你的养老金下月到账，谢谢你。", "你的事不归我管", "您好！感谢您的咨询！", "😀"]) {
      const check = async (text) => (await sheda.check({ channel: "网络", reply: text })).diagnostics;
      const once = await sheda.applyFixes(reply, await check(reply));
      const again = await check(once);
      ok(again.every(({ fixes }) => fixes.every(({ safety }) => safety !== "safe")), `${reply} → ${once}`);
      same(await sheda.applyFixes(once, again), once, reply);
    }
    const reply = "😀𠤪你的事不归我管";
    const { diagnostics } = await sheda.check({ reply });
    ok((await sheda.applyFixes(reply, diagnostics)).includes("😀𠤪您的事不归我管"), "只改放心的");
    ok(!(await sheda.applyFixes(reply, diagnostics, { safety: "review" })).includes("不归我管"), "要过目的也改");
    same(await sheda.applyFixes(reply, diagnostics, { field: "question" }), reply, "别的栏的修改不动答复");
    same(await sheda.applyFixes(reply, []), reply);
    const edits = (...pairs) => [{ ...diagnostics[0], fixes: [{ title: "", safety: "safe", edits: pairs.map(([start, end, text]) => ({ start, end, text })) }] }];
    same(await sheda.applyFixes("😀abc", [...edits([2, 4, "x"]), ...edits([3, 5, "y"])]), "😀xc", "重叠的后一处不改");
    await rejects(sheda.applyFixes("😀abc", edits([1, 2, "x"])), "bad-request", "diagnostics");
    await rejects(sheda.applyFixes("abc", edits([2, 9, "x"])), "bad-request", "diagnostics");
    await rejects(sheda.applyFixes("abc", edits([2, 1, "x"])), "bad-request", "diagnostics");
    await rejects(sheda.applyFixes(reply, [{}]), "bad-request", "diagnostics");
    await rejects(sheda.applyFixes(reply, null), "bad-request", "diagnostics");
    await rejects(sheda.applyFixes(1, diagnostics), "bad-request", "text");
    await rejects(sheda.applyFixes(reply, diagnostics, { safety: "unsafe" }), "bad-request", "safety");
    await rejects(sheda.applyFixes(reply, diagnostics, { filed: "reply" }), "bad-request", "filed");
  })],

  ["检查的请求写错，指出是哪一个", opened(async (sheda) => {
    const reply = "您好！";
    const table = [
      [{ reply: "" }, "reply", "空的答复"],
      [{ reply: " \n" }, "reply", "空白的答复"],
      [{ channel: "网络" }, "reply", "没有答复"],
      [{ reply: 1 }, "reply", "类型不对"],
      [{ reply: "字".repeat(100_001) }, "reply", "太长"],
      [{ reply, question: ["问"] }, "question", "类型不对"],
      [{ reply, channel: "飞鸽" }, "channel", "没有这种服务形式"],
      [{ reply, receivedAt: "2026-02-30" }, "receivedAt", "没有这一天"],
      [{ reply, repliedAt: "明天" }, "repliedAt", "不是日期"],
      [{ reply, receivedAt: 20261123 }, "receivedAt", "类型不对"],
      [{ reply, receivedAt: "2026-11-23", repliedAt: "2026-11-22" }, "repliedAt", "答复早于收到"],
      [{ reply, region: "440000" }, "region", "类型不对"],
      [{ reply, now: "今天" }, "now", "不是日期"],
      [{ reply, received_at: "2026-11-23" }, "received_at", "不认识的选项"],
      [{ reply, record: "台账" }, "record", "不是对象"],
      [{ reply, record: { 咨询人: {} } }, "咨询人", "栏里是对象"],
      [reply, "对象", "不是对象"],
      [[reply], "对象", "数组不行"],
      [undefined, "reply", "什么也没有"],
    ];
    for (const [request, words, reason] of table) {
      const error = await rejects(sheda.check(request), "bad-request", words);
      ok(error.message.startsWith("check "), `${reason}：${error.message}`);
    }
    await rejects(sheda.checkRecord(null), "bad-request", "record");
    await rejects(sheda.checkRecord([]), "bad-request", "record");
    await rejects(sheda.checkRecord({ 咨询日期: ["2026"] }), "bad-request", "咨询日期");
    await rejects(sheda.checkRecord({}, { now: "今天" }), "bad-request", "now");
    await rejects(sheda.checkRecord({}, { today: "2026-11-23" }), "bad-request", "today");
    same((await sheda.check({ reply, question: null, receivedAt: undefined, record: null })).due, null, "没写的就是没有");
  })],

  ["检查台账：缺的栏、答复的用语，位置照原文", opened(async (sheda, env) => {
    const record = {
      序号: 1, 咨询日期: "2026-11-20", 咨询人: "王女士", 联系电话: null, 咨询形式: "窗口", 险种: "失业",
      咨询内容: "失业金能领几个月", 答复内容: " 😀𠤪你的事不归我管。", 答复日期: "2026-11-20", 经办人: "", 办理结果: "已办结", 满意度: undefined,
    };
    const report = await sheda.checkRecord(record, { now: "2026-11-23" });
    SHAPES(env, "CheckReport", report);
    const shirking = find(report, "W101");
    same([shirking.field, marked(record["答复内容"], shirking)], ["答复内容", "不归我"]);
    same([find(report, "L101").field, find(report, "L101").span], ["经办人", null], "经办人没有填");
    same(await sheda.applyFixes(record["答复内容"], report.diagnostics, { field: "答复内容" }).then((text) => text.includes("😀𠤪您的事")), true);
    const within = await sheda.check({ record, now: "2026-11-23" });
    same([find(within, "W101").field, marked(record["答复内容"], find(within, "W101"))], ["reply", "不归我"], "答复取自台账");
    SHAPES(env, "CheckReport", await sheda.checkRecord({}));
  })],

  ["答复期限：工作日、自然日、服务形式；日历没有的年份说明原因", opened(async (sheda, env) => {
    const table = [
      [{ workingDays: 3, receivedAt: "2026-11-20", now: "2026-11-23" }, "2026-11-25", 2, "跳过周末"],
      [{ workingDays: 1, receivedAt: "2026-09-30", now: "2026-09-30" }, "2026-10-08", 1, "跳过国庆"],
      [{ naturalDays: 15, receivedAt: "2026-11-20", now: "2026-12-08" }, "2026-12-07", -1, "末日是周六，顺延到周一；已超期"],
      [{ channel: "网络", receivedAt: "2026-11-23T09:30:00+08:00", now: "2026-11-23" }, "2026-11-26", 3, "按承诺"],
    ];
    for (const [request, date, remaining, why] of table) {
      const due = await sheda.due(request);
      SHAPES(env, "Due", due);
      same([due.date, due.remaining], [date, remaining], why);
    }
    const unknown = await sheda.due({ workingDays: 3, receivedAt: "2150-11-20", now: "2150-11-20" });
    SHAPES(env, "Due", unknown);
    ok(unknown.date === null && unknown.remaining === null && unknown.reason.includes("2150"), unknown.reason);
    const now = new Date();
    const two = (number) => String(number).padStart(2, "0");
    const today = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
    const request = { naturalDays: 3, receivedAt: "2026-11-20" };
    same(await sheda.due({ ...request, now: null }), await sheda.due({ ...request, now: today }), "没写 now 就是今天");
    for (const [request, words] of [
      [{}, "receivedAt"],
      [undefined, "receivedAt"],
      [{ receivedAt: "2026-11-20" }, "workingDays"],
      [{ receivedAt: "2026-11-20", workingDays: 1, naturalDays: 1 }, "workingDays"],
      [{ receivedAt: "2026-11-20", workingDays: 1.5 }, "workingDays"],
      [{ receivedAt: "2026-11-31", naturalDays: 1 }, "receivedAt"],
      [{ receivedAt: "2026-11-20", channel: "飞鸽" }, "channel"],
      [{ receivedAt: "2026-11-20", days: 3 }, "days"],
    ]) await rejects(sheda.due(request), "bad-request", words);
  })],

  ["规则与手册与 types.ts 相符；规则页上的反例会报出来", opened(async (sheda, env) => {
    const rules = await sheda.rules();
    SHAPES(env, "RulePage[]", rules);
    same(rules.length, (await sheda.manifest()).counts.rules);
    const shirking = rules.find(({ code }) => code === "W101");
    for (const reply of shirking.bad) ok(find(await sheda.check({ reply }), "W101"), reply);
    const handbook = await sheda.handbook();
    SHAPES(env, "Handbook", handbook);
    ok(handbook.flows.length === 6 && handbook.terms.length > 0 && handbook.inspections.length > 0, "手册不全");
  })],

  ["怪答复不出错", opened(async (sheda, env) => {
    const odd = ["，。？！", "\u0000", "\ud83d", "你".repeat(3000), "😀".repeat(3000), "这事不归我管，".repeat(1000), "مرحبا", "1".repeat(5000)];
    for (const reply of odd) SHAPES(env, "CheckReport", await sheda.check({ reply, question: reply }));
  })],

  ["怪问题不出错，没有就是空", opened(async (sheda) => {
    const empty = ["", " ", "\n\t", "，。？！", "😀😀😀", "\u0000\u0001\u001f", "\u200b\u200e\u202e"];
    for (const text of empty) same(found(await sheda.search(text)), NOTHING, JSON.stringify(text));
    const odd = ["保", "a", "\u202e失业金", "مرحبا بالعالم", "\ud800失业\udc00", "失业".repeat(50_000), "x".repeat(100_000), "1".repeat(5000)];
    for (const text of odd) {
      const { hits, total } = await sheda.search(text);
      ok(Array.isArray(hits) && total >= hits.length, JSON.stringify(text.slice(0, 20)));
    }
    same(await sheda.answer("没有这个答案"), null);
    same(await sheda.answer(""), null);
  })],

  ["坏知识包是有代码的错误", async (env) => {
    const { pack } = env;
    const foreign = new TextEncoder().encode("<!doctype html><title>404</title>".repeat(10));
    const version = pack.slice();
    version[8] = 0xff;
    const altered = pack.slice();
    altered[pack.length >> 1] ^= 0x55;
    await rejects(env.open({ pack: new Uint8Array() }), "pack-empty");
    await rejects(env.open({ pack: foreign }), "pack-foreign");
    await rejects(env.open({ pack: version }), "pack-version");
    await rejects(env.open({ pack: altered }), "pack-damaged");
    await rejects(env.open({ pack: pack.slice(0, pack.length - 1) }), "pack-truncated");
    await rejects(env.open({ pack: pack.slice(0, 10) }), "pack-truncated");
  }],

  ["open 的参数写错", async (env) => {
    await rejects(env.open(), "bad-request", "open");
    await rejects(env.open({}), "bad-request", "pack");
    await rejects(env.open({ pack: 1 }), "bad-request", "pack");
    await rejects(env.open({ pack: env.pack, wasm: 1 }), "bad-request", "wasm");
    await rejects(env.open({ pack: env.pack, url: "x" }), "bad-request", "url");
    await rejects(env.open({ pack: `${env.location}.没有` }), "load", "知识包");
    await rejects(env.open({ pack: env.pack, wasm: `${env.location}.没有` }), "load", "引擎模块");
    await rejects(env.open({ pack: env.pack, wasm: new Uint8Array([1, 2, 3]) }), "load", "引擎模块");
  }],

  ["知识包可以给字节、ArrayBuffer、位置，模块可以给编译好的", async (env) => {
    const buffer = env.pack.slice().buffer;
    const module = await WebAssembly.compile(env.wasm);
    for (const options of [{ pack: buffer }, { pack: env.location }, { pack: env.pack, wasm: env.wasm }, { pack: env.pack, wasm: module }]) {
      const sheda = await env.open(options);
      ok((await sheda.manifest()).counts.answers > 0, "没有答案");
      await sheda.close();
    }
    ok(buffer.byteLength === env.pack.length, "调用者的字节不应被取走");
  }],

  ["换知识包：先开新的再放旧的", opened(async (sheda, env) => {
    const before = await sheda.manifest();
    same(await sheda.replacePack(env.pack), before);
    await rejects(sheda.replacePack(env.pack.slice(0, 1000)), "pack-truncated");
    await rejects(sheda.replacePack("national.sheda"), "bad-request", "字节");
    same(await sheda.manifest(), before, "旧的照常");
    ok((await sheda.search("失业")).hits.length > 0, "旧的照常");
  })],

  ["同时多问，各得各的答案", opened(async (sheda) => {
    const texts = ["失业金", "养老金", "工伤", "生育津贴", "医保", "社保卡"];
    const one = [];
    for (const text of texts) one.push(await sheda.search(text));
    same(await Promise.all(texts.map((text) => sheda.search(text))), one);
  })],

  ["两个引擎互不相干", async (env) => {
    const [a, b] = await Promise.all([env.open({ pack: env.pack }), env.open({ pack: env.pack })]);
    const before = await b.search("失业金");
    await a.close();
    same(await b.search("失业金"), before);
    await b.close();
  }],

  ["关闭之后一律 closed", async (env) => {
    const sheda = await env.open({ pack: env.pack });
    const manifest = sheda.manifest().catch((error) => error);
    await sheda.close();
    await sheda.close();
    const late = await manifest;
    ok(late.id || late.code === "closed", "进行中的调用要么完成，要么 closed");
    await rejects(sheda.search("失业"), "closed");
    await rejects(sheda.manifest(), "closed");
    await rejects(sheda.check({ reply: "您好！" }), "closed");
    await rejects(sheda.rules(), "closed");
    await rejects(sheda.replacePack(env.pack), "closed");
  }],
];
