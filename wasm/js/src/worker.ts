/** SheDa in a worker of its own: the page never waits for a search. */

import { closed } from "./engine.js";
import { ShedaError } from "./error.js";
import { expectBytes } from "./expect.js";
import type { OpenOptions } from "./options.js";
import type { Call, Method, Reply, Request } from "./protocol.js";
import { compile, expectOptions, fetchLocation, readPack } from "./source.js";
import type {
  Answer, ApplyFixesOptions, Bytes, CheckRecordOptions, CheckReport, CheckRequest, Diagnostic, Directory, Due, DueRequest, Figures,
  Handbook, LedgerRecord, Manifest, ReportOptions, RulePage, SearchOptions, SearchResult, Sheda, Suggestion, SuggestOptions,
} from "./types.js";

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

interface Waiting {
  resolve(result: never): void;
  reject(error: ShedaError): void;
}

class WorkerEngine implements Sheda {
  readonly #worker = new Worker(new URL("./worker-host.js", import.meta.url), { type: "module", name: "sheda" });
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;
  /** Why no further call can succeed. */
  #ended: ShedaError | null = null;

  constructor() {
    this.#worker.onmessage = ({ data }: MessageEvent<Reply>) => {
      const waiting = this.#waiting.get(data.id);
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
    this.#end(closed());
  }

  /** Posts a call and waits for its reply. */
  call<M extends Method>(method: M, args: Call[M]["args"]): Promise<Call[M]["result"]> {
    if (this.#ended) return Promise.reject(this.#ended);
    return new Promise((resolve, reject) => {
      const id = ++this.#last;
      try {
        this.#worker.postMessage({ id, method, args } satisfies Request);
      } catch (cause) {
        reject(new ShedaError("bad-request", `${method} 的参数不能交给后台线程：${String(cause)}`, { cause }));
        return;
      }
      this.#waiting.set(id, { resolve, reject });
    });
  }

  #end(error: ShedaError): void {
    this.#ended ??= error;
    this.#worker.terminate();
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
  }
}
