// Measured rows: kept in a JSON file, so that one engine can be measured anew beside the others' earlier figures.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/** The rows kept so far. */
export function kept(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
}

/** Keeps a row in place of an earlier one of the same engine, tokens and set. */
export function keep(file, row) {
  const others = kept(file).filter((other) => key(other) !== key(row));
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify([...others, row])}\n`);
}

/** Mean reciprocal rank within ten: of all questions that were asked, or of these. */
export function mrr({ ranks }, ids = Object.keys(ranks)) {
  return mean(ids.map((id) => (ranks[id] ? 1 / ranks[id] : 0)));
}

/** Share of questions with a right answer among the first so many. */
export function success({ ranks }, within) {
  return mean(Object.values(ranks).map((rank) => Number(rank > 0 && rank <= within)));
}

function key({ set, engine, tokens }) {
  return [set, engine, tokens].join(" ");
}

function mean(numbers) {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
