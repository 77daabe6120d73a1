// The author in Node: the contract, and how long a build takes.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, it } from "node:test";

import { openAuthor } from "../dist/author/node.js";
import { authorCases } from "./author-contract.mjs";
import { parseInterfaces } from "./declared.mjs";
import { packPath } from "./fixture.mjs";
import { filesOf, kb } from "./folder.mjs";

const read = (relative) => readFile(new URL(relative, import.meta.url), "utf8");
const env = {
  openAuthor,
  pack: new Uint8Array(await readFile(packPath)),
  files: await filesOf(kb, "kb"),
  questions: await read("../../../tests/golden/questions.jsonl"),
  types: parseInterfaces((await read("../src/types.ts")) + (await read("../src/author/types.ts"))),
};

describe("重新生成", () => {
  for (const [name, run] of authorCases) it(name, () => run(env));

  it("全国知识库在十秒以内", async () => {
    const author = await openAuthor();
    const started = performance.now();
    await author.build(env.files, { folders: ["kb"] });
    const took = performance.now() - started;
    console.log(`全国知识库生成用时 ${Math.round(took)} 毫秒`);
    assert.ok(took < 10_000, `${took} 毫秒`);
    await author.close();
  });
});
