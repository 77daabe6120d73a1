// What both entries of the author promise: run in Node and, in a real browser, in a worker. Only web-standard JavaScript
// here. `env` is { openAuthor, pack (bytes of the national pack), files ([path, bytes][] of kb/), questions, types }.

import { mismatches } from "./declared.mjs";

function ok(condition, message) {
  if (!condition) throw new Error(message);
}

function same(actual, expected, message = "") {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  ok(a === b, `${message} 得到 ${a}，应为 ${b}`);
}

const shaped = (env, type, value) => same(mismatches(env.types, type, value), [], type);
const utf8 = (text) => new TextEncoder().encode(text);
const CHANGED = "kb/content/unemployment/unemployment-benefit-duration.md";

/** Opens, runs, closes. */
const opened = (run) => async (env) => {
  const author = await env.openAuthor();
  try {
    await run(author, env);
  } finally {
    await author.close();
  }
};

async function refused(promise, code, words) {
  const error = await promise.then(() => null, (error) => error);
  ok(error?.name === "ShedaError" && error.code === code, `应为 ${code}：${error}`);
  ok(error.message.includes(words), `消息里应有“${words}”：${error.message}`);
}

export const authorCases = [
  ["生成的知识包与 sheda build 逐字节相同，边做边说进度", opened(async (author, env) => {
    const seen = [];
    const result = await author.build(env.files, { folders: ["kb"], onProgress: (progress) => seen.push(progress) });
    same(result.problems, []);
    ok(result.pack instanceof Uint8Array && result.pack.length === env.pack.length, `${result.pack?.length} 字节，应为 ${env.pack.length}`);
    ok(result.pack.every((byte, at) => byte === env.pack[at]), "有字节不同");
    shaped(env, "Manifest", result.manifest);
    ok(result.manifest.counts.answers > 700 && result.manifest.counts.rules > 100, "条数");
    seen.forEach((progress) => shaped(env, "Progress", progress));
    same([...new Set(seen.map(({ stage }) => stage))], ["answers", "rules", "words", "index", "examples"]);
  })],

  ["文件里的问题带文件名和行号，没有半个知识包", opened(async (author, env) => {
    const own = [["本市/a.md", utf8("---\nid: a\n")], ["本市/b.md", new Uint8Array([45, 45, 45, 10, 0xd6, 0xd0])]];
    const result = await author.build([...env.files, ...own], { folders: ["kb", "本市"] });
    same([result.pack, result.manifest], [null, null]);
    result.problems.forEach((problem) => shaped(env, "Problem", problem));
    same(result.problems.map(({ file, line }) => `${file}:${line}`), ["本市/a.md:1", "本市/b.md:2"]);
    ok(result.problems[1].message.includes("UTF-8"), result.problems[1].message);
  })],

  ["压缩包外面套的文件夹不碍事；没有知识的文件夹直说", opened(async (author, env) => {
    const wrapped = env.files.map(([path, bytes]) => [`下载/外层/${path}`, bytes]);
    ok((await author.build(wrapped, { folders: ["下载"] })).pack !== null, "套了两层也能生成");
    const { problems } = await author.build([["空/说明.txt", utf8("没有答案")]], { folders: ["空"] });
    ok(problems[0].message.includes("没有答案"), problems[0].message);
  })],

  ["比较：新增、改动、删除，以及对金标准问题的影响", opened(async (author, env) => {
    const text = new TextDecoder().decode(new Map(env.files).get(CHANGED));
    const next = env.files.filter(([path]) => path !== CHANGED);
    next.push([CHANGED, utf8(text.replace("title: 失业保险金最多能领几个月", "title: 失业保险金最长领几个月"))]);
    next.push(["kb/content/own-answer.md", utf8(text.replace("id: unemployment-benefit-duration", "id: own-answer").replace("title: ", "title: 本市的"))]);
    const { pack, problems } = await author.build(next, { folders: ["kb"] });
    same(problems, []);
    const comparison = await author.compare(env.pack, pack);
    shaped(env, "Comparison", comparison);
    same(comparison.answers.added.map(({ id }) => id), ["own-answer"]);
    same(comparison.answers.changed.map(({ id, fields }) => [id, fields.map(({ name }) => name)]), [["unemployment-benefit-duration", ["标题"]]]);
    same(comparison.rules.changed, []);
    const effect = await author.effect(env.pack, pack, env.questions);
    shaped(env, "Effect", effect);
    ok(effect.changed.some(({ better, wanted }) => !better && wanted.includes("unemployment-benefit-duration")), "复制的答案抢了位置");
  })],

  ["参数不对、知识包不对、问题文件不对，都说是哪里", opened(async (author, env) => {
    await refused(author.build([["a.md", "文字"]], { folders: ["a"] }), "bad-request", "files");
    await refused(author.build([], { folders: [] }), "bad-request", "folders");
    await refused(author.compare(env.pack, utf8("不是知识包")), "pack-foreign", "");
    await refused(author.effect(env.pack, env.pack, '{"id": 1}'), "bad-request", "questions.jsonl:1");
  })],

  ["关了就停，之后的调用说已关闭", async (env) => {
    const author = await env.openAuthor();
    const building = author.build(env.files, { folders: ["kb"] }).then(() => "done", (error) => error.code);
    await author.close();
    ok(["closed", "done"].includes(await building), "正在做的以 closed 结束（同一线程里可能已经做完）");
    await refused(author.compare(env.pack, env.pack), "closed", "");
  }],
];
