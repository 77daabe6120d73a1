/** The engine in the thread that calls it: the one implementation behind every entry. */

import { isReported, ShedaError } from "./error.js";
import { expectBytes } from "./expect.js";
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
    return this.#call((engine) => engine.search(expectText("search", "text", text), options) as SearchResult);
  }

  suggest(typed: string, options?: SuggestOptions): Promise<Suggestion[]> {
    return this.#call((engine) => engine.suggest(expectText("suggest", "typed", typed), options) as Suggestion[]);
  }

  answer(id: string): Promise<Answer | null> {
    return this.#call((engine) => engine.answer(expectText("answer", "id", id)) as Answer | null);
  }

  check(request: CheckRequest): Promise<CheckReport> {
    return this.#call((engine) => engine.check(withToday(request)) as CheckReport);
  }

  checkRecord(record: LedgerRecord, options?: CheckRecordOptions): Promise<CheckReport> {
    return this.#call((engine) => engine.checkRecord(record, withToday(options ?? {})) as CheckReport);
  }

  applyFixes(text: string, diagnostics: Diagnostic[], options?: ApplyFixesOptions): Promise<string> {
    return this.#call((engine) => engine.applyFixes(expectText("applyFixes", "text", text), diagnostics, options));
  }

  report(records: LedgerRecord[], options?: ReportOptions): Promise<Figures> {
    return this.#call((engine) => engine.report(records, withToday(options ?? {})) as Figures);
  }

  due(request: DueRequest): Promise<Due> {
    return this.#call((engine) => engine.due(withToday(request)) as Due);
  }

  rules(): Promise<RulePage[]> {
    return this.#call((engine) => engine.rules() as RulePage[]);
  }

  handbook(): Promise<Handbook> {
    return this.#call((engine) => engine.handbook() as Handbook);
  }

  manifest(): Promise<Manifest> {
    return this.#call((engine) => engine.manifest() as Manifest);
  }

  directory(): Promise<Directory> {
    return this.#call((engine) => engine.directory() as Directory);
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
