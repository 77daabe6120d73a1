// Everything that goes wrong on phones: a clear message for the user, a code for the developer, and the last good state kept.

import assert from "node:assert/strict";
import { copyFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, describe, it } from "node:test";

import { compactPack, makeApp, packageFolder, publisher, wholePack } from "./app.mjs";
import { newDevice, start } from "./runtime.mjs";

let app;
before(async () => void (app = await makeApp()));
after(() => app.remove());

const sheda = (options) => start({ root: app.folder, ...options }).require("miniprogram_npm/sheda");

/** Rejects with this code, and says it in Chinese. */
async function refused(promise, code, words) {
  const error = await promise.then(
    () => assert.fail(`应当出错（${code}）`),
    (error) => error,
  );
  assert.equal(error.name, "ShedaError", String(error));
  assert.equal(error.code, code, error.message);
  assert.match(error.message, /[\u4e00-\u9fff]{3}/, "要有中文说明");
  if (words) assert.match(error.message, words);
  return error;
}

describe("打不开", () => {
  it("基础库太旧，没有 WXWebAssembly", async () => {
    await refused(sheda({ lacks: ["WebAssembly"] }).open(), "unsupported", /升级微信/);
  });

  it("支付宝、抖音没有，也说清是谁", async () => {
    await refused(sheda({ host: "my", lacks: ["WebAssembly"] }).open(), "unsupported", /升级支付宝/);
    await refused(sheda({ host: "tt", lacks: ["WebAssembly"] }).open(), "unsupported", /升级抖音/);
  });

  it("模块的路径不存在", async () => {
    await refused(sheda().open({ wasm: "/没有/sheda.wasm.br" }), "load", /引擎模块.*没有\/sheda/);
  });

  it("知识包的路径不存在", async () => {
    await refused(sheda().open({ pack: "/miniprogram_npm/sheda/没有.br" }), "load", /知识包/);
  });

  it("旧引擎不收的模块", async () => {
    await copyFile(path.join(packageFolder, "dist/sheda_wasm_bg.wasm"), path.join(app.folder, "browser.wasm"));
    await refused(sheda().open({ wasm: "/browser.wasm" }), "load", /引擎模块/);
  });

  it("加载一直没有结果", async () => {
    for (const stuck of ["instantiate", "readCompressedFile"]) {
      const begun = Date.now();
      await refused(sheda({ stuck: [stuck] }).open({ timeout: 200 }), "timeout", /退出小程序/);
      assert.ok(Date.now() - begun < 2_000);
    }
  });

  it("失败之后再试，重新加载", async () => {
    const stuck = ["instantiate"];
    const runtime = start({ root: app.folder, stuck });
    const { open } = runtime.require("miniprogram_npm/sheda");
    await Promise.all([1, 2].map(() => refused(open({ timeout: 100 }), "timeout")));
    assert.equal(runtime.calls.filter((call) => call.startsWith("instantiate")).length, 1);
    stuck.pop();
    assert.ok((await (await open({ timeout: 5_000 })).search("失业")).hits.length > 0);
  });

  it("知识包坏了、格式更新、不是知识包、截断、空文件", async () => {
    const altered = Buffer.from(wholePack);
    altered[altered.length >> 1] ^= 0x55;
    const newer = Buffer.from(wholePack);
    newer.writeUInt32LE(newer.readUInt32LE(8) + 1, 8);
    const packs = { "pack-damaged": altered, "pack-version": newer, "pack-foreign": Buffer.from("<!doctype html>".repeat(50)), "pack-truncated": wholePack.subarray(0, 5_000), "pack-empty": Buffer.alloc(0) };
    for (const [code, pack] of Object.entries(packs)) {
      await refused(sheda().open({ pack }), code);
      await writeFile(path.join(app.folder, "bad.wasm"), pack);
      await refused(sheda().open({ pack: "/bad.wasm" }), code);
    }
  });

  it("基础库没有 readCompressedFile：不压缩的知识包照用，压缩的说明要升级", async () => {
    await refused(sheda({ lacks: ["readCompressedFile"] }).open(), "unsupported", /readCompressedFile/);
    await writeFile(path.join(app.folder, "plain.br"), compactPack);
    const opened = await sheda({ lacks: ["readCompressedFile"] }).open({ pack: "/plain.br" });
    assert.ok((await opened.search("失业")).hits.length > 0);
  });

  it("没有文件接口", () => refused(sheda({ lacks: ["files"] }).open(), "unsupported"));

  it("选项写错，指出是哪一个", async () => {
    const { open, configure, updatePack } = sheda();
    for (const [options, words] of [
      [null, /open/], [{ url: "x" }, /url/], [{ pack: 1 }, /pack/], [{ pack: "./a.br" }, /pack/], [{ pack: "https://a.cn/a.br" }, /pack/],
      [{ wasm: "../a.wasm" }, /wasm/], [{ wasm: "/a.js" }, /wasm/], [{ trust: [] }, /trust/], [{ store: "../x" }, /store/], [{ timeout: 0 }, /timeout/],
      [{ onRollback: 1 }, /onRollback/],
    ]) {
      await refused(open(options), "bad-request", words);
      assert.throws(() => configure(options), { code: "bad-request" });
    }
    for (const options of [{}, { url: "x" }, { url: "https://a.cn", store: "a" }, { url: "https://a.cn", trust: ["0"] }]) {
      await refused(updatePack(options), "bad-request");
    }
  });
});

describe("更新", () => {
  const office = publisher();
  const URL = "https://example.cn/national.sheda";
  const trust = [office.key];
  const store = "national";
  /** The compact pack with another version, signed; the manifest's checksum set right. */
  const published = (version) => office.sign(withVersion(compactPack, version));
  const serve = (data, more = {}) => ({ statusCode: 200, header: { ETag: '"1"' }, data: data.buffer.slice(data.byteOffset, data.byteOffset + data.length), ...more });

  /** One start of the app on a device: opens, and updates if the network has something. */
  async function session(device, respond, { app: version = "1.0.0", shipped = "2026.01.01", stuck = [] } = {}) {
    await writeFile(path.join(app.folder, "shipped.br"), office.sign(withVersion(compactPack, shipped)));
    const runtime = start({ root: app.folder, device, respond, app: version, stuck, lacks: ["readCompressedFile"] });
    const { open, updatePack } = runtime.require("miniprogram_npm/sheda");
    const rolledBack = [];
    const opened = await open({ pack: "/shipped.br", trust, store, onRollback: ({ code }) => rolledBack.push(code) });
    assert.ok((await opened.search("失业金能领几个月")).confident, "无论如何能查");
    const inUse = (await opened.manifest()).version;
    const update = respond === null ? null : await updatePack({ url: URL, store, trust, timeout: 500 }).then((manifest) => manifest?.version ?? null, ({ code, message }) => ({ code, message }));
    assert.equal((await opened.manifest()).version, inUse, "正在用的不变");
    return { inUse, update, rolledBack, calls: runtime.calls };
  }

  it("下载、核对、保存，下次启动起用", async () => {
    const device = newDevice();
    const first = await session(device, () => serve(published("2026.12.01")));
    assert.deepEqual([first.inUse, first.update], ["2026.01.01", "2026.12.01"]);
    const asked = [];
    const second = await session(device, (options) => {
      asked.push(options.header["If-None-Match"]);
      return { statusCode: 304, header: {}, data: "" };
    });
    assert.deepEqual([second.inUse, second.update, asked], ["2026.12.01", null, ['"1"']]);
    const third = await session(device, () => serve(published("2027.01.01")));
    assert.equal((await session(device, null)).inUse, "2027.01.01");
    assert.equal(third.update, "2027.01.01");
    assert.ok([...device.files.keys()].filter((name) => name.endsWith(".pack")).length <= 2, "只留这一个和前一个");
  });

  it("一样的、更旧的都不算更新", async () => {
    const device = newDevice();
    assert.equal((await session(device, () => serve(published("2026.01.01")))).update, null);
    assert.equal((await session(device, () => serve(published("2025.01.01")))).update, null);
    assert.equal([...device.files.keys()].some((name) => name.endsWith(".pack")), false);
  });

  for (const [what, respond, code] of [
    ["下载到一半断了", () => serve(published("2026.12.01").subarray(0, 300_000)), "pack-truncated"],
    ["网络不通", () => { throw new Error("request timeout"); }, "load"],
    ["服务器报错", () => ({ statusCode: 500, header: {}, data: "" }), "load"],
    ["拿到的是网页", () => serve(Buffer.from("<!doctype html>".repeat(99))), "pack-foreign"],
    ["内容被改过", () => { const bytes = Buffer.from(published("2026.12.01")); bytes[500_000] ^= 1; return serve(bytes); }, "pack-damaged"],
    ["没有签名", () => serve(withVersion(compactPack, "2026.12.01")), "pack-signature"],
    ["别人签的名", () => serve(publisher().sign(withVersion(compactPack, "2026.12.01"))), "pack-signature"],
    ["不是字节", () => ({ statusCode: 200, header: {}, data: "text" }), "load"],
  ]) {
    it(`${what}：报 ${code}，什么也不留`, async () => {
      const device = newDevice();
      const { update } = await session(device, respond);
      assert.equal(update.code, code, update.message);
      assert.match(update.message, /[\u4e00-\u9fff]{3}/);
      assert.equal(device.files.size, 0);
      assert.equal((await session(device, null)).inUse, "2026.01.01");
    });
  }

  it("下载一直没有结果", async () => {
    assert.equal((await session(newDevice(), () => {}, { stuck: ["request"] })).update.code, "timeout");
  });

  it("存储满了：说明白，已有的照用", async () => {
    const device = newDevice(3_000_000);
    assert.equal((await session(device, () => serve(published("2026.12.01")))).update, "2026.12.01");
    await session(device, null);
    const { update, inUse } = await session(device, () => serve(published("2027.01.01")));
    assert.deepEqual([update.code, inUse], ["storage-full", "2026.12.01"]);
    assert.match(update.message, /存储空间不够/);
    assert.equal((await session(device, null)).inUse, "2026.12.01");
  });

  it("存下的坏了：退回上一个好的，再坏退回代码包里的", async () => {
    const device = newDevice();
    await session(device, () => serve(published("2026.12.01")));
    await session(device, () => serve(published("2027.01.01"), { header: { ETag: '"2"' } }));
    const packs = () => [...device.files.keys()].filter((name) => name.endsWith(".pack"));
    const newest = packs().at(-1);
    device.files.set(newest, device.files.get(newest).subarray(0, 100_000));
    const back = await session(device, null);
    assert.deepEqual([back.inUse, back.rolledBack], ["2026.12.01", ["pack-truncated"]]);
    device.files.delete(packs()[0]);
    const again = await session(device, null);
    assert.deepEqual([again.inUse, again.rolledBack], ["2026.01.01", ["load"]]);
    assert.deepEqual((await session(device, null)).rolledBack, [], "退回一次就不再提");
  });

  it("上次打开新包时小程序没了：不再试它", async () => {
    const device = newDevice();
    await session(device, () => serve(published("2026.12.01")));
    // The app dies while the new pack is being opened for the first time: the module never gets going.
    const runtime = start({ root: app.folder, device, stuck: ["instantiate"], lacks: ["readCompressedFile"] });
    runtime.require("miniprogram_npm/sheda").open({ pack: "/shipped.br", trust, store, timeout: 60_000 }).catch(() => {});
    while (!runtime.calls.some((call) => call.startsWith("instantiate"))) await new Promise((next) => setTimeout(next, 5));
    const { inUse, rolledBack } = await session(device, null);
    assert.deepEqual([inUse, rolledBack], ["2026.01.01", ["internal"]]);
  });

  it("更新记录写到一半：用另一份", async () => {
    const device = newDevice();
    await session(device, () => serve(published("2026.12.01")));
    await session(device, null);
    const states = [...device.files.keys()].filter((name) => name.includes("state-"));
    const newest = states.sort((a, b) => JSON.parse(device.files.get(b)).turn - JSON.parse(device.files.get(a)).turn)[0];
    device.files.set(newest, device.files.get(newest).subarray(0, 20));
    const { inUse } = await session(device, null);
    assert.ok(["2026.12.01", "2026.01.01"].includes(inUse));
    device.files.forEach((_, name) => name.includes("state-") && device.files.set(name, Buffer.from("{")));
    assert.equal((await session(device, null)).inUse, "2026.01.01");
  });

  it("小程序自己带来了更新的知识包：用它，不用以前下载的", async () => {
    const device = newDevice();
    await session(device, () => serve(published("2026.12.01")));
    assert.equal((await session(device, null, { app: "1.1.0", shipped: "2026.02.01" })).inUse, "2026.12.01");
    assert.equal((await session(device, null, { app: "1.2.0", shipped: "2027.02.01" })).inUse, "2027.02.01");
    assert.equal([...device.files.keys()].some((name) => name.endsWith(".pack")), false);
  });
});

/** A pack whose manifest bears another version of the same length, with checksums set right (core/src/pack describes the format). */
function withVersion(pack, version) {
  const bytes = Buffer.from(pack);
  const tableEnd = 24 + bytes.readUInt32LE(16);
  for (let at = 24; at < tableEnd; ) {
    const facts = at + 1 + bytes[at];
    const [start, length] = [bytes.readUInt32LE(facts), bytes.readUInt32LE(facts + 4)];
    if (bytes.toString("utf8", at + 1, facts) === "manifest") {
      const section = bytes.subarray(start, start + length);
      const text = section.toString("utf8");
      const changed = text.replace(/"version":"[\d.]+"/, `"version":"${version}"`);
      assert.equal(Buffer.byteLength(changed), length, "同样长的版本号");
      section.write(changed);
      bytes.writeUInt32LE(crc32(section), facts + 8);
    }
    at = facts + 12;
  }
  bytes.writeUInt32LE(crc32(bytes.subarray(24, tableEnd)), 20);
  return bytes;
}

function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
