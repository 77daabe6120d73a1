// Checks a draft as it is written. Only what was found in the draft as it stands now is ever shown.

import type { CheckReport, Sheda } from "sheda/worker";
import { computed, ref, shallowRef, watch } from "vue";

import { ready } from "../../engine/engine";
import type { Draft } from "./example";

export function useCheck(draft: () => Draft) {
  const report = shallowRef<CheckReport | null>(null);
  const failure = ref("");
  const wanted = computed(() => ({ sheda: ready()?.sheda, draft: structuredDraft(draft()) }));

  let running = false;
  async function checkLatest(): Promise<void> {
    if (running) return;
    running = true;
    let asked: typeof wanted.value | null = null;
    // While one check is under way later drafts wait, and only the last of them is checked.
    while (asked !== wanted.value) {
      asked = wanted.value;
      try {
        const got = asked.sheda ? await check(asked.sheda, asked.draft) : null;
        if (asked !== wanted.value) continue;
        report.value = got;
        failure.value = "";
      } catch (error) {
        report.value = null;
        failure.value = error instanceof Error ? error.message : String(error);
      }
    }
    running = false;
  }
  watch(wanted, checkLatest, { immediate: true });

  return { report, failure };
}

/** A plain copy: what a worker is sent must not be reactive. */
function structuredDraft(draft: Draft): Draft {
  return { ...draft, record: draft.record && { ...draft.record } };
}

async function check(sheda: Sheda, draft: Draft): Promise<CheckReport | null> {
  const { channel, question, reply, receivedAt, repliedAt, now, record } = draft;
  if (record) return sheda.checkRecord(record, now ? { now } : {});
  if (reply.trim() === "") return null;
  return sheda.check({
    reply,
    channel: channel || null,
    question: question || null,
    receivedAt: receivedAt || null,
    repliedAt: repliedAt || null,
    ...(now ? { now } : {}),
  });
}
