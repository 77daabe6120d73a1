// 知识维护 as an editor uses it: a folder in, problems or a pack out, what changes, in use here and back again.

import assert from "node:assert/strict";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";

import { overflow, PHONE, SCREENS, violations, WALL, workbench } from "./visit.mjs";
import { open } from "../../wasm/js/dist/node.js";

const { visit: visitAt } = workbench();
const visit = (run, options = {}) => visitAt(run, { address: "/knowledge", ...options });

const EXAMPLE = fileURLToPath(new URL("../../web-demo/knowledge-example", import.meta.url));
const KB = fileURLToPath(new URL("../../kb", import.meta.url));
const DURATION = "content/unemployment/unemployment-benefit-duration.md";

let folder;
before(async () => (folder = await mkdtemp(path.join(tmpdir(), "sheda-authoring-"))));
after(() => rm(folder, { recursive: true, force: true }));

/** A knowledge folder of these files, `{ path: text or bytes }`. */
async function knowledge(name, files) {
  const root = path.join(folder, name);
  for (const [file, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(root, file)), { recursive: true });
    await writeFile(path.join(root, file), content);
  }
  return root;
}

const button = (page, name) => page.getByRole("button", { name });
const give = (page, what) => page.getByLabel("知识文件夹").setInputFiles(what);
const giveZip = (page, name, buffer) => page.getByLabel("知识 zip").setInputFiles({ name, mimeType: "application/zip", buffer });
const heading = (page, name) => page.getByRole("heading", { name });
const done = (page) => heading(page, /^已生成/).waitFor({ timeout: 30_000 });
const refused = (page, words) => page.getByRole("alert").filter({ hasText: words }).waitFor();
const inUse = (page) => page.getByRole("complementary", { name: "知识包来源" });

/** Drops files or folders of this computer, as a hand does. */
async function dropOn(page, paths) {
  const place = page.getByText("把知识文件夹或 zip 拖到这里");
  await place.scrollIntoViewIfNeeded();
  const box = await place.boundingBox();
  const client = await page.context().newCDPSession(page);
  const data = { items: [], files: paths, dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"]) await client.send("Input.dispatchDragEvent", { type, x: box.x + 5, y: box.y + 5, data });
}

/** An archive of stored files, names as bytes: what Chinese Windows writes, and what lies about sizes. */
function zip(files, { declared } = {}) {
  const [parts, directory] = [[], []];
  let at = 0;
  for (const [name, content] of files) {
    const body = Buffer.from(content);
    const head = (central) => {
      const bytes = Buffer.alloc(central ? 46 : 30);
      bytes.writeUInt32LE(central ? 0x02014b50 : 0x04034b50, 0);
      const from = central ? 8 : 6;
      bytes.writeUInt32LE(crc(body), from + 8);
      bytes.writeUInt32LE(body.length, from + 12);
      bytes.writeUInt32LE(declared ?? body.length, from + 16);
      bytes.writeUInt16LE(name.length, from + 20);
      if (central) bytes.writeUInt32LE(at, 42);
      return bytes;
    };
    parts.push(head(false), name, body);
    directory.push(head(true), name);
    at += 30 + name.length + body.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, central, end]);
}

function crc(bytes) {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return ~sum >>> 0;
}

describe("知识维护", () => {
  it("示例文件夹：生成、比较、在本机使用、查得到、改回去", visit(async (page) => {
    await give(page, EXAMPLE);
    await done(page);
    await heading(page, "已生成：示例单位社会保险咨询知识库").waitFor();
    await page.getByRole("heading", { name: "答案：新增 1，改动 0，删除 0" }).waitFor();
    await page.getByText("我们单位的社保咨询窗口在哪里、几点上班？").waitFor();
    // The two questions of the example are answered now.
    await page.getByRole("heading", { name: /^答得更好/ }).waitFor();
    assert.deepEqual(await violations(page), []);
    assert.equal(await inUse(page).count(), 0, "没说用就不用");

    await button(page, "在本机使用").click();
    await inUse(page).getByText("示例单位社会保险咨询知识库").waitFor();
    await button(page, "你们咨询窗口几点下班").click();
    await page.getByRole("combobox", { name: "问题" }).waitFor();
    assert.ok(!decodeURIComponent(page.url()).includes("几点下班"), "问题不进网址");
    await page.locator("article.answer").getByRole("heading", { name: "我们单位的社保咨询窗口在哪里、几点上班？" }).waitFor();

    await page.reload();
    await inUse(page).getByText("示例单位社会保险咨询知识库").waitFor();
    await button(page, "改回发布的知识包").click();
    await inUse(page).waitFor({ state: "detached" });
    await page.locator(".pack").getByText("全国社会保险咨询知识库").waitFor();
    await page.reload();
    await page.locator(".pack").getByText("全国社会保险咨询知识库").waitFor();
    assert.equal(await inUse(page).count(), 0);
  }));

  it("改全国的答案：看得到改了哪些字、哪些问题答得更差；去查答再回来还在", visit(async (page) => {
    const own = path.join(folder, "改过的全国库");
    for (const part of ["content", "rules", "lexicon", "calendar", "ledger"]) await cp(path.join(KB, part), path.join(own, part), { recursive: true });
    for (const file of ["agencies", "flows", "inspection", "laws", "pack", "profile", "regions", "terms"]) await cp(path.join(KB, `${file}.toml`), path.join(own, `${file}.toml`));
    const text = await readFile(path.join(own, DURATION), "utf8");
    const questions = /questions:\n(?: {2}- .*\n)+/.exec(text)[0];
    await writeFile(path.join(own, DURATION), text.replace(questions, "questions:\n  - 期限一\n  - 期限二\n  - 期限三\n").replace("失业保险金最多能领几个月", "最长的期限有多长"));
    await page.getByRole("radio", { name: "单独成库" }).check();
    await give(page, own);
    await done(page);
    await page.getByRole("heading", { name: "答案：新增 0，改动 1，删除 0" }).waitFor();
    await page.getByText("问法", { exact: false }).first().waitFor();
    await page.locator("summary").filter({ hasText: "最长的期限有多长" }).click();
    assert.ok((await page.locator("del").allInnerTexts()).join("").includes("失业保险金"));
    assert.ok((await page.locator("ins").allInnerTexts()).join("").includes("期限"));
    await page.getByRole("heading", { name: /^答得更差/ }).waitFor();
    assert.deepEqual(await violations(page), []);
    await page.getByRole("link", { name: "查答" }).click();
    await page.getByRole("link", { name: "知识维护" }).click();
    await page.getByRole("heading", { name: "答案：新增 0，改动 1，删除 0" }).waitFor();
  }));

  it("下载的 .sheda 能打开，与命令生成的逐字节相同", visit(async (page) => {
    await page.getByRole("radio", { name: "单独成库" }).check();
    const [national] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "全国知识的源文件" }).click()]);
    await giveZip(page, "全国.zip", await readFile(await national.path()));
    await done(page);
    await page.getByText("内容完全一样").waitFor();
    const [download] = await Promise.all([page.waitForEvent("download"), button(page, "下载 .sheda").click()]);
    assert.match(download.suggestedFilename(), /^cn-national-.*\.sheda$/);
    const bytes = await readFile(await download.path());
    const shipped = await readFile(new URL("../../web-demo/dist/national.sheda", import.meta.url));
    assert.ok(bytes.equals(shipped), "与随页面发布的逐字节相同");
    const sheda = await open({ pack: new Uint8Array(bytes) });
    await sheda.close();
  }));

  it("写错的文件：说哪个文件、第几行、那一行写的什么，可以下载", visit(async (page) => {
    const own = await knowledge("写错的", {
      "content/no-end.md": "---\nid: no-end\ntitle: 没有结束的\n",
      "content/gbk.md": Buffer.concat([Buffer.from("---\nid: gbk\ntitle: "), Buffer.from([0xb1, 0xea, 0xcc, 0xe2]), Buffer.from("\n---\n")]),
      "content/bad-kind.md": "---\nid: bad-kind\ntitle: 事项写错了吗？\nquestions: [一问, 二问, 三问]\ninsurance: 失业\nkind: 随便\nregion: 100000\nagency: 人社\nbasis:\n  - { law: 社会保险法, article: 46 }\neffective: 2011-07-01\nreviewed: 2026-11-23\nrelated: []\n---\n答案。\n",
    });
    await give(page, own);
    await heading(page, "3 个文件有 3 处问题，没有生成").waitFor({ timeout: 30_000 });
    const about = (file) => page.getByRole("region", { name: file });
    await about("写错的/content/no-end.md").getByText("没有结束").waitFor();
    await about("写错的/content/gbk.md").getByText("不是 UTF-8 编码").waitFor();
    assert.match(await about("写错的/content/gbk.md").innerText(), /第 3 行[\s\S]*title: 标题/);
    assert.match(await about("写错的/content/bad-kind.md").innerText(), /第 6 行[\s\S]*可以写：政策咨询[\s\S]*kind: 随便/);
    assert.deepEqual(await violations(page), []);
    const [download] = await Promise.all([page.waitForEvent("download"), button(page, "下载清单").click()]);
    assert.match(await readFile(await download.path(), "utf8"), /写错的\/content\/bad-kind\.md:6: /);
    await page.getByRole("link", { name: "查答" }).click();
    await page.getByRole("combobox", { name: "问题" }).fill("失业金能领几个月");
    await page.locator("article.answer").waitFor();
  }));

  it("取消：回到开始，什么也没变", visit(async (page) => {
    await give(page, EXAMPLE);
    await button(page, "取消").click();
    await button(page, "取消").waitFor({ state: "detached" });
    await page.waitForTimeout(500);
    assert.equal(await heading(page, /^已生成/).count(), 0);
    await give(page, EXAMPLE);
    await done(page);
  }));
});

describe("拖进来", () => {
  it("文件夹、几个散文件、zip 都行", visit(async (page) => {
    await dropOn(page, [EXAMPLE]);
    await done(page);
    const answer = path.join(EXAMPLE, "content/our-consultation-window.md");
    await dropOn(page, [answer, path.join(EXAMPLE, "README.md")]);
    await page.getByText("没有 pack.toml，名称和版本沿用全国知识库的").waitFor({ timeout: 30_000 });
    const packed = path.join(folder, "拖的.zip");
    await writeFile(packed, zip([[Buffer.from("content/our-consultation-window.md"), await readFile(answer)], [Buffer.from("图.png"), "图"]]));
    await dropOn(page, [packed]);
    await page.getByText("另有 1 个文件不是知识文件").waitFor({ timeout: 30_000 });
  }));

  it("空文件夹：直说是空的", visit(async (page) => {
    const empty = path.join(folder, "空的");
    await mkdir(empty);
    await dropOn(page, [empty]);
    await refused(page, "文件夹是空的");
  }));
});

describe("放错了东西", () => {
  it("空文件夹、没有知识的文件夹、不是 zip、RAR、空文件、套着图片的 zip", visit(async (page) => {
    await give(page, await knowledge("只有图片", { "图.png": "不是图" }));
    await refused(page, "里面没有知识文件");
    for (const [name, bytes, words] of [
      ["知识.zip", "这是一段文字", "这不是 zip 压缩包"],
      ["知识.zip", "Rar!\u001a\u0007", "这是 RAR 压缩包"],
      ["知识.zip", "", "这个文件是空的"],
      ["知识.zip", "PK\u0003\u0004断了", "这个 zip 打不开"],
      ["知识.zip", zip([[Buffer.from("a.png"), "图"]]), "里面没有知识文件"],
    ]) {
      await giveZip(page, name, Buffer.from(bytes));
      await refused(page, words);
    }
    await page.getByText("现在用的知识包没有变").waitFor();
  }));

  it("压缩炸弹、大得不像知识的文件：不解开，直说", visit(async (page) => {
    const many = Array.from({ length: 30 }, (_, at) => [Buffer.from(`content/a${at}.md`), "一"]);
    await giveZip(page, "炸弹.zip", zip(many, { declared: 1_900_000 }));
    await refused(page, "加起来超过 40 MB");
    await giveZip(page, "炸弹.zip", zip([[Buffer.from("content/a.md"), "一"]], { declared: 0x7fff_ffff }));
    await refused(page, "超过一个知识文件的上限");
    const large = path.join(folder, "大.zip");
    await writeFile(large, zip([[Buffer.from("图.png"), Buffer.alloc(50_000_000)]]));
    await page.getByLabel("知识 zip").setInputFiles(large);
    await refused(page, "里面没有知识文件");
  }));

  it("中文 Windows 压的 zip（文件名是 GBK）照样读，外面套着文件夹也行", visit(async (page) => {
    const answer = (await readFile(path.join(EXAMPLE, "content/our-consultation-window.md"), "utf8")).replace("kind: 引导服务", "kind: 引路");
    // 我的知识/…
    const gbk = Buffer.concat([Buffer.from([0xce, 0xd2, 0xb5, 0xc4, 0xd6, 0xaa, 0xca, 0xb6]), Buffer.from("/content/our-consultation-window.md")]);
    await giveZip(page, "压缩.zip", zip([[gbk, answer]]));
    await page.getByRole("region", { name: "压缩/我的知识/content/our-consultation-window.md" }).getByText("kind 不认识“引路”").waitFor({ timeout: 30_000 });
  }));
});

describe("知识维护的样子", () => {
  for (const [name, screen] of Object.entries({ ...SCREENS, 大屏: WALL })) {
    it(`${name}：axe 没有发现，不横向滚动`, visit(async (page) => {
      await heading(page, "知识维护").waitFor();
      assert.deepEqual(await violations(page), []);
      await give(page, EXAMPLE);
      await done(page);
      await page.waitForTimeout(350);
      assert.deepEqual(await violations(page), []);
      assert.ok((await overflow(page)) <= 0);
      if (process.env.SCREENSHOTS) await page.screenshot({ path: path.join(process.env.SCREENSHOTS, `${name}.png`), fullPage: true });
    }, { screen }));
  }

  it("手机大字也不横向滚动", visit(async (page) => {
    await button(page, "大字").click();
    await give(page, EXAMPLE);
    await done(page);
    assert.ok((await overflow(page)) <= 0);
  }, { screen: PHONE }));
});
