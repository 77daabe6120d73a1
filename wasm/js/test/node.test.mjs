// The package in Node: the contract, every kind of damage to a pack, and recovery after a trap.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, it } from "node:test";
import { pathToFileURL } from "node:url";

import { LocalEngine } from "../dist/engine.js";
import { open, ShedaError } from "../dist/node.js";
import { cases } from "./contract.mjs";
import { parseInterfaces } from "./declared.mjs";
import { packPath } from "./fixture.mjs";

const pack = new Uint8Array(await readFile(packPath));
const wasm = new Uint8Array(await readFile(new URL("../dist/sheda_wasm_bg.wasm", import.meta.url)));
const types = parseInterfaces(await readFile(new URL("../src/types.ts", import.meta.url), "utf8"));
const env = { open, pack, wasm, location: packPath, types };

describe("Node", () => {
  for (const [name, run] of cases) it(name, () => run(env));

  it("file: 网址也可以", async () => {
    const sheda = await open({ pack: pathToFileURL(packPath) });
    assert.equal((await sheda.manifest()).id, "cn-national");
    await sheda.close();
  });
});

describe("坏知识包", () => {
  const module = new WebAssembly.Module(wasm);
  const refusal = async (bytes) => {
    const error = await LocalEngine.open(module, bytes).then((engine) => engine.close(), (error) => error);
    return error instanceof ShedaError ? error.code : `没有报错或不是 ShedaError：${error}`;
  };

  it("在任何长度截断都是 pack-…", async () => {
    const lengths = [0, 1, 7, 8, 11, 12, 16, 20, 24, 50, 100, 200, 500, 1000];
    for (let part = 1; part < 40; part++) lengths.push(Math.floor((pack.length * part) / 40));
    for (const length of lengths) assert.match(await refusal(pack.slice(0, length)), /^pack-(empty|foreign|truncated|damaged)$/, `${length} 字节`);
  });

  it("任何一处改动都被发现", async () => {
    for (let part = 0; part < 120; part++) {
      const at = part < 40 ? part * 7 : Math.floor((pack.length * (part - 39)) / 82);
      const bytes = pack.slice();
      bytes[at] ^= 1 << part % 8;
      assert.match(await refusal(bytes), /^pack-(foreign|version|truncated|damaged|incomplete)$/, `第 ${at} 字节`);
    }
  });
});

describe("陷阱之后", () => {
  it("这一次报 internal，下一次照常", async () => {
    const engine = await LocalEngine.open(new WebAssembly.Module(wasm), pack);
    const before = await engine.search("失业金能领几个月");
    for (let round = 0; round < 3; round++) {
      // With its stack outside the memory, the next call is a real trap at its first store.
      const { exports } = await engine.instance();
      exports.__wbindgen_add_to_stack_pointer(-0x4000_0000);
      await assert.rejects(engine.search("失业金能领几个月"), (error) => {
        assert.ok(error instanceof ShedaError);
        assert.equal(error.code, "internal");
        assert.ok(error.cause instanceof WebAssembly.RuntimeError, String(error.cause));
        return true;
      });
      assert.deepEqual(await engine.search("失业金能领几个月"), before);
    }
    await engine.close();
  });

  it("内存用尽也是一次 internal", async () => {
    const engine = await LocalEngine.open(new WebAssembly.Module(wasm), pack);
    const { exports, engine: raw } = await engine.instance();
    const page = 65_536;
    while (exports.memory.buffer.byteLength < 0xff00_0000) {
      try {
        exports.memory.grow(Math.min(4096, (0xffff_0000 - exports.memory.buffer.byteLength) / page));
      } catch {
        break;
      }
    }
    assert.ok(raw);
    await assert.rejects(engine.search("失业".repeat(20_000_000)), { code: "internal" });
    assert.ok((await engine.search("失业")).hits.length > 0);
    await engine.close();
  });
});
