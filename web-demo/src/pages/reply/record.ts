// The ledger record that a draft becomes.

import type { Column, Handbook, LedgerRecord } from "sheda/worker";

import { columnOf } from "../../ledger/handbook";
import { today } from "../../today";
import type { Draft } from "./draft";

/** The columns that the page asks for by fields of its own. */
const ASKED = new Set(["channel", "question", "reply", "received", "replied"]);

/** The columns that the clerk fills in besides. */
export function otherColumns(handbook: Handbook): Column[] {
  return handbook.ledger.columns.filter(({ role }) => !role || !ASKED.has(role));
}

/** The record of a draft if it were answered today. */
export function recordOf(handbook: Handbook, draft: Draft): LedgerRecord {
  const record: LedgerRecord = { ...draft.record };
  const set = (role: Parameters<typeof columnOf>[1], text: string) => {
    const column = columnOf(handbook, role);
    if (column) record[column.name] = text;
  };
  set("question", draft.question.trim());
  set("channel", draft.channel);
  set("received", draft.receivedAt);
  set("reply", draft.reply.trim());
  set("replied", draft.reply.trim() === "" ? "" : today());
  return record;
}

/** The draft that goes on with a record of the ledger. */
export function draftOf(handbook: Handbook, record: LedgerRecord): Pick<Draft, "question" | "channel" | "receivedAt" | "reply" | "record"> {
  const text = (role: Parameters<typeof columnOf>[1]) => String(record[columnOf(handbook, role)?.name ?? ""] ?? "");
  const others = otherColumns(handbook).map(({ name }) => [name, record[name] ?? ""] as const);
  const named = new Set(handbook.ledger.columns.map(({ name }) => name));
  const foreign = Object.entries(record).filter(([name]) => !named.has(name));
  return {
    question: text("question"),
    channel: text("channel"),
    receivedAt: text("received"),
    reply: text("reply"),
    record: Object.fromEntries([...others, ...foreign]),
  };
}
