// Documents and questions: our own answers with the golden questions, and the retrieval sets beside the workspace.

import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import path from "node:path";

/** Every set there is: what a fresh process needs to read it. Sets of strangers' questions by size, ours first. */
export function allSets({ root, shared }) {
  const bench = path.join(shared, "bench");
  const names = existsSync(bench) ? readdirSync(bench) : [];
  const size = ({ folder }) => statSync(path.join(folder, "docs.jsonl")).size;
  const others = names
    .map((name) => ({ name, folder: path.join(bench, name), questions: path.join(bench, name, "queries.jsonl") }))
    .filter(({ questions }) => existsSync(questions))
    .sort((a, b) => size(a) - size(b));
  const golden = {
    name: "golden", golden: true, folder: path.join(root, "kb/content"),
    questions: path.join(root, "tests/golden/questions.jsonl"), regions: path.join(root, "kb/regions.toml"),
  };
  return [golden, ...others];
}

/**
 * Questions with a right answer: id, text, relevant ids; where the asker's region is known, its code and its name, so that engines
 * that cannot be told the region can at least read it.
 */
export function readQuestions(set) {
  const questions = jsonLines(set.questions).filter((question) => question.relevant.length > 0);
  if (!set.regions) return questions;
  const regions = readFileSync(set.regions, "utf8").matchAll(/code = (\d+)\nname = "(.+)"/g);
  const names = new Map(Array.from(regions, ([, code, name]) => [Number(code), name]));
  return questions.map((question) => ({ ...question, place: names.get(question.region) }));
}

/** Documents as id and one text, as SheDa indexes them: title, then for our answers how people ask, then the body. */
export async function readDocuments(set) {
  if (!set.golden) {
    return jsonLines(path.join(set.folder, "docs.jsonl")).map(({ id, title, text }) => ({ id, text: `${title}\n${text}` }));
  }
  const { parse } = await import("yaml");
  const files = readdirSync(set.folder, { recursive: true }).filter((file) => file.endsWith(".md")).sort();
  return files.map((file) => {
    const [, front, body] = readFileSync(path.join(set.folder, file), "utf8").split(/^---\n/m, 3);
    const { id, title, questions = [] } = parse(front);
    return { id, text: [title, ...questions, body].join("\n") };
  });
}

function jsonLines(file) {
  return readFileSync(file, "utf8").split("\n").filter((line) => line.trim() !== "").map((line) => JSON.parse(line));
}
