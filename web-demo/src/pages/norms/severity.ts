// What a severity means for a reply.

import type { Severity } from "sheda/worker";

export const MEANING: Record<Severity, string> = { error: "改好才能提交", warning: "请再看一眼", info: "供参考" };
