// The draft checked while it is written: the engine is asked when typing pauses, and only the answer to what stands there
// now is shown.

import type { CheckReport, Diagnostic, LedgerRecord, Sheda } from "sheda/worker";
import { computed, ref, shallowRef, watch } from "vue";

import { NATIONAL, ready } from "../../engine/engine";
import { settings } from "../../settings";
import { today } from "../../today";
import { draft } from "./draft";

/** How long typing must pause, in ms. */
const PAUSE = 150;

/** A draft as it was checked. */
export interface Checked {
  /** The reply that the findings' spans count in. */
  reply: string;
  report: CheckReport;
}

/** @param record the ledger record that the draft would become today */
export function useCheck(record: () => LedgerRecord | null) {
  const checked = shallowRef<Checked | null>(null);
  const failure = ref("");
  const wanted = computed(() => {
    const [opened, whole] = [ready(), record()];
    const { question, channel, receivedAt, reply } = draft;
    return opened && whole ? { sheda: opened.sheda, question, channel, receivedAt, reply, record: whole, region: settings.region } : null;
  });
  type Wanted = NonNullable<typeof wanted.value>;

  let timer = 0;
  watch(
    wanted,
    () => {
      clearTimeout(timer);
      timer = window.setTimeout(() => void run(), PAUSE);
    },
    { immediate: true },
  );

  /** Checks what stands there now, without waiting. */
  async function run(): Promise<Checked | null> {
    clearTimeout(timer);
    const asked = wanted.value;
    if (!asked) return null;
    try {
      const report = await check(asked.sheda, asked);
      if (asked !== wanted.value) return checked.value;
      failure.value = "";
      checked.value = { reply: asked.reply, report };
    } catch (error) {
      if (asked === wanted.value) failure.value = error instanceof Error ? error.message : String(error);
    }
    return checked.value;
  }

  function check(sheda: Sheda, { question, channel, receivedAt, reply, record, region }: Wanted): Promise<CheckReport> {
    // Nothing written yet: only the record can be looked at.
    if (reply.trim() === "") return sheda.checkRecord(record, { now: today() });
    return sheda.check({
      channel: channel || null,
      question,
      reply,
      receivedAt: receivedAt || null,
      repliedAt: receivedAt ? today() : null,
      region: region === NATIONAL ? null : region,
      record,
      now: today(),
    });
  }

  const diagnostics = computed(() => checked.value?.report.diagnostics ?? []);
  /** About the reply's wording. */
  const ofReply = computed(() => diagnostics.value.filter(isOfReply));
  /** About the rest: the question, the days, the ledger's columns. */
  const ofRecord = computed(() => diagnostics.value.filter((diagnostic) => !isOfReply(diagnostic)));

  return { checked, failure, diagnostics, ofReply, ofRecord, run };
}

function isOfReply({ field }: Diagnostic): boolean {
  return field === "reply";
}
