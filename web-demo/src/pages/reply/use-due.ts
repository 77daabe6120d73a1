// Until when the draft must be answered, by the institution's promise and the calendar of working days.

import type { Channel, Due, Handbook } from "sheda/worker";
import { computed, ref, shallowRef, watch } from "vue";

import { ready } from "../../engine/engine";
import { inChinese, today } from "../../today";
import { draft } from "./draft";

export function useDue(handbook: () => Handbook | null) {
  const due = shallowRef<Due | null>(null);
  const failure = ref("");
  const channel = computed(() => handbook()?.channels.find(({ name }) => name === draft.channel) ?? null);

  watch(
    () => [ready()?.sheda, draft.channel, draft.receivedAt] as const,
    async ([sheda, channel, receivedAt]) => {
      due.value = null;
      failure.value = "";
      if (!sheda || !channel || !receivedAt) return;
      try {
        const answer = await sheda.due({ channel, receivedAt, now: today() });
        if (channel === draft.channel && receivedAt === draft.receivedAt) due.value = answer;
      } catch (error) {
        failure.value = error instanceof Error ? error.message : String(error);
      }
    },
    { immediate: true },
  );

  return { due, failure, channel };
}

/** A due date in one line. */
export function dueText({ date, remaining, reason }: Due, channel: Channel | null): string {
  if (!date || remaining === null) return reason;
  const unit = channel?.naturalDays == null ? "个工作日" : "天";
  const left = remaining > 0 ? `还剩 ${remaining} ${unit}` : remaining === 0 ? "今天到期" : `已超期 ${-remaining} ${unit}`;
  return `应在 ${inChinese(date)} 前答复，${left}`;
}
