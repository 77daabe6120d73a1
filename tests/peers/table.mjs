// The rows and the promises as Markdown, and as what stands between two marks of a page.

import { readFileSync, writeFileSync } from "node:fs";

import { mrr, success } from "./results.mjs";

const BEGIN = "<!-- peers, written by cargo xtask bench --peers --write -->";
const END = "<!-- end of peers -->";

const COLUMNS = [
  "engine", "terms", "questions", "MRR@10", "first / in five", "index KB raw / brotli", "library KB brotli",
  "load ms", "open ms", "first ms", "p50 / p99 ms", "memory MiB held / resident",
];

/** One table, a block of rows for every set, best quality first; below it the promises and when it was measured. */
export function markdown(rows, verdicts) {
  const sets = [...new Set(rows.map((row) => row.set))];
  const blocks = sets.flatMap((set) => {
    const ofSet = rows.filter((row) => row.set === set).sort((a, b) => mrr(b) - mrr(a));
    const heading = [`**${set}**`, `${ofSet[0].documents} documents`, ...COLUMNS.slice(2).map(() => "")];
    return [heading, ...ofSet.map(cells)].map(line);
  });
  const promises = verdicts.map(({ set, promise, detail, holds }) => line([set, promise, detail, holds ? "holds" : "**does not hold**"]));
  return [
    line(COLUMNS), line(COLUMNS.map((_, column) => (column < 2 ? "---" : "---:"))), ...blocks,
    "", line(["set", "promise", "SheDa against the peer that is hardest to beat", ""]), line(["---", "---", "---", "---"]), ...promises,
    "", measured(rows),
  ].join("\n");
}

/** Puts the text between the marks of a page. */
export function write(file, text) {
  const page = readFileSync(file, "utf8");
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`${file} lacks “${BEGIN}” and “${END}”`);
  writeFileSync(file, `${page.slice(0, begin)}${BEGIN}\n${text}\n${page.slice(end)}`);
}

function cells(row) {
  const kb = (bytes) => (bytes / 1e3).toFixed(0);
  const mib = (bytes) => (bytes / 2 ** 20).toFixed(0);
  const ms = (number) => number.toFixed(number < 1 ? 3 : number < 100 ? 1 : 0);
  const count = Object.keys(row.ranks).length;
  return [
    row.engine === "sheda" ? `**${row.name}**` : `${row.name} ${row.version}`,
    row.tokens,
    count === row.questions ? `${count}` : `${count} of ${row.questions}`,
    mrr(row).toFixed(3),
    `${success(row, 1).toFixed(3)} / ${success(row, 5).toFixed(3)}`,
    `${kb(row.index.bytes)} / ${kb(row.index.brotli)}`,
    kb(row.library.brotli),
    ms(row.library_ms),
    ms(row.open_ms),
    ms(row.first_ms),
    `${ms(row.p50_ms)} / ${ms(row.p99_ms)}`,
    `${mib(row.memory.held)} / ${mib(row.memory.resident)}`,
  ];
}

function measured(rows) {
  const days = (some) => [...new Set(some.map((row) => `${row.date} on ${row.machine}`))].sort().join(" and ");
  const ours = days(rows.filter((row) => row.engine === "sheda"));
  const peers = days(rows.filter((row) => row.engine !== "sheda"));
  return ours === peers || !ours || !peers ? `Measured ${ours || peers}.` : `Peers measured ${peers}; SheDa ${ours}.`;
}

function line(columns) {
  return `| ${columns.join(" | ")} |`;
}
