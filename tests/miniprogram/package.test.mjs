// The mini-program's entry in the strict stand-in: what every entry of the package promises, with the shipped files.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import vm from "node:vm";
import zlib from "node:zlib";

import { makeApp, packageFolder, publisher, wholePack } from "./app.mjs";
import { validate, textOf } from "./old-engine.mjs";
import { start } from "./runtime.mjs";

const { build } = createRequire(path.join(packageFolder, "package.json"))("esbuild");
const shipped = path.join(packageFolder, "miniprogram_dist");
const PLACE = "/miniprogram_npm/sheda";

let app;
before(async () => void (app = await makeApp()));
after(() => app.remove());

describe("模块", async () => {
  const bytes = zlib.brotliDecompressSync(await readFile(path.join(shipped, "sheda.wasm.br")));

  it("只用 WebAssembly 第一版和可变全局量", () => validate(bytes));

  it("浏览器用的模块没有降级，旧引擎不收：这里的检查是真的", async () => {
    await assert.rejects(validate(await readFile(path.join(packageFolder, "dist/sheda_wasm_bg.wasm"))), /invalid wasm file/);
  });

  it("不导出全局量，进出都没有 i64", async () => {
    const module = new WebAssembly.Module(bytes);
    assert.deepEqual([...new Set(WebAssembly.Module.exports(module).map(({ kind }) => kind))].sort(), ["function", "memory"]);
    assert.deepEqual([...new Set(WebAssembly.Module.imports(module).map(({ kind }) => kind))], ["function"]);
    const text = await textOf(bytes);
    const types = [...text.matchAll(/\(type \(;(\d+);\) \(func([^\n]*)\)\)/g)].map(([, , type]) => type);
    const ofImports = [...text.matchAll(/\(import "[^"]*" "([^"]*)" \(func \(;\d+;\) \(type (\d+)\)\)\)/g)];
    assert.ok(ofImports.length > 20);
    for (const [, name, type] of ofImports) assert.doesNotMatch(types[type], /i64/, name);
    const functions = new Map([...text.matchAll(/\(func \(;(\d+);\) \(type (\d+)\)/g)].map(([, at, type]) => [at, types[type]]));
    const exported = [...text.matchAll(/\(export "([^"]*)" \(func (\d+)\)\)/g)];
    assert.ok(exported.length > 10);
    for (const [, name, at] of exported) assert.doesNotMatch(functions.get(at), /i64/, name);
  });
});

describe("严格运行环境里，约定一条不少", async () => {
  // The same cases as in Node and in browsers, brought into the realm of the app: there, an object is an Object.
  const { outputFiles } = await build({
    stdin: {
      contents: 'export { cases } from "./contract.mjs"; export { parseInterfaces } from "./declared.mjs";',
      resolveDir: path.join(packageFolder, "test"),
    },
    bundle: true, format: "iife", globalName: "contract", write: false, target: "es2022",
  });
  const types = await readFile(path.join(packageFolder, "src/types.ts"), "utf8");
  // Needs what only Web and Node have (keys of crypto.subtle, a compiled module): mini-programs have cases of their own below.
  const ELSEWHERE = ["只认信任名单签过名的知识包", "open 的参数写错", "知识包可以给字节、ArrayBuffer、位置，模块可以给编译好的"];

  const prepare = async () => {
    const runtime = start({ root: app.folder });
    const sheda = runtime.require("miniprogram_npm/sheda");
    runtime.run(outputFiles[0].text);
    runtime.run("globalThis.TextEncoder = class { encode(text) { return Uint8Array.from(unescape(encodeURIComponent(text)), (c) => c.charCodeAt(0)); } };");
    const pack = runtime.run(`new Uint8Array(${wholePack.length})`);
    pack.set(wholePack);
    return { cases: runtime.run("contract.cases"), env: { open: sheda.open, pack, types: runtime.run("contract.parseInterfaces")(types) } };
  };
  const { cases } = await (async () => {
    const context = vm.createContext({});
    vm.runInContext(outputFiles[0].text, context);
    return { cases: vm.runInContext("contract.cases", context) };
  })();
  for (const [name] of cases) {
    if (ELSEWHERE.includes(name)) continue;
    it(name, async () => {
      const { cases, env } = await prepare();
      await cases.find(([known]) => known === name)[1](env);
    });
  }
});

describe("从代码包打开", () => {
  it("不给参数就用包里的模块和知识包", async () => {
    const { open } = start({ root: app.folder }).require("miniprogram_npm/sheda");
    const sheda = await open();
    const { counts, leftOut } = await sheda.manifest();
    assert.ok(counts.answers >= 400, `${counts.answers} 条答案`);
    assert.ok(leftOut.includes("rule-pages"));
    const { hits, confident } = await sheda.search("失业金能领几个月", { asOf: "2026-11-23" });
    assert.ok(confident);
    assert.ok(hits[0].basis.includes("《社会保险法》第四十六条"));
    const answer = await sheda.answer(hits[0].id);
    assert.match(answer.text, /24 个月/);
    const reply = "你好！这事不归我管，不知道。😀";
    const { diagnostics, canSubmit } = await sheda.check({ channel: "网络", reply, receivedAt: "2026-11-20", now: "2026-11-23" });
    assert.equal(canSubmit, false);
    assert.match(await sheda.applyFixes(reply, diagnostics), /您好/);
    const pages = await sheda.rules();
    assert.ok(pages.length > 100 && pages.every(({ title, why }) => title !== "" && why === ""));
  });

  it("放在分包里也一样", async () => {
    const sub = await makeApp({ at: "packageStaff" });
    try {
      const { open } = start({ root: sub.folder }).require("packageStaff/miniprogram_npm/sheda");
      const place = "packageStaff/miniprogram_npm/sheda";
      for (const from of [place, `/${place}`]) {
        const sheda = await open({ wasm: `${from}/sheda.wasm.br`, pack: `${from}/national.sheda.br` });
        assert.ok((await sheda.search("失业金")).hits.length > 0);
        await sheda.close();
      }
    } finally {
      await sub.remove();
    }
  });

  it("大家要同样的文件，只加载一次；最后一个用完才关", async () => {
    const runtime = start({ root: app.folder });
    const { open } = runtime.require("miniprogram_npm/sheda");
    const [a, b, c] = await Promise.all([open(), open(), open()]);
    assert.equal(runtime.calls.filter((call) => call.startsWith("instantiate")).length, 1);
    await a.close();
    await a.close();
    await b.close();
    await assert.rejects(a.search("失业"), { code: "closed" });
    assert.ok((await c.search("失业")).hits.length > 0);
    await c.close();
    await assert.rejects(c.search("失业"), { code: "closed" });
    await (await open()).search("失业");
    assert.equal(runtime.calls.filter((call) => call.startsWith("instantiate")).length, 2);
  });

  it("configure 之后，不给参数的 open 就用那些选项", async () => {
    const { configure, open } = start({ root: app.folder }).require("miniprogram_npm/sheda");
    configure({ pack: wholePack, trust: ["00".repeat(32)] });
    await assert.rejects(open(), { code: "pack-signature" });
    configure({});
    await (await open()).close();
  });

  it("只认信任名单签过名的知识包", async () => {
    const [ours, other] = [publisher(), publisher()];
    const { open } = start({ root: app.folder }).require("miniprogram_npm/sheda");
    const sheda = await open({ pack: ours.sign(wholePack), trust: [other.key, ours.key] });
    await assert.rejects(sheda.replacePack(wholePack), { code: "pack-signature" });
    assert.ok((await sheda.search("失业金")).hits.length > 0);
    await assert.rejects(open({ pack: ours.sign(wholePack), trust: [other.key] }), { code: "pack-signature" });
    await assert.rejects(open({ trust: [ours.key] }), { code: "pack-signature" }, "代码包里的知识包没有签名");
  });

  for (const host of ["my", "tt"]) {
    it(`${host === "my" ? "支付宝（MYWebAssembly）" : "抖音（TTWebAssembly）"}用同一个入口`, async () => {
      const { open } = start({ root: app.folder, host }).require("miniprogram_npm/sheda");
      assert.ok((await (await open()).search("失业金能领几个月")).confident);
    });
  }

  it("只有 WebAssembly 没有文件接口的地方（支付宝的 Worker），知识包给字节", async () => {
    const { open } = start({ root: app.folder, host: "my", lacks: ["host"] }).require("miniprogram_npm/sheda");
    assert.ok((await (await open({ pack: wholePack })).search("失业金")).hits.length > 0);
    await assert.rejects(open(), { code: "unsupported" });
  });

  it("陷阱之后这一次报 internal，下一次照常", async () => {
    const runtime = start({ root: app.folder });
    const sheda = await runtime.require("miniprogram_npm/sheda").open();
    const before = await sheda.search("失业金能领几个月");
    const words = "失业".repeat(20_000_000);
    // What is left of the 4 GiB is taken, so the question has no room: a real trap.
    const { memory } = runtime.device;
    while (memory.buffer.byteLength < 0xff00_0000) {
      try {
        memory.grow(Math.min(4096, (0xffff_0000 - memory.buffer.byteLength) / 65_536));
      } catch {
        break;
      }
    }
    await assert.rejects(sheda.search(words), { code: "internal" });
    assert.deepEqual(await sheda.search("失业金能领几个月"), before);
  });
});

describe("没有 WebAssembly 的宿主", () => {
  it("用 JavaScript 写成的模块，答案一样", async () => {
    const { cp } = await import("node:fs/promises");
    await cp(path.join(packageFolder, "without-wasm"), path.join(app.folder, "without-wasm"), { recursive: true });
    const runtime = start({ root: app.folder, lacks: ["WebAssembly"] });
    const other = await runtime.require("without-wasm").open();
    const usual = await start({ root: app.folder }).require("miniprogram_npm/sheda").open();
    for (const text of ["失业金能领几个月", "工伤认定要多久", "yibao zenme baoxiao", "社保卡丢了😀"]) {
      assert.deepEqual(JSON.parse(JSON.stringify(await other.search(text))), JSON.parse(JSON.stringify(await usual.search(text))), text);
    }
    const request = { channel: "网络", reply: "你好！这事不归我管。失业金最多领36个月。", receivedAt: "2026-11-20", now: "2026-11-23" };
    assert.deepEqual(JSON.parse(JSON.stringify(await other.check(request))), JSON.parse(JSON.stringify(await usual.check(request))));
  });
});
