/** The engine in the thread that calls it: the one implementation behind every entry. */

import { isReported, ShedaError } from "./error.js";
import { expectBytes } from "./expect.js";
import { unflatten } from "./flat.js";
import type { RawEngine } from "./glue.js";
import { instantiate, type Instance, type Module } from "./instance.js";
import { withToday } from "./today.js";
import type {
  Answer, ApplyFixesOptions, Bytes, CheckRecordOptions, CheckReport, CheckRequest, Diagnostic, Directory, Due, DueRequest, Figures,
  Handbook, LedgerRecord, Manifest, ReportOptions, RulePage, SearchOptions, SearchResult, Sheda, Suggestion, SuggestOptions,
} from "./types.js";

/** An engine that runs where it is called. */
export class LocalEngine implements Sheda {
  readonly #module: Module;
  #pack: Uint8Array;
  readonly #trust: string[] | undefined;
  /** `null` after a trap: the next call builds a new instance from the same module and pack. */
  #instance: Promise<Instance> | null = null;
  #closed = false;

  private constructor(module: Module, pack: Uint8Array, trust: string[] | undefined) {
    this.#module = module;
    this.#pack = pack;
    this.#trust = trust;
  }

  /** Opens a pack. Rejects with a `pack-…` error if it cannot be. */
  static async open(module: Module, pack: Uint8Array, trust?: string[]): Promise<LocalEngine> {
    const engine = new LocalEngine(module, pack, trust);
    await engine.#ready();
    return engine;
  }

  search(text: string, options?: SearchOptions): Promise<SearchResult> {
    return this.#ask((engine) => engine.search(expectText("search", "text", text), options));
  }

  suggest(typed: string, options?: SuggestOptions): Promise<Suggestion[]> {
    return this.#ask((engine) => engine.suggest(expectText("suggest", "typed", typed), options));
  }

  answer(id: string): Promise<Answer | null> {
    return this.#ask((engine) => engine.answer(expectText("answer", "id", id)));
  }

  check(request: CheckRequest): Promise<CheckReport> {
    return this.#ask((engine) => engine.check(withToday(request)));
  }

  checkRecord(record: LedgerRecord, options?: CheckRecordOptions): Promise<CheckReport> {
    return this.#ask((engine) => engine.checkRecord(record, withToday(options ?? {})));
  }

  applyFixes(text: string, diagnostics: Diagnostic[], options?: ApplyFixesOptions): Promise<string> {
    return this.#call((engine) => engine.applyFixes(expectText("applyFixes", "text", text), diagnostics, options));
  }

  report(records: LedgerRecord[], options?: ReportOptions): Promise<Figures> {
    return this.#ask((engine) => engine.report(records, withToday(options ?? {})));
  }

  due(request: DueRequest): Promise<Due> {
    return this.#ask((engine) => engine.due(withToday(request)));
  }

  rules(): Promise<RulePage[]> {
    return this.#ask((engine) => engine.rules());
  }

  handbook(): Promise<Handbook> {
    return this.#ask((engine) => engine.handbook());
  }

  manifest(): Promise<Manifest> {
    return this.#ask((engine) => engine.manifest());
  }

  directory(): Promise<Directory> {
    return this.#ask((engine) => engine.directory());
  }

  async replacePack(pack: Bytes): Promise<Manifest> {
    this.#refuseIfClosed();
    const bytes = expectBytes("replacePack", pack);
    const next = await this.#build(bytes);
    this.#refuseIfClosed();
    this.#drop();
    this.#pack = bytes;
    this.#instance = Promise.resolve(next);
    return this.manifest();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#drop();
  }

  /** The instance in use, for tests that break it. @internal */
  async instance(): Promise<Instance> {
    return this.#ready();
  }

  /** A call that gives out a value. */
  #ask<T>(ask: (engine: RawEngine) => Uint16Array): Promise<T> {
    return this.#call((engine) => unflatten(ask(engine)) as T);
  }

  async #call<T>(ask: (engine: RawEngine) => T): Promise<T> {
    const { engine } = await this.#ready();
    this.#refuseIfClosed();
    try {
      return ask(engine);
    } catch (thrown) {
      if (!isReported(thrown)) {
        // Nothing in a trapped instance can be trusted, not even freeing the engine.
        engine.__destroy_into_raw();
        this.#instance = null;
      }
      throw toShedaError(thrown);
    }
  }

  #ready(): Promise<Instance> {
    this.#refuseIfClosed();
    if (this.#instance === null) {
      const building = this.#build(this.#pack);
      this.#instance = building;
      building.catch(() => {
        if (this.#instance === building) this.#instance = null;
      });
    }
    return this.#instance;
  }

  async #build(pack: Uint8Array): Promise<Instance> {
    try {
      return await instantiate(this.#module, pack, this.#trust);
    } catch (thrown) {
      throw toShedaError(thrown);
    }
  }

  #drop(): void {
    this.#instance?.then(({ engine }) => engine.free()).catch(() => {});
    this.#instance = null;
  }

  #refuseIfClosed(): void {
    if (this.#closed) throw closed();
  }
}

/** The error of every call after `close`. */
export function closed(): ShedaError {
  return new ShedaError("closed", "SheDa 已关闭，请重新 open");
}

/** Any thrown value as a `ShedaError`. */
export function toShedaError(thrown: unknown): ShedaError {
  if (thrown instanceof ShedaError) return thrown;
  if (isReported(thrown)) return new ShedaError(thrown.code, thrown.message);
  const cause = thrown instanceof Error ? thrown.message : String(thrown);
  return new ShedaError("internal", `引擎内部出错，已重新启动，请再试一次（${cause}）`, { cause: thrown });
}

function expectText(call: string, name: string, text: unknown): string {
  if (typeof text === "string") return text;
  throw new ShedaError("bad-request", `${call} 的 ${name} 应当是文字，给的是 ${text === null ? "null" : typeof text}`);
}
