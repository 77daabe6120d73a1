/** The worker's side: one engine, calls answered in the order in which they came. */

import { LocalEngine, toShedaError } from "./engine.js";
import type { Reply, Request } from "./protocol.js";

/** The part of a worker's global scope that is used; the DOM library types only a page's. */
interface Scope {
  onmessage: ((event: MessageEvent<Request>) => void) | null;
  postMessage(reply: Reply): void;
}

const scope = globalThis as unknown as Scope;
let opening: Promise<LocalEngine> | null = null;

scope.onmessage = ({ data: { id, method, args } }) => {
  answer(method, args).then(
    (result) => scope.postMessage({ id, result }),
    (thrown: unknown) => {
      const { code, message } = toShedaError(thrown);
      scope.postMessage({ id, error: { code, message } });
    },
  );
};

async function answer(method: Request["method"], args: unknown[]): Promise<unknown> {
  if (method === "open") {
    const [module, pack, trust] = args as [WebAssembly.Module, Uint8Array, string[] | undefined];
    opening = LocalEngine.open(module, pack, trust);
    return (await opening).manifest();
  }
  if (opening === null) throw new Error(`${method} 先于 open`);
  const engine = await opening;
  return (engine[method] as (...args: unknown[]) => Promise<unknown>).apply(engine, args);
}
