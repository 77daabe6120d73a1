// Reading results back: the layout is that of wasm/src/flat.rs, whose own test pins the same example.

import assert from "node:assert/strict";
import { it } from "node:test";

import { unflatten } from "../dist/flat.js";

const units = (text) => [...Array(text.length).keys()].map((at) => text.charCodeAt(at));
const flat = (codes, texts) => new Uint16Array([codes.length & 0xffff, codes.length >> 16, ...codes, ...units(texts)]);

it("对象、列表、文字、整数、空值，键只写一次", () => {
  const codes = [8, 2, 0, 9, 2, 0, 1, 6, 3, 1, 1, 0, 9, 2, 0, 2, 2, 1, 4, 4464, 1];
  assert.deepEqual(unflatten(flat(codes, "a甲😀bc")), [{ a: "甲😀", b: null }, { a: true, c: 70_000 }]);
});

it("小数、负数、长文字", () => {
  const bits = new Uint16Array(new Float64Array([-0.25]).buffer);
  assert.equal(unflatten(flat([5, ...bits], "")), -0.25);
  assert.equal(unflatten(flat([7, 4464, 1], "社".repeat(70_000))), "社".repeat(70_000));
});

it("叫作 __proto__ 的键也只是一个键", () => {
  const value = unflatten(flat([9, 1, 0, 9, 2], "__proto__"));
  assert.deepEqual(Object.keys(value), ["__proto__"]);
  assert.equal(Object.getPrototypeOf(value), Object.prototype);
});

it("截断或不认识的编码是错误，不是残缺的结果", () => {
  assert.throws(() => unflatten(flat([8, 2, 0, 0], "")), TypeError);
  assert.throws(() => unflatten(flat([77], "")), TypeError);
  assert.throws(() => unflatten(new Uint16Array(0)), TypeError);
});
