// An example of a rule as a request that can be checked. The notation is that of the rule files:
// `〔网络 收 2026-09-30 复 2026-10-20〕 问：… 答：… ⇒ …`, all but the reply optional; a ledger record is `栏目=值；栏目=值`.

import type { LedgerRecord, RulePage } from "sheda/worker";

/** What is tried: a reply, or a ledger record if `record` is there. Empty means not given. */
export interface Draft {
  channel: string;
  question: string;
  reply: string;
  receivedAt: string;
  repliedAt: string;
  now: string;
  record: LedgerRecord | null;
}

/** An example, read. */
export interface Example {
  draft: Draft;
  /** What it is about besides its text, to show before it, e.g. `网络 收 2026-09-30`; may be empty. */
  notes: string;
  /** What the reply must become; `null` if the rule's file does not say. */
  mended: string | null;
}

const DAYS = { 收: "receivedAt", 复: "repliedAt", 今: "now" } as const;

export function emptyDraft(): Draft {
  return { channel: "", question: "", reply: "", receivedAt: "", repliedAt: "", now: "", record: null };
}

/** Reads an example; one that names no channel is for the first of its rule. */
export function readExample(text: string, rule: RulePage): Example {
  const draft: Draft = { ...emptyDraft(), channel: rule.channels[0] ?? "" };
  const [, notes = "", rest = ""] = /^(?:〔([^〕]*)〕)?\s*(.*)$/su.exec(text) ?? [];
  const words = notes.split(/\s+/u).filter(Boolean);
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word in DAYS) draft[DAYS[word as keyof typeof DAYS]] = words.shift() ?? "";
    else draft.channel = word === "不限" ? "" : word;
  }
  const [body = "", mended] = rest.split("⇒").map((part) => part.trim());
  if (rule.kind === "field" && body.includes("=")) {
    draft.record = Object.fromEntries(body.split("；").map((part) => part.split(/=(.*)/su, 2) as [string, string]));
  } else {
    const [, question, reply] = /^问：(.*?)答：(.*)$/su.exec(body) ?? [];
    draft.question = unescaped(question?.trim() ?? "");
    draft.reply = unescaped(reply?.trim() ?? body);
  }
  return { draft, notes, mended: mended === undefined ? null : unescaped(mended) };
}

/** What most records of some examples hold, column by column. */
export function commonRecord(examples: Example[]): LedgerRecord {
  const records = examples.map(({ draft }) => draft.record).filter((record) => record !== null);
  const common: LedgerRecord = {};
  for (const column of new Set(records.flatMap((record) => Object.keys(record)))) {
    const values = records.map((record) => record[column] ?? "");
    const times = (value: LedgerRecord[string]) => values.filter((other) => other === value).length;
    common[column] = values.reduce((best, value) => (times(value) > times(best) ? value : best));
  }
  return common;
}

/** `⏎` stands for a line break. */
function unescaped(text: string): string {
  return text.replaceAll("⏎", "\n");
}
