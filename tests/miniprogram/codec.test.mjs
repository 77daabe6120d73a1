// The text codec against Node's, which follows the WHATWG Encoding Standard.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import path from "node:path";
import { describe, it } from "node:test";

import { packageFolder } from "./app.mjs";

const { buildSync } = createRequire(path.join(packageFolder, "package.json"))("esbuild");
const { outputFiles } = buildSync({ entryPoints: [path.join(packageFolder, "src/miniprogram/text-codec.ts")], format: "cjs", target: "es2017", write: false });
const ours = { exports: {} };
new Function("module", "exports", outputFiles[0].text)(ours, ours.exports);

/** Numbers from a fixed seed. */
let seed = 20261124;
const random = (below) => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return Math.floor((seed / 2 ** 32) * below);
};
const pick = (list) => list[random(list.length)];

describe("文字编码", () => {
  it("编码：随机的字串，含表情、扩展区的字和落单的代理", () => {
    const units = ["a", "é", "社", "保", "😀", "𠤪", "\ud800", "\udc00", "\udbff", "\u0000", "\ufeff", "\uffff", "€"];
    for (let round = 0; round < 20_000; round++) {
      const text = Array.from({ length: random(24) }, () => pick(units)).join("");
      assert.deepEqual(new ours.exports.TextEncoder().encode(text), new TextEncoder().encode(text), JSON.stringify(text));
      const mine = new Uint8Array(random(40));
      const other = new Uint8Array(mine.length);
      assert.deepEqual(new ours.exports.TextEncoder().encodeInto(text, mine), new TextEncoder().encodeInto(text, other), JSON.stringify(text));
      assert.deepEqual(mine, other);
    }
  });

  it("解码：随机的字节，大半不是 UTF-8", () => {
    const bytes = [0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe4, 0xed, 0xef, 0xf0, 0xf1, 0xf4, 0xf5, 0xff, 0xbb];
    for (let round = 0; round < 60_000; round++) {
      const input = Uint8Array.from({ length: random(12) }, () => pick(bytes));
      for (const options of [{}, { ignoreBOM: true }, { fatal: true }]) {
        const run = (Decoder) => {
          try {
            return new Decoder("utf-8", options).decode(input);
          } catch (error) {
            return error.constructor.name;
          }
        };
        assert.equal(run(ours.exports.TextDecoder), run(TextDecoder), [...input].map((byte) => byte.toString(16)).join(" "));
      }
    }
  });

  it("长文、部分视图、没有参数", () => {
    const text = "失业保险金😀最多领24个月𠤪。".repeat(5_000);
    const bytes = new TextEncoder().encode(text);
    assert.equal(new ours.exports.TextDecoder().decode(bytes), text);
    assert.equal(new ours.exports.TextDecoder().decode(bytes.subarray(3, 33)), new TextDecoder().decode(bytes.subarray(3, 33)));
    assert.equal(new ours.exports.TextDecoder().decode(bytes.buffer), text);
    assert.equal(new ours.exports.TextDecoder().decode(), "");
    assert.equal(new ours.exports.TextEncoder().encode().length, 0);
    assert.throws(() => new ours.exports.TextDecoder("gbk"), RangeError);
  });
});
