// What the pack holds of the standard: its rules and its handbook, read once for every pack.

import type { Handbook, RulePage } from "sheda/worker";
import { shallowRef, watch } from "vue";

import { ready } from "../../engine/engine";

/** Rules and handbook of the pack in use. */
export interface Norms {
  rules: RulePage[];
  handbook: Handbook;
}

/** `norms` is `null` until read; `failure` says why it could not be. */
export function useNorms() {
  const norms = shallowRef<Norms | null>(null);
  const failure = shallowRef("");
  watch(
    ready,
    async (opened) => {
      if (!opened) return;
      try {
        const [rules, handbook] = await Promise.all([opened.sheda.rules(), opened.sheda.handbook()]);
        if (opened === ready()) norms.value = { rules, handbook };
      } catch (error) {
        failure.value = error instanceof Error ? error.message : String(error);
      }
    },
    { immediate: true },
  );
  return { norms, failure };
}
