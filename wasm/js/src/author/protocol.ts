/** What the page and the author's worker say to each other. */

import type { PostedReply } from "../worker-calls.js";
import type { Author, Progress } from "./types.js";

/** The calls, with their arguments and results; functions stay with the page. */
export type AuthorCall = {
  [M in Exclude<keyof Author, "close">]: { args: unknown[]; result: Awaited<ReturnType<Author[M]>> };
} & { open: { args: [module: WebAssembly.Module]; result: null } };

/** The name of a call. */
export type AuthorMethod = keyof AuthorCall;

/** Page → worker. */
export interface AuthorRequest {
  id: number;
  method: AuthorMethod;
  args: unknown[];
}

/** Worker → page. */
export type AuthorReply = PostedReply<Progress>;
