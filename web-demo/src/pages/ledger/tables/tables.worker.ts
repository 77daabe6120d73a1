// Reads and writes CSV and XLSX, beside the page.

import Papa from "papaparse";
import { type CellValue, readSheet } from "read-excel-file/universal";
import writeXlsxFile from "write-excel-file/universal";

import type { Outcome, Row, Task } from "./protocol";

const SHEET = "咨询服务台账";

interface Scope {
  onmessage: ((event: MessageEvent<Task>) => void) | null;
  postMessage(outcome: Outcome): void;
}

const scope = globalThis as unknown as Scope;

scope.onmessage = ({ data }) => {
  carryOut(data).then(
    (outcome) => scope.postMessage(outcome),
    (error: unknown) => scope.postMessage({ failure: error instanceof Error ? error.message : String(error) }),
  );
};

async function carryOut(task: Task): Promise<Outcome> {
  if (task.do === "read") return { rows: task.kind === "csv" ? readCsv(task.bytes) : await readXlsx(task.bytes) };
  return { file: task.kind === "csv" ? writeCsv(task.headings, task.rows) : await writeXlsx(task.headings, task.rows) };
}

/** UTF-8, else what Chinese Excel writes. */
function decoded(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}

function readCsv(bytes: ArrayBuffer): Row[] {
  const text = decoded(bytes);
  const { data, errors } = Papa.parse<string[]>(text, { delimiter: text.includes("\t") && !text.includes(",") ? "\t" : "," });
  const faults = new Map(errors.filter(({ row }) => row !== undefined).map(({ row, message }) => [row, message]));
  return data.map((cells, at) => ({
    number: at + 1,
    cells: cells.map(withoutGuard),
    fault: faults.has(at) ? `这一行的引号不成对（${faults.get(at)}）` : "",
  }));
}

async function readXlsx(bytes: ArrayBuffer): Promise<Row[]> {
  let rows: (CellValue | null)[][];
  try {
    rows = (await readSheet(bytes)) as (CellValue | null)[][];
  } catch (cause) {
    throw new Error("不是能打开的 Excel 工作簿（.xlsx）。旧的 .xls 请先另存为 .xlsx", { cause });
  }
  return rows.map((cells, at) => ({ number: at + 1, cells: cells.map(written), fault: "" }));
}

/** A cell as text: days as 2026-11-23. */
function written(value: CellValue | null): string {
  if (value === null) return "";
  if (typeof value === "boolean") return value ? "是" : "否";
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "" : value.toISOString().slice(0, 10);
  return String(value);
}

function writeCsv(headings: string[], rows: string[][]): Blob {
  const text = Papa.unparse([headings, ...rows.map((row) => row.map(guarded))], { newline: "\r\n" });
  // Excel reads UTF-8 only with this mark.
  return new Blob(["\ufeff", text], { type: "text/csv" });
}

/** What a spreadsheet would run as a formula is written as text, and read back as it was. */
const FORMULA = /^[=+\-@\t\r]/;
const guarded = (cell: string) => (FORMULA.test(cell) ? `'${cell}` : cell);
const withoutGuard = (cell: string) => (cell.startsWith("'") && FORMULA.test(cell.slice(1)) ? cell.slice(1) : cell);

function writeXlsx(headings: string[], rows: string[][]): Promise<Blob> {
  const head = headings.map((value) => ({ value, fontWeight: "bold" as const }));
  // As text throughout: a spreadsheet must not make numbers of telephone numbers.
  const body = rows.map((row) => row.map((value) => ({ value, type: String })));
  return writeXlsxFile([head, ...body], { sheet: SHEET, stickyRowsCount: 1 }).toBlob();
}
