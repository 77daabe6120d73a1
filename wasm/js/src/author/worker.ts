/** Rebuilding the knowledge in a worker of its own: the page never waits. */

import { closed } from "../engine.js";
import { ShedaError } from "../error.js";
import { expectBytes } from "../expect.js";
import { compile, fetchLocation } from "../source.js";
import type { Bytes } from "../types.js";
import { expectBuild } from "./local.js";
import type { AuthorCall, AuthorMethod, AuthorReply, AuthorRequest } from "./protocol.js";
import type { Author, AuthorOptions, BuildOptions, BuildResult, Comparison, Effect, EffectOptions, Progress, SourceFile } from "./types.js";

export { ShedaError, type ShedaErrorCode } from "../error.js";
export type * from "./types.js";

/** Opens an author in a new worker. */
export async function openAuthor(options: AuthorOptions = {}): Promise<Author> {
  const author = new WorkerAuthor();
  try {
    const module = await compile(options.wasm ?? new URL("./sheda_author_bg.wasm", import.meta.url), fetchLocation);
    await author.call("open", [module]);
    return author;
  } catch (error) {
    await author.close();
    throw error;
  }
}

interface Waiting {
  resolve(result: never): void;
  reject(error: ShedaError): void;
  onProgress: ((progress: Progress) => void) | undefined;
}

class WorkerAuthor implements Author {
  readonly #worker = new Worker(new URL("./worker-host.js", import.meta.url), { type: "module", name: "sheda-author" });
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;
  /** Why no further call can succeed. */
  #ended: ShedaError | null = null;

  constructor() {
    this.#worker.onmessage = ({ data }: MessageEvent<AuthorReply>) => {
      const waiting = this.#waiting.get(data.id);
      if ("progress" in data) {
        waiting?.onProgress?.(data.progress);
        return;
      }
      this.#waiting.delete(data.id);
      if ("error" in data) waiting?.reject(new ShedaError(data.error.code, data.error.message));
      else waiting?.resolve(data.result as never);
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#end(new ShedaError("load", `后台线程没有运行起来${event.message ? `：${event.message}` : ""}`));
    };
    this.#worker.onmessageerror = () => this.#end(new ShedaError("internal", "后台线程的回复读不出来"));
  }

  async build(files: SourceFile[], options: BuildOptions): Promise<BuildResult> {
    const { folders, onProgress } = expectBuild(files, options);
    return this.call("build", [files, { folders }], onProgress);
  }

  async compare(before: Bytes, after: Bytes): Promise<Comparison> {
    return this.call("compare", [expectBytes("compare", before), expectBytes("compare", after)]);
  }

  async effect(before: Bytes, after: Bytes, questions: string, options?: EffectOptions): Promise<Effect> {
    return this.call("effect", [expectBytes("effect", before), expectBytes("effect", after), questions], options?.onProgress);
  }

  async close(): Promise<void> {
    this.#end(closed());
  }

  /** Posts a call and waits for its reply. */
  call<M extends AuthorMethod>(method: M, args: AuthorCall[M]["args"], onProgress?: (progress: Progress) => void): Promise<AuthorCall[M]["result"]> {
    if (this.#ended) return Promise.reject(this.#ended);
    return new Promise((resolve, reject) => {
      const id = ++this.#last;
      this.#waiting.set(id, { resolve, reject, onProgress });
      this.#worker.postMessage({ id, method, args } satisfies AuthorRequest);
    });
  }

  #end(error: ShedaError): void {
    this.#ended ??= error;
    this.#worker.terminate();
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
  }
}
