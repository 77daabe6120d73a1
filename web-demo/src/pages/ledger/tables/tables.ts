// Tables in files, read and written by a worker that lives for one task.

import type { Kind, Outcome, Row, Task } from "./protocol";

/** The kind that a file's name says; `null` if it is no table. */
export function kindOf(name: string): Kind | null {
  const end = name.toLowerCase().split(".").at(-1);
  return end === "xlsx" || end === "xlsm" ? "xlsx" : end === "csv" || end === "tsv" || end === "txt" ? "csv" : null;
}

/** The rows of a file. Rejects with a message for people. */
export async function readTable(file: File): Promise<Row[]> {
  const kind = kindOf(file.name);
  if (!kind) throw new Error(`${file.name} 不是台账文件：要 .xlsx 或 .csv`);
  const bytes = await file.arrayBuffer();
  const outcome = await ask({ do: "read", kind, bytes }, [bytes]);
  if ("rows" in outcome) return outcome.rows;
  throw new Error("文件没有读出来");
}

/** A file of rows. */
export async function writeTable(kind: Kind, headings: string[], rows: string[][]): Promise<Blob> {
  const outcome = await ask({ do: "write", kind, headings, rows }, []);
  if ("file" in outcome) return outcome.file;
  throw new Error("文件没有写出来");
}

function ask(task: Task, transfer: Transferable[]): Promise<Outcome> {
  const worker = new Worker(new URL("./tables.worker.ts", import.meta.url), { type: "module", name: "tables" });
  return new Promise<Outcome>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Outcome>) => ("failure" in data ? reject(new Error(data.failure)) : resolve(data));
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(`后台线程没有运行起来${event.message ? `：${event.message}` : ""}`));
    };
    worker.postMessage(task, transfer);
  }).finally(() => worker.terminate());
}
