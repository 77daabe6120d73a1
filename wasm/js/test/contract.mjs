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

const NOTHING = { hits: [], total: 0 };
const found = ({ hits, total }) => ({ hits, total });
const SHAPES = (env, type, value) => same(mismatches(env.types, type, value), [], type);

export const cases = [
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
    await rejects(sheda.replacePack(env.pack), "closed");
  }],
];
