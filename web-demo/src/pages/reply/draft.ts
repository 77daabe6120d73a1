// The reply being written in this tab. It survives a reload; a new tab goes on with the last one. It stays on this device.

import type { LedgerRecord } from "sheda/worker";
import { reactive, watch } from "vue";

import type { Entry } from "../../ledger/store";
import { keep, kept } from "../../storage";
import { today } from "../../today";

export interface Draft {
  question: string;
  channel: string;
  receivedAt: string;
  reply: string;
  /** What the clerk filled in of the ledger's other columns. */
  record: LedgerRecord;
  /** The steps done, `flow/step`. */
  done: string[];
  /** 险种 of the answer inserted last, for the ledger. */
  insurance: string;
  /** The record of the ledger that is being answered; `null` for a new one. */
  entry: Pick<Entry, "id" | "version"> | null;
}

const KEY = "draft";
/** The clerk signs many replies: kept apart from the draft. */
const SIGNED = "clerk";
/** The ledger's column for who answered. */
export const CLERK = "经办人";

function empty(): Draft {
  const clerk = kept<string>(SIGNED);
  return {
    question: "",
    channel: "",
    receivedAt: today(),
    reply: "",
    record: clerk ? { [CLERK]: clerk } : {},
    done: [],
    insurance: "",
    entry: null,
  };
}

function lastOne(): Partial<Draft> {
  try {
    const here = sessionStorage.getItem(KEY);
    if (here) return JSON.parse(here) as Draft;
  } catch {
    // Forbidden or unreadable: there may still be one of another tab.
  }
  return kept<Draft>(KEY) ?? {};
}

export const draft = reactive<Draft>({ ...empty(), ...lastOne() });

const PAUSE = 300;
let timer = 0;
watch(draft, () => {
  clearTimeout(timer);
  timer = window.setTimeout(save, PAUSE);
});
// What was typed last must not wait for the pause; a tab that changed nothing must not overwrite what another wrote.
addEventListener("pagehide", () => timer && save());

function save(): void {
  clearTimeout(timer);
  timer = 0;
  try {
    sessionStorage.setItem(KEY, JSON.stringify(draft));
  } catch {
    // As in `keep`.
  }
  keep(KEY, draft);
}

/** Begins anew. */
export function clearDraft(): void {
  if (draft.record[CLERK]) keep(SIGNED, draft.record[CLERK]);
  Object.assign(draft, empty());
  save();
}

/** Whether there is anything that would be lost. */
export function isBegun(): boolean {
  return draft.question.trim() !== "" || draft.reply.trim() !== "";
}

/** Adds an answer about an 险种 to the draft; `question` is what was asked. */
export function insertAnswer(question: string, text: string, insurance: string): void {
  if (draft.question.trim() === "") draft.question = question;
  draft.reply = joined(draft.reply, text);
  draft.insurance = insurance;
}

/** A text after another, greeting once. */
function joined(before: string, text: string): string {
  if (before.trim() === "") return text;
  return `${before.trimEnd()}\n\n${text.replace(/^您好！\n/, "")}`;
}

/** Goes on with a record of the ledger. */
export function takeUp(entry: Entry, begun: Pick<Draft, "question" | "channel" | "receivedAt" | "reply" | "record">): void {
  Object.assign(draft, empty(), begun, { entry: { id: entry.id, version: entry.version } });
  save();
}
