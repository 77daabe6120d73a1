// Measures the peers and SheDa, every step in a fresh process, and says which of SheDa's promises hold.
//
//   node run.mjs [--only sheda,fts5:grams] [--sets golden] [--print] [--write]
//
// --only: these engines (with one setting), beside the figures that were kept · --print: nothing new, only what was kept ·
// --write: also into docs/benchmarks.md · --shared, --sheda, --pack, --package, --results: where things are, if not in their places

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { versionOf, weighLibrary } from "./library.mjs";
import { judge } from "./ratios.mjs";
import { keep, kept } from "./results.mjs";
import { allSets, readQuestions } from "./sets.mjs";
import { markdown, write } from "./table.mjs";

const ENGINES = ["sheda", "fts5", "minisearch", "elasticlunr", "lunr", "flexsearch", "orama", "fuse", "pagefind"];
/** How often the index is opened, each time in a fresh process; the best counts. */
const OPENS = 3;
/** A step that takes longer than this is broken. */
const PATIENCE_MS = 600_000;

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, "../..");
const target = process.env.CARGO_TARGET_DIR ?? path.join(root, "target");
const text = (fallback) => ({ type: "string", default: fallback });
const { values } = parseArgs({
  options: {
    only: text(ENGINES.join()), sets: text(""), print: { type: "boolean" }, write: { type: "boolean" },
    shared: text(path.resolve(root, "../shared")),
    sheda: text(path.join(target, "release", process.platform === "win32" ? "sheda.exe" : "sheda")),
    pack: text(path.join(target, "national.sheda")),
    package: text(path.join(root, "wasm/js")),
    results: text(path.join(target, "peers/results.json")),
  },
});
const paths = { sheda: path.resolve(values.sheda), pack: path.resolve(values.pack), package: path.resolve(values.package) };
const sets = allSets({ root, shared: values.shared }).filter(({ name }) => values.sets === "" || values.sets.split(",").includes(name));

if (!values.print) await measureAll();
report();

async function measureAll() {
  const missing = Object.values(paths).filter((file) => !existsSync(file));
  if (missing.length > 0) fail(`not there: ${missing.join(", ")} (cargo xtask bench --peers builds them)`);
  const settings = (await Promise.all(values.only.split(",").map(settingsOf))).flat();
  for (const [number, set] of sets.entries()) {
    for (const [at, setting] of settings.entries()) {
      const started = performance.now();
      const count = `${number * settings.length + at + 1}/${sets.length * settings.length}`;
      process.stderr.write(`[${count}] ${set.name}: ${setting.engine}:${setting.tokens} … `);
      keep(values.results, await measure(set, setting));
      process.stderr.write(`${((performance.now() - started) / 1e3).toFixed(0)} s\n`);
    }
  }
}

/** `fts5` is FTS5 with each of its settings, `fts5:grams` with one. */
async function settingsOf(name) {
  const [engine, tokens] = name.split(":");
  if (!ENGINES.includes(engine)) fail(`no engine ${engine}; there are ${ENGINES.join(", ")}`);
  const module = await import(`./engines/${engine}.mjs`);
  return (tokens ? [tokens] : module.settings).map((tokens) => ({ engine, tokens, module }));
}

async function measure(set, { engine, tokens, module }) {
  const folder = path.join(path.dirname(path.resolve(values.results)), "index");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const job = { engine, tokens, set, folder, paths };
  const built = step("build", job);
  const asked = step("ask", { ...job, documents: built.documents });
  const opens = [asked];
  while (opens.length < OPENS) opens.push(step("open", job));
  const least = (figure) => Math.min(...opens.map((times) => times[figure]));
  const row = {
    set: set.name, engine, tokens, name: module.name, format: module.format, version: versionOf(module, job),
    date: new Date().toISOString().slice(0, 10),
    machine: `${os.cpus().length} cores, ${os.platform()} ${os.arch()}, Node ${process.version}`,
    ...built, ...asked, library: await weighLibrary(module, job),
    library_ms: least("library_ms"), open_ms: least("open_ms"), first_ms: least("first_ms"),
  };
  rmSync(folder, { recursive: true, force: true });
  return row;
}

/** One fresh process. */
function step(name, job) {
  const { status, stdout, signal } = spawnSync(
    process.execPath,
    ["--expose-gc", "--max-old-space-size=8192", path.join(here, "measure.mjs"), JSON.stringify({ ...job, step: name })],
    { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"], timeout: PATIENCE_MS, maxBuffer: 1 << 26 },
  );
  if (status !== 0) fail(`${job.engine}:${job.tokens}, ${name}: ${signal ?? `exit code ${status}`}`);
  return JSON.parse(stdout.trim().split("\n").at(-1));
}

function report() {
  const rows = kept(values.results).filter((row) => sets.some((set) => set.name === row.set));
  rows.sort((a, b) => sets.findIndex((set) => set.name === a.set) - sets.findIndex((set) => set.name === b.set));
  const verdicts = judge(rows, heldQuestions());
  const page = markdown(rows, verdicts);
  console.log(page);
  if (values.write) write(path.join(root, "docs/benchmarks.md"), page);
  console.log(`\n${verdicts.filter(({ holds }) => holds).length} of ${verdicts.length} promises hold; kept in ${values.results}`);
}

/** Ids of the questions that a set keeps back from tuning: its `held` and `blind` ones. */
function heldQuestions() {
  const held = sets.map((set) => [set.name, readQuestions(set).filter(({ split }) => split && split !== "tune").map(({ id }) => id)]);
  return Object.fromEntries(held.filter(([, ids]) => ids.length > 0));
}

function fail(message) {
  console.error(`error: ${message}`);
  process.exit(2);
}
