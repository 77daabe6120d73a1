/** Building and comparing in the thread that calls: the one implementation behind both entries. */

import { closed, toShedaError } from "../engine.js";
import { ShedaError } from "../error.js";
import { expectBytes } from "../expect.js";
import { unflatten } from "../flat.js";
import type { Bytes } from "../types.js";
import { type AuthorGlue, createGlue, GLUE_MODULE } from "./glue.js";
import type { Author, BuildOptions, BuildResult, Comparison, Effect, EffectOptions, Progress, SourceFile, Stage } from "./types.js";

interface Exports extends WebAssembly.Exports {
  __wbindgen_start(): void;
}

/** An author that works where it is called. */
export class LocalAuthor implements Author {
  readonly #module: WebAssembly.Module;
  #closed = false;

  constructor(module: WebAssembly.Module) {
    this.#module = module;
  }

  async build(files: SourceFile[], options: BuildOptions): Promise<BuildResult> {
    const { folders, onProgress } = expectBuild(files, options);
    return this.#call((glue) => {
      const [pack, said] = glue.buildPack(files, folders, heard(onProgress));
      return { pack, ...(unflatten(said) as object) } as BuildResult;
    });
  }

  async compare(before: Bytes, after: Bytes): Promise<Comparison> {
    const packs = [expectBytes("compare", before), expectBytes("compare", after)] as const;
    return this.#call((glue) => unflatten(glue.comparePacks(...packs)) as Comparison);
  }

  async effect(before: Bytes, after: Bytes, questions: string, options?: EffectOptions): Promise<Effect> {
    const packs = [expectBytes("effect", before), expectBytes("effect", after)] as const;
    return this.#call((glue) => unflatten(glue.goldenEffect(...packs, questions, heard(options?.onProgress))) as Effect);
  }

  async close(): Promise<void> {
    this.#closed = true;
  }

  /** Every call has an instance of its own: what a build took is given back whole. */
  async #call<T>(work: (glue: AuthorGlue) => T): Promise<T> {
    if (this.#closed) throw closed();
    const glue = createGlue();
    try {
      const { exports } = (await WebAssembly.instantiate(this.#module, { [GLUE_MODULE]: glue })) as { exports: Exports };
      glue.__wbg_set_wasm(exports);
      exports.__wbindgen_start();
      return work(glue);
    } catch (thrown) {
      throw toShedaError(thrown);
    }
  }
}

/** Checks the arguments of `build`, for messages that name them. */
export function expectBuild(files: unknown, options: unknown): BuildOptions {
  const sound = Array.isArray(files) && files.every((file) => Array.isArray(file) && typeof file[0] === "string" && file[1] instanceof Uint8Array);
  if (!sound) throw new ShedaError("bad-request", "build 的 files 应当是 [路径, 字节（Uint8Array）] 的数组");
  const folders = (options as Partial<BuildOptions> | null | undefined)?.folders;
  if (!Array.isArray(folders) || folders.length === 0 || !folders.every((folder) => typeof folder === "string")) {
    throw new ShedaError("bad-request", "build 的选项 folders 应当是文件夹名的数组，至少一个");
  }
  return options as BuildOptions;
}

function heard(onProgress: ((progress: Progress) => void) | undefined) {
  return onProgress && ((stage: string, done: number, of: number) => onProgress({ stage: stage as Stage, done, of }));
}
