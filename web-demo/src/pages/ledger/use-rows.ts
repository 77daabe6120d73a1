// The ledger's records as rows: what is overdue first, then what is due soon, then the rest, newest first.

import type { Due, Handbook, Sheda } from "sheda/worker";
import { computed, reactive, type ShallowRef, shallowRef, watch } from "vue";

import { ready } from "../../engine/engine";
import { choiceName, columnOf, textOf } from "../../ledger/handbook";
import type { Entry } from "../../ledger/store";
import { today } from "../../today";

/** How pressing an unanswered record is. */
export type Urgency = "overdue" | "soon" | "open" | "done";

export interface Row {
  entry: Entry;
  channel: string;
  received: string;
  question: string;
  result: string;
  /** Only of what is not answered yet. */
  due: Due | null;
  urgency: Urgency;
}

/** What the list is narrowed to; empty for all. */
export interface Filter {
  text: string;
  channel: string;
  urgency: Urgency | "";
  /** First and last day of receipt. */
  from: string;
  to: string;
}

const ORDER: Urgency[] = ["overdue", "soon", "open", "done"];

export function useRows(entries: ShallowRef<Entry[] | null>, handbook: ShallowRef<Handbook | null>) {
  const filter = reactive<Filter>({ text: "", channel: "", urgency: "", from: "", to: "" });
  const rows = shallowRef<Row[] | null>(null);
  /** The same channel and day are due on the same day: asked for once a day. */
  const dues = new Map<string, Promise<Due | null>>();

  watch(
    [entries, handbook, () => ready()?.sheda] as const,
    async ([list, book, sheda]) => {
      if (!list || !book || !sheda) return;
      const made = await Promise.all(list.map((entry) => row(sheda, book, entry)));
      if (list === entries.value) rows.value = made.sort(pressing);
    },
    { immediate: true },
  );

  async function row(sheda: Sheda, book: Handbook, entry: Entry): Promise<Row> {
    const { record } = entry;
    const channel = choiceName(columnOf(book, "channel"), textOf(book, record, "channel"));
    const received = textOf(book, record, "received");
    const answered = textOf(book, record, "replied") !== "";
    const due = answered ? null : await dueOf(sheda, channel, received);
    return {
      entry,
      channel,
      received,
      question: textOf(book, record, "question"),
      result: choiceName(columnOf(book, "result"), textOf(book, record, "result")),
      due,
      urgency: answered ? "done" : urgencyOf(due, book.remind),
    };
  }

  function dueOf(sheda: Sheda, channel: string, receivedAt: string): Promise<Due | null> {
    const now = today();
    const key = JSON.stringify([now, channel, receivedAt]);
    // A day or a channel that cannot be read is a fault of the record, shown as such; it just has no due date.
    const due = dues.get(key) ?? sheda.due({ channel, receivedAt, now }).catch(() => null);
    dues.set(key, due);
    return due;
  }

  const shown = computed(() => rows.value?.filter((row) => fits(row, filter)) ?? []);
  const count = (urgency: Urgency) => rows.value?.filter((row) => row.urgency === urgency).length ?? 0;

  return { filter, rows, shown, count };
}

function urgencyOf(due: Due | null, remind: number): Urgency {
  const left = due?.remaining ?? null;
  if (left === null) return "open";
  return left < 0 ? "overdue" : left <= remind ? "soon" : "open";
}

function pressing(a: Row, b: Row): number {
  const byUrgency = ORDER.indexOf(a.urgency) - ORDER.indexOf(b.urgency);
  if (byUrgency !== 0) return byUrgency;
  const [dueA, dueB] = [a.due?.date ?? "9999", b.due?.date ?? "9999"];
  if (dueA !== dueB) return dueA < dueB ? -1 : 1;
  return b.entry.id - a.entry.id;
}

function fits({ entry, channel, received, urgency }: Row, filter: Filter): boolean {
  if (filter.channel && channel !== filter.channel) return false;
  if (filter.urgency && urgency !== filter.urgency) return false;
  if (filter.from && received < filter.from) return false;
  if (filter.to && received > filter.to) return false;
  const words = filter.text.trim();
  return words === "" || Object.values(entry.record).some((value) => String(value ?? "").includes(words));
}
