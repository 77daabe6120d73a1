// The ledger as a page shows it: read at once, and again whenever this tab or another changed it.

import { onBeforeUnmount, onMounted, ref, shallowRef } from "vue";

import { allEntries, type Entry, watchLedger } from "./store";

export function useLedger() {
  /** `null` until it has been read. */
  const entries = shallowRef<Entry[] | null>(null);
  const failure = ref("");

  let reading = false;
  let again = false;
  async function read(): Promise<void> {
    again = true;
    if (reading) return;
    reading = true;
    try {
      while (again) {
        again = false;
        entries.value = await allEntries();
      }
      failure.value = "";
    } catch (error) {
      failure.value = `台账打不开：${error instanceof Error ? error.message : String(error)}。请确认浏览器允许本页保存数据（无痕窗口不保存）。`;
    } finally {
      reading = false;
    }
  }

  let stop = () => {};
  onMounted(() => {
    stop = watchLedger(() => void read());
    void read();
  });
  onBeforeUnmount(() => stop());

  return { entries, failure };
}
