// The ledger of this computer, counted as `sheda report` counts it, narrowed to a month and a channel.

import type { Figures, Handbook, LedgerRecord } from "sheda/worker";
import { computed, reactive, ref, shallowRef, watch } from "vue";

import { ready } from "../../engine/engine";
import { choiceName, columnOf, textOf, useHandbook } from "../../ledger/handbook";
import { useLedger } from "../../ledger/use-ledger";
import { today } from "../../today";

/** What the report is narrowed to; empty for all. */
export interface Narrowing {
  /** E.g. `2026-11`. */
  month: string;
  channel: string;
}

export function useReport() {
  const { entries, failure: unread } = useLedger();
  const handbook = useHandbook();
  const narrowing = reactive<Narrowing>({ month: "", channel: "" });
  /** Of the whole ledger: what can be chosen. */
  const whole = shallowRef<Figures | null>(null);
  const figures = shallowRef<Figures | null>(null);
  const uncounted = ref("");

  const wanted = computed(() => ({ opened: ready(), list: entries.value, book: handbook.value, ...narrowing }));
  watch(
    wanted,
    async (asked) => {
      const { opened, list, book } = asked;
      if (!opened || !list || !book) return;
      try {
        const records = list.map((entry) => entry.record);
        const all = await opened.sheda.report(records, { now: today() });
        const some = asked.month || asked.channel ? await opened.sheda.report(records.filter((record) => fits(record, book, asked)), { now: today() }) : all;
        if (asked !== wanted.value) return;
        whole.value = all;
        figures.value = some;
        uncounted.value = "";
      } catch (error) {
        uncounted.value = error instanceof Error ? error.message : String(error);
      }
    },
    { immediate: true },
  );

  return { narrowing, whole, figures, handbook, failure: computed(() => unread.value || uncounted.value) };
}

function fits(record: LedgerRecord, book: Handbook, { month, channel }: Narrowing): boolean {
  return (month === "" || monthOf(textOf(book, record, "received")) === month) && (channel === "" || channelOf(record, book) === channel);
}

/** `2026年3月5日`, `2026/3/5 09:30` → `2026-03`. */
function monthOf(day: string): string {
  const [, year = "", month = ""] = /^(\d{4})\D?(\d{1,2})/u.exec(day) ?? [];
  return `${year}-${month.padStart(2, "0")}`;
}

/** The channel as the report names it. */
function channelOf(record: LedgerRecord, book: Handbook): string {
  const written = textOf(book, record, "channel");
  const name = choiceName(columnOf(book, "channel"), written);
  return book.channels.find((channel) => channel.name === name || channel.aliases.includes(written))?.name ?? "（未写明）";
}
