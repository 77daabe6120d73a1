// What was found in a self-inspection, on this computer only.

import { reactive, watch } from "vue";

import { keep, kept } from "../../storage";
import { today } from "../../today";

/** Whether a thing is so. */
export type Result = "符合" | "待整改" | "不适用";
export const RESULTS: Result[] = ["符合", "待整改", "不适用"];

/** One list as filled in. */
export interface InspectionRecord {
  day: string;
  /** Where. */
  place: string;
  /** Who looked. */
  person: string;
  /** By the item's text, so that a changed list keeps what still belongs to it. */
  results: Record<string, { result: Result | ""; note: string }>;
}

const KEY = "inspections";

const records = reactive<Record<string, InspectionRecord>>(kept<Record<string, InspectionRecord>>(KEY) ?? {});
watch(records, () => keep(KEY, records));

/** The record of a list, a new one of today if there is none. */
export function recordOf(id: string): InspectionRecord {
  return (records[id] ??= { day: today(), place: "", person: "", results: {} });
}

/** Begins a list anew; place and person stay. */
export function beginAnew(id: string): void {
  Object.assign(recordOf(id), { day: today(), results: {} });
}
