// How findings about a record are to be taken.

import type { Diagnostic } from "sheda/worker";

/** Whether it only says that the answer is late. No rewording mends that: a late reply must go out all the same. */
export function isLateness({ family, field }: Diagnostic): boolean {
  return family === "T" && field !== "reply";
}

/** The faults that must be mended. */
export function errorsAmong(diagnostics: Diagnostic[]): Diagnostic[] {
  return diagnostics.filter((found) => found.severity === "error" && !isLateness(found));
}
