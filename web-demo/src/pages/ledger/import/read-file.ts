// A file becomes records, each checked; nothing is written yet.

import type { LedgerRecord, LedgerSchema, Sheda } from "sheda/worker";

import { errorsAmong } from "../../../ledger/findings";
import { allEntries } from "../../../ledger/store";
import { today } from "../../../today";
import { readTable } from "../tables/tables";
import { findHeadings, recordIn } from "./headings";

/** One row of a file after the check. */
export interface CheckedRow {
  /** Its place in the file, from 1. */
  number: number;
  /** `null` if it cannot be a record. */
  record: LedgerRecord | null;
  state: "good" | "faulty" | "unreadable" | "known";
  /** What is wrong, in one line. */
  message: string;
}

/** How many rows are checked before the page is told. */
const CHUNK = 50;

/** The same record gives the same text, whatever the order of its columns. */
function fingerprint(record: LedgerRecord): string {
  const filled = Object.entries(record).filter(([, value]) => String(value ?? "").trim() !== "");
  return JSON.stringify(filled.map(([name, value]) => [name, String(value).trim()]).sort());
}

/**
 * Reads and checks a file. A bad row stops no other.
 *
 * @param progress told how many of how many rows are checked; it answers whether to go on
 * @returns the rows, or `null` if it was not to go on; rejects if the file as a whole cannot be read
 */
export async function readFile(
  file: File,
  sheda: Sheda,
  schema: LedgerSchema,
  progress: (done: number, all: number) => boolean,
): Promise<CheckedRow[] | null> {
  const table = await readTable(file);
  const headings = findHeadings(schema, table);
  const below = table.slice(headings.next);
  const known = new Set((await allEntries()).map(({ record }) => fingerprint(record)));
  const rows: CheckedRow[] = [];
  for (let from = 0; from < below.length; from += CHUNK) {
    if (!progress(from, below.length)) return null;
    const part = below.slice(from, from + CHUNK).map(async (row): Promise<CheckedRow | null> => {
      const record = recordIn(schema, headings, row);
      if (record === null) return null;
      if (typeof record === "string") return { number: row.number, record: null, state: "unreadable", message: record };
      if (known.has(fingerprint(record))) return { number: row.number, record, state: "known", message: "台账里已有同样的一条，不再导入" };
      return { number: row.number, record, ...(await check(sheda, record)) };
    });
    rows.push(...(await Promise.all(part)).filter((row) => row !== null));
  }
  progress(below.length, below.length);
  return rows;
}

async function check(sheda: Sheda, record: LedgerRecord): Promise<Pick<CheckedRow, "state" | "message">> {
  try {
    const { diagnostics } = await sheda.checkRecord(record, { now: today() });
    const errors = errorsAmong(diagnostics);
    const message = errors.map(({ message }) => message).join("；");
    return errors.length > 0 ? { state: "faulty", message } : { state: "good", message: "" };
  } catch (error) {
    return { state: "faulty", message: error instanceof Error ? error.message : String(error) };
  }
}
