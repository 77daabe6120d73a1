/** The page's side of a worker: calls that wait for their replies, whatever is called. */

import { closed } from "./engine.js";
import { type PostedError, ShedaError } from "./error.js";

/** What a worker may be asked: the arguments and the result of each call, by name. */
type Known = Record<string, { args: unknown[]; result: unknown }>;

/** Worker → page: how far a call has come, or how it ended. */
export type PostedReply<P = never> = { id: number; result: unknown } | { id: number; error: PostedError } | { id: number; progress: P };

interface Waiting<P> {
  resolve(result: never): void;
  reject(error: ShedaError): void;
  onProgress: ((progress: P) => void) | undefined;
}

/** A worker and the calls that it has not answered yet. */
export class WorkerCalls<Calls extends Known, P = never> {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting<P>>();
  #last = 0;
  /** Why no further call can succeed. */
  #ended: ShedaError | null = null;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.onmessage = ({ data }: MessageEvent<PostedReply<P>>) => {
      const waiting = this.#waiting.get(data.id);
      if ("progress" in data) {
        waiting?.onProgress?.(data.progress);
        return;
      }
      this.#waiting.delete(data.id);
      if ("error" in data) waiting?.reject(new ShedaError(data.error.code, data.error.message));
      else waiting?.resolve(data.result as never);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      this.#end(new ShedaError("load", `后台线程没有运行起来${event.message ? `：${event.message}` : ""}`));
    };
    worker.onmessageerror = () => this.#end(new ShedaError("internal", "后台线程的回复读不出来"));
  }

  /** Posts a call and waits for its reply. */
  call<M extends keyof Calls & string>(method: M, args: Calls[M]["args"], onProgress?: (progress: P) => void): Promise<Calls[M]["result"]> {
    if (this.#ended) return Promise.reject(this.#ended);
    return new Promise((resolve, reject) => {
      const id = ++this.#last;
      try {
        this.#worker.postMessage({ id, method, args });
      } catch (cause) {
        reject(new ShedaError("bad-request", `${method} 的参数不能交给后台线程：${String(cause)}`, { cause }));
        return;
      }
      this.#waiting.set(id, { resolve, reject, onProgress });
    });
  }

  /** Ends the worker; what it has not answered, and every later call, is rejected as closed. */
  close(): void {
    this.#end(closed());
  }

  #end(error: ShedaError): void {
    this.#ended ??= error;
    this.#worker.terminate();
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
  }
}
