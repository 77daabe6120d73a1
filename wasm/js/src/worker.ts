/** SheDa in a worker of its own: the page never waits for a search. */

import { expectBytes } from "./expect.js";
import type { OpenOptions } from "./options.js";
import type { Call, Method } from "./protocol.js";
import { compile, expectOptions, fetchLocation, readPack } from "./source.js";
import type {
  Answer, ApplyFixesOptions, Bytes, CheckRecordOptions, CheckReport, CheckRequest, Diagnostic, Directory, Due, DueRequest, Figures,
  Handbook, LedgerRecord, Manifest, ReportOptions, RulePage, SearchOptions, SearchResult, Sheda, Suggestion, SuggestOptions,
} from "./types.js";
import { WorkerCalls } from "./worker-calls.js";

export { ShedaError, type ShedaErrorCode } from "./error.js";
export type * from "./options.js";
export type * from "./types.js";

/** Opens a pack in a new worker. The module and the pack are fetched here and handed over. */
export async function open(options: OpenOptions): Promise<Sheda> {
  const { pack, wasm, trust } = expectOptions(options);
  const module = wasm ?? new URL("./sheda_wasm_bg.wasm", import.meta.url);
  const engine = new WorkerEngine();
  try {
    const [compiled, bytes] = await Promise.all([compile(module, fetchLocation), readPack(pack, fetchLocation)]);
    await engine.call("open", [compiled, bytes, trust]);
    return engine;
  } catch (error) {
    await engine.close();
    throw error;
  }
}

class WorkerEngine implements Sheda {
  readonly #calls = new WorkerCalls<Call>(new Worker(new URL("./worker-host.js", import.meta.url), { type: "module", name: "sheda" }));

  search(text: string, options?: SearchOptions): Promise<SearchResult> {
    return this.call("search", [text, options]);
  }

  suggest(typed: string, options?: SuggestOptions): Promise<Suggestion[]> {
    return this.call("suggest", [typed, options]);
  }

  answer(id: string): Promise<Answer | null> {
    return this.call("answer", [id]);
  }

  check(request: CheckRequest): Promise<CheckReport> {
    return this.call("check", [request]);
  }

  checkRecord(record: LedgerRecord, options?: CheckRecordOptions): Promise<CheckReport> {
    return this.call("checkRecord", [record, options]);
  }

  applyFixes(text: string, diagnostics: Diagnostic[], options?: ApplyFixesOptions): Promise<string> {
    return this.call("applyFixes", [text, diagnostics, options]);
  }

  report(records: LedgerRecord[], options?: ReportOptions): Promise<Figures> {
    return this.call("report", [records, options]);
  }

  due(request: DueRequest): Promise<Due> {
    return this.call("due", [request]);
  }

  rules(): Promise<RulePage[]> {
    return this.call("rules", []);
  }

  handbook(): Promise<Handbook> {
    return this.call("handbook", []);
  }

  manifest(): Promise<Manifest> {
    return this.call("manifest", []);
  }

  directory(): Promise<Directory> {
    return this.call("directory", []);
  }

  async replacePack(pack: Bytes): Promise<Manifest> {
    return this.call("replacePack", [expectBytes("replacePack", pack)]);
  }

  async close(): Promise<void> {
    this.#calls.close();
  }

  /** Posts a call and waits for its reply. */
  call<M extends Method>(method: M, args: Call[M]["args"]): Promise<Call[M]["result"]> {
    return this.#calls.call(method, args);
  }
}
