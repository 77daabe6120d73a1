// How serious a finding is, for people.

import type { Diagnostic, Severity } from "sheda/worker";

export const SEVERITY: Record<Severity, string> = { error: "错误", warning: "提醒", info: "建议" };

const ORDER: Severity[] = ["error", "warning", "info"];

/** Worst first, then by place. */
export function worstFirst(diagnostics: Diagnostic[]): Diagnostic[] {
  const place = ({ span }: Diagnostic) => span?.start ?? -1;
  return [...diagnostics].sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity) || place(a) - place(b));
}
