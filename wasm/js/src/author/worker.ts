/** Rebuilding the knowledge in a worker of its own: the page never waits. */

import { expectBytes } from "../expect.js";
import { compile, fetchLocation } from "../source.js";
import type { Bytes } from "../types.js";
import { WorkerCalls } from "../worker-calls.js";
import { expectBuild } from "./local.js";
import type { AuthorCall, AuthorMethod } from "./protocol.js";
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

class WorkerAuthor implements Author {
  readonly #calls = new WorkerCalls<AuthorCall, Progress>(
    new Worker(new URL("./worker-host.js", import.meta.url), { type: "module", name: "sheda-author" }),
  );

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
    this.#calls.close();
  }

  /** Posts a call and waits for its reply. */
  call<M extends AuthorMethod>(method: M, args: AuthorCall[M]["args"], onProgress?: (progress: Progress) => void): Promise<AuthorCall[M]["result"]> {
    return this.#calls.call(method, args, onProgress);
  }
}
