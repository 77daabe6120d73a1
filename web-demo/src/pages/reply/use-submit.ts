// From a draft to a record of the ledger: errors stop it, anything less is asked about.

import type { Diagnostic, Handbook } from "sheda/worker";
import { ref, shallowRef } from "vue";

import { errorsAmong, isLateness } from "../../ledger/findings";
import { addRecords, changeRecord, Conflict } from "../../ledger/store";
import { clearDraft, draft } from "./draft";
import { recordOf } from "./record";
import type { useCheck } from "./use-check";

/** Where submitting has come to. */
export type Submitting = { step: "writing" } | { step: "stopped"; errors: number } | { step: "asking"; doubts: Diagnostic[] } | { step: "failed"; message: string } | { step: "done" };

export function useSubmit(handbook: () => Handbook | null, run: ReturnType<typeof useCheck>["run"]) {
  const state = shallowRef<Submitting>({ step: "writing" });
  /** From the first attempt on, blank fields are shown as faults. */
  const tried = ref(false);

  async function submit(): Promise<void> {
    tried.value = true;
    const checked = await run();
    if (!checked) return;
    const { diagnostics } = checked.report;
    const errors = errorsAmong(diagnostics);
    if (errors.length > 0) {
      state.value = { step: "stopped", errors: errors.length };
      return;
    }
    const doubts = diagnostics.filter((found) => found.severity === "warning" || isLateness(found));
    if (doubts.length > 0) state.value = { step: "asking", doubts };
    else await write();
  }

  /** Writes the record, after the clerk has confirmed what is doubtful. */
  async function write(): Promise<void> {
    const book = handbook();
    if (!book) return;
    try {
      const record = recordOf(book, draft);
      if (draft.entry) await changeRecord({ ...draft.entry, changed: 0, record }, record);
      else await addRecords([record]);
      clearDraft();
      tried.value = false;
      state.value = { step: "done" };
    } catch (error) {
      if (error instanceof Conflict) {
        // Nothing of either is lost: the draft is written as a record of its own the next time.
        draft.entry = null;
        state.value = { step: "failed", message: `${error.message}。再提交一次会另存为一条新记录，不改动那一条。` };
      } else {
        state.value = { step: "failed", message: `没有存进台账：${error instanceof Error ? error.message : String(error)}` };
      }
    }
  }

  function back(): void {
    state.value = { step: "writing" };
  }

  return { state, tried, submit, write, back };
}
