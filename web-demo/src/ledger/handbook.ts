// What the pack says of the institution: channels, flows, the ledger's columns. Read once from the engine.

import type { Column, Handbook, LedgerRecord, Role } from "sheda/worker";
import { type ShallowRef, shallowRef, watch } from "vue";

import { ready } from "../engine/engine";

const handbook = shallowRef<Handbook | null>(null);

/** The handbook of the pack in use; `null` until it is there. */
export function useHandbook(): ShallowRef<Handbook | null> {
  watch(
    // Not the engine alone: it stays the same when its pack is exchanged.
    ready,
    async (opened) => {
      if (opened) handbook.value = await opened.sheda.handbook();
    },
    { immediate: true },
  );
  return handbook;
}

/** The column that gives this part of a check. */
export function columnOf(handbook: Handbook, role: Role): Column | undefined {
  return handbook.ledger.columns.find((column) => column.role === role);
}

/** What a record says in a column, under its name or another heading of it; empty if nothing. */
export function textIn(record: LedgerRecord, column: Column | undefined): string {
  if (!column) return "";
  for (const heading of [column.name, ...column.aliases]) {
    const text = String(record[heading] ?? "").trim();
    if (text !== "") return text;
  }
  return "";
}

/** What a record says in the column with a role. */
export function textOf(handbook: Handbook, record: LedgerRecord, role: Role): string {
  return textIn(record, columnOf(handbook, role));
}

/** The name of the choice that a text means; the text itself if it is none. */
export function choiceName(column: Column | undefined, text: string): string {
  return column?.choices.find(({ name, aliases }) => name === text || aliases.includes(text))?.name ?? text;
}

/** Whether a record must say something here. */
export function isRequired(column: Column, channel: string): boolean {
  return column.required || column.requiredFor.includes(channel);
}
