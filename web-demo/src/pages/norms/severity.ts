// How a finding is named and marked, by severity.

import type { Severity } from "sheda/worker";

export const SEVERITY: Record<Severity, string> = { error: "错误", warning: "提醒", info: "建议" };

/** What it means for a reply. */
export const MEANING: Record<Severity, string> = { error: "改好才能提交", warning: "请再看一眼", info: "供参考" };
