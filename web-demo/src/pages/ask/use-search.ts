// The question being typed and its answers. Only the answers to what is written now are ever shown.

import type { SearchResult, Sheda } from "sheda/worker";
import { computed, reactive, ref, shallowRef, watch } from "vue";

import { NATIONAL, ready } from "../../engine/engine";
import { settings } from "../../settings";
import { today } from "../../today";
import { takeHandedOver } from "./handed-over";

/** How many answers a list holds. */
const LIMIT = 20;
/** How many of the best answers the facets are taken from. */
const FACETS_FROM = 40;

/** What the list is narrowed to; empty for all. */
export interface Narrowing {
  insurance: string;
  kind: string;
}

/** What is shown for one question. */
export interface Found {
  text: string;
  result: SearchResult;
  /** 险种 and 事项 among the best answers, most frequent first. */
  insurances: string[];
  kinds: string[];
}

export function useSearch() {
  const text = ref(takeHandedOver());
  const narrowing = reactive<Narrowing>({ insurance: "", kind: "" });
  const found = shallowRef<Found | null>(null);
  const failure = ref("");
  const wanted = computed<Wanted>(() => {
    const opened = ready();
    return { sheda: opened?.sheda, text: text.value.trim(), region: settings.region, ...narrowing };
  });

  let running = false;
  async function answerLatest(): Promise<void> {
    if (running) return;
    running = true;
    try {
      let asked: Wanted | null = null;
      // While a question is under way the next ones wait, and only the last of them is asked.
      while (asked !== wanted.value) {
        asked = wanted.value;
        const answer = await ask(asked);
        if (asked === wanted.value) found.value = answer;
      }
      failure.value = "";
    } catch (error) {
      failure.value = error instanceof Error ? error.message : String(error);
      found.value = null;
    } finally {
      running = false;
    }
  }
  watch(wanted, answerLatest, { immediate: true });

  // Another question starts from all answers.
  watch(text, (now, before) => {
    if (now.trim() === "" || before.trim() === "") clear();
  });

  function clear(): void {
    narrowing.insurance = "";
    narrowing.kind = "";
  }

  return { text, narrowing, found, failure, clear };
}

/** What a search depends on. */
interface Wanted extends Narrowing {
  sheda: Sheda | undefined;
  text: string;
  region: number;
}

async function ask({ sheda, text, region, insurance, kind }: Wanted): Promise<Found | null> {
  if (!sheda || text === "") return null;
  // Without a chosen region the engine takes one that the question names.
  const options = { region: region === NATIONAL ? null : region, asOf: today() };
  const wide = await sheda.search(text, { ...options, limit: FACETS_FROM });
  const narrowed = insurance !== "" || kind !== "";
  const result = narrowed ? await sheda.search(text, { ...options, limit: LIMIT, insurance: insurance || null, kind: kind || null }) : wide;
  return {
    text,
    result: { ...result, hits: result.hits.slice(0, LIMIT) },
    insurances: byFrequency(wide.hits.map((hit) => hit.insurance)),
    kinds: byFrequency(wide.hits.map((hit) => hit.kind)),
  };
}

function byFrequency(values: string[]): string[] {
  const counts = new Map<string, number>();
  for (const value of values) if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts.keys()].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
}
