// Finds the heading row of a table, and makes records of the rows below. The same as `sheda check --ledger` does.

import type { Column, LedgerRecord, LedgerSchema } from "sheda/worker";

import type { Row } from "../tables/protocol";

/** How many rows may stand above the heading row: a title, a unit, a date. */
const ROWS_ABOVE = 10;
/** So many known headings make a row the heading row. */
const ENOUGH = 3;

/** The headings of a table, by column; empty for a column without one. */
export interface Headings {
  /** The row after them. */
  next: number;
  names: string[];
}

/** The column of the ledger that a heading means, whatever spaces, stars or remarks in brackets it has. */
function columnFor(schema: LedgerSchema, heading: string): Column | undefined {
  const bare = heading.replaceAll(/[\s*＊\ufeff]/g, "");
  const plain = bare.split(/[（(]/)[0] ?? "";
  const called = (name: string) => schema.columns.find((column) => column.name === name || column.aliases.includes(name));
  return called(bare) ?? called(plain);
}

/**
 * Finds the heading row.
 *
 * @throws Error naming what is missing
 */
export function findHeadings(schema: LedgerSchema, rows: Row[]): Headings {
  for (const [at, { number, cells }] of rows.slice(0, ROWS_ABOVE).entries()) {
    const known = cells.filter((cell) => cell.trim() !== "" && columnFor(schema, cell)).length;
    if (known < ENOUGH) continue;
    const names = cells.map((cell) => columnFor(schema, cell)?.name ?? cell.trim());
    const twice = names.find((name, place) => name !== "" && names.indexOf(name) !== place);
    if (twice) throw new Error(`第 ${number} 行表头里“${twice}”出现了两次`);
    const missing = schema.columns.filter(({ name, required }) => required && !names.includes(name)).map(({ name }) => name);
    if (missing.length > 0) throw new Error(`第 ${number} 行表头缺少必需的栏目：${missing.join("、")}`);
    return { next: at + 1, names };
  }
  const wanted = schema.columns.filter(({ required }) => required).map(({ name }) => name);
  throw new Error(`前 ${ROWS_ABOVE} 行里没有表头，至少要有这些栏目：${wanted.join("、")}`);
}

/** 2026/11/3, 2026.11.3, 2026年11月3日 as 2026-11-03, which sorts; whatever else stays as it was written, to be judged by the rules. */
function isoDay(text: string): string {
  const [, year, month, day] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text) ?? [];
  return year && month && day ? `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` : text;
}

/** The record of a row, or why there is none; `null` for a blank row. */
export function recordIn(schema: LedgerSchema, { names }: Headings, { cells, fault }: Row): LedgerRecord | string | null {
  const isDate = (name: string) => schema.columns.find((column) => column.name === name)?.holds === "date";
  if (cells.every((cell) => cell.trim() === "")) return null;
  if (fault) return fault;
  if (cells.slice(names.length).some((cell) => cell.trim() !== "")) return `这一行有 ${cells.length} 格，比表头多`;
  const record: LedgerRecord = {};
  names.forEach((name, place) => {
    const text = cells[place]?.trim() ?? "";
    if (name !== "" && text !== "") record[name] = isDate(name) ? isoDay(text) : text;
  });
  return record;
}
