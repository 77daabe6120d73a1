// One fresh process: builds an engine's index, or opens it and asks. The job comes as one JSON argument, the figures go out as JSON.
//
// build: documents → files · open: bytes → ready and one question · ask: open, then all questions for quality, times and memory

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { constants, brotliCompressSync } from "node:zlib";

import { readDocuments, readQuestions } from "./sets.mjs";

/** Questions that are timed, and how often: the best of the rounds counts, since the machine does other things too. */
const TIMED = 200;
const ROUNDS = 3;
/** Larger indexes than this are compressed at quality 9 instead of 11, which would take minutes. */
const BEST_BROTLI = 25e6;

const job = JSON.parse(process.argv[2]);
const file = path.join(job.folder, "index.bin");
const module = await import(`./engines/${job.engine}.mjs`);
const steps = { build, open, ask };
console.log(JSON.stringify(await steps[job.step]()));
process.exit(0);

async function build() {
  const engine = await load();
  const documents = await readDocuments(job.set);
  const started = performance.now();
  const built = await engine.build(documents);
  const seconds = (performance.now() - started) / 1e3;
  if (built !== undefined) writeFileSync(file, built);
  const index = engine.index ? engine.index(built) : readFileSync(file);
  return { documents: documents.length, build_s: seconds, index: { bytes: index.length, brotli: brotli(index) } };
}

async function open() {
  const { times } = await opened(readQuestions(job.set));
  return times;
}

async function ask() {
  const questions = readQuestions(job.set);
  const limit = Math.min(questions.length, module.limit?.(job) ?? Infinity);
  const chosen = spread(questions, limit);
  const before = await settledMemory();
  const { engine, index, times } = await opened(chosen);
  const [ranks, once] = await round(engine, index, chosen);
  const timed = limit < questions.length ? once : await bestTimes(engine, index, spread(chosen, TIMED));
  const after = await settledMemory();
  timed.sort((a, b) => a - b);
  const quantile = (part) => timed[Math.min(timed.length - 1, Math.floor(timed.length * part))];
  return {
    ...times, questions: questions.length, ranks, p50_ms: quantile(0.5), p99_ms: quantile(0.99),
    memory: { held: after.held - before.held, resident: after.resident - before.resident },
  };
}

/** Bytes are read first: open_ms is from bytes in memory to ready, first_ms the first question. library_ms is the engine's own code. */
async function opened([question]) {
  const bytes = existsSync(file) ? readFileSync(file) : undefined;
  const [engine, library_ms] = await clocked(load);
  const [index, open_ms] = await clocked(() => engine.open(bytes));
  const [, first_ms] = await clocked(() => engine.search(index, ...asked(question)));
  return { engine, index, times: { library_ms, open_ms, first_ms } };
}

/** Rank of the first right answer among ten (0: none) by question, and the times. */
async function round(engine, index, questions) {
  const ranks = {};
  const times = [];
  for (const question of questions) {
    const [found, ms] = await clocked(() => engine.search(index, ...asked(question)));
    ranks[question.id] = found.slice(0, 10).findIndex((hit) => question.relevant.includes(hit)) + 1;
    times.push(ms);
  }
  return [ranks, times];
}

/** Everyone is told the asker's region where it is known: as a filter, or as one more word. */
function asked({ text, region, place }) {
  if (module.takesRegion || !place) return [text, region];
  return [`${place} ${text}`];
}

async function bestTimes(engine, index, questions) {
  const rounds = [];
  for (let count = 0; count < ROUNDS; count++) rounds.push((await round(engine, index, questions))[1]);
  return questions.map((_, number) => Math.min(...rounds.map((times) => times[number])));
}

/** So many questions, evenly over the list. */
function spread(questions, count) {
  const share = Math.min(1, count / questions.length);
  return questions.filter((_, number) => Math.floor((number + 1) * share) > Math.floor(number * share));
}

/**
 * Memory once garbage is collected: what is held by JavaScript, WebAssembly and buffers; and all that is resident, with the code that
 * V8 made of the engine.
 */
async function settledMemory() {
  for (let round = 0; round < 3; round++) {
    globalThis.gc();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const { heapUsed, external, rss } = process.memoryUsage();
  return { held: heapUsed + external, resident: rss };
}

async function clocked(work) {
  const started = performance.now();
  const result = await work();
  return [result, performance.now() - started];
}

function load() {
  return module.load({ ...job, file });
}

function brotli(bytes) {
  const { BROTLI_PARAM_QUALITY: quality, BROTLI_PARAM_SIZE_HINT: size } = constants;
  return brotliCompressSync(bytes, { params: { [quality]: bytes.length > BEST_BROTLI ? 9 : 11, [size]: bytes.length } }).length;
}
