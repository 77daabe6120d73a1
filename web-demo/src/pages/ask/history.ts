// Answers opened lately, on this computer only.

import { ref, watch } from "vue";

import { keep, kept } from "../../storage";

/** One look at an answer. */
export interface Visit {
  /** What was asked; empty if the answer was reached from another. */
  text: string;
  id: string;
  title: string;
}

const KEY = "history";
const LONGEST = 30;

export const history = ref<Visit[]>(kept<Visit[]>(KEY) ?? []);
watch(history, (visits) => keep(KEY, visits));

/** Notes a look at an answer, newest first, each answer once. */
export function remember(visit: Visit): void {
  history.value = [visit, ...history.value.filter((other) => other.id !== visit.id)].slice(0, LONGEST);
}

/** Forgets everything. */
export function forget(): void {
  history.value = [];
}
