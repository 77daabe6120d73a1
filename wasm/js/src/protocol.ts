/** What the page and its worker say to each other. */

import type { Bytes, Manifest, Sheda } from "./types.js";
import type { PostedReply } from "./worker-calls.js";

/** The calls, with their arguments and results: those of the interface, `open`, but not `close` (the page ends the worker). */
export type Call = {
  [M in Exclude<keyof Sheda, "close">]: { args: Parameters<Sheda[M]>; result: Awaited<ReturnType<Sheda[M]>> };
} & {
  open: { args: [module: WebAssembly.Module, pack: Bytes, trust: string[] | undefined]; result: Manifest };
};

/** The name of a call. */
export type Method = keyof Call;

/** Page → worker. */
export interface Request {
  id: number;
  method: Method;
  args: unknown[];
}

/** Worker → page. */
export type Reply = PostedReply;
