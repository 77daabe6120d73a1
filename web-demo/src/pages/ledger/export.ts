// The ledger as a file: the schema's columns by their titles, then whatever else records hold.

import type { LedgerRecord, LedgerSchema } from "sheda/worker";

import { textIn } from "../../ledger/handbook";
import { save } from "../../save";
import { today } from "../../today";
import type { Kind } from "./tables/protocol";
import { writeTable } from "./tables/tables";

export async function exportRecords(kind: Kind, { columns }: LedgerSchema, records: LedgerRecord[]): Promise<void> {
  const known = new Set(columns.flatMap(({ name, aliases }) => [name, ...aliases]));
  const others = [...new Set(records.flatMap(Object.keys))].filter((name) => !known.has(name));
  const headings = [...columns.map(({ name }) => name), ...others];
  const rows = records.map((record) => [
    ...columns.map((column) => textIn(record, column)),
    ...others.map((name) => String(record[name] ?? "")),
  ]);
  save(await writeTable(kind, headings, rows), `咨询服务台账-${today()}.${kind}`);
}
