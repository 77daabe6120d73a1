/** Opening a pack in a mini-program: one engine for all who ask for the same files. */

import { closed, LocalEngine } from "../engine.js";
import { ShedaError } from "../error.js";
import { bytesOf } from "../expect.js";
import type { Instantiate } from "../instance.js";
import type { Manifest, Sheda } from "../types.js";
import { api } from "./host.js";
import { settle, type OpenOptions, type Settled } from "./options.js";
import { PackStore, type State, type StoredPack } from "./pack-store.js";
import { readPack } from "./source.js";

/** How an entry starts the module: from a path, or without WebAssembly. */
export type Start = (wasm: string, limit: number) => Instantiate;

/** An engine in use. */
interface Loaded {
  engine: Promise<LocalEngine>;
  users: number;
}

const loaded = new Map<string, Loaded>();
let defaults: OpenOptions = {};

/** What `open()` without an argument uses, for the whole app: the components of this package call it so. */
export function configure(options: OpenOptions): void {
  settle(options);
  defaults = options;
}

/** `open` of an entry. */
export function opener(start: Start): (options?: OpenOptions) => Promise<Sheda> {
  return async (options = defaults) => {
    const settled = settle(options);
    const { wasm, pack, trust, store, timeout } = settled;
    if (typeof pack !== "string") return LocalEngine.open(start(wasm, timeout), bytesOf(pack) as Uint8Array, trust);
    const key = JSON.stringify([wasm, pack, trust, store]);
    const known = loaded.get(key) ?? { engine: load(start, settled, pack), users: 0 };
    loaded.set(key, known);
    known.users++;
    try {
      return lease(await known.engine, async () => {
        if (--known.users > 0) return;
        if (loaded.get(key) === known) loaded.delete(key);
        await (await known.engine).close();
      });
    } catch (error) {
      // The next call tries again.
      if (loaded.get(key) === known) loaded.delete(key);
      throw error;
    }
  };
}

/** One user's hold on a shared engine: closing it closes the engine when it was the last. */
function lease(engine: LocalEngine, release: () => Promise<void>): Sheda {
  let over = false;
  const held = <M extends keyof Sheda>(method: M): Sheda[M] =>
    ((...args: never[]) => (over ? Promise.reject(closed()) : (engine[method] as (...args: never[]) => unknown)(...args))) as Sheda[M];
  return {
    search: held("search"),
    suggest: held("suggest"),
    answer: held("answer"),
    check: held("check"),
    checkRecord: held("checkRecord"),
    applyFixes: held("applyFixes"),
    report: held("report"),
    due: held("due"),
    rules: held("rules"),
    handbook: held("handbook"),
    manifest: held("manifest"),
    directory: held("directory"),
    replacePack: held("replacePack"),
    async close() {
      if (over) return;
      over = true;
      await release();
    },
  };
}

/** Opens the downloaded pack if there is one that is newer and opens, else the one in the code package. */
async function load(start: Start, settled: Settled, path: string): Promise<LocalEngine> {
  const { wasm, trust, store, timeout, onRollback } = settled;
  const module = start(wasm, timeout);
  const shipped = async (): Promise<LocalEngine> => LocalEngine.open(module, await readPack(path, timeout), trust);
  if (store === undefined) return shipped();
  let engine: LocalEngine | null;
  try {
    engine = await openStored(new PackStore(store, timeout), module, trust, shipped, onRollback);
  } catch (error) {
    // A store that does not work must not keep anyone from the pack that is at hand.
    if (error instanceof ShedaError) onRollback?.(error);
    engine = null;
  }
  const opened = engine ?? (await shipped());
  inUse.set(store, await opened.manifest());
  return opened;
}

/** What each store's engine has open: what an update is compared with. */
const inUse = new Map<string, Manifest>();

/** The manifest of the pack that is open for a store. */
export function packInUse(store: string): Manifest | null {
  return inUse.get(store) ?? null;
}

/** The downloaded pack, opened; `null` if the one in the code package is to be used. Rolls back what does not open. */
async function openStored(
  store: PackStore,
  module: Instantiate,
  trust: string[] | undefined,
  shipped: () => Promise<LocalEngine>,
  onRollback: Settled["onRollback"],
): Promise<LocalEngine | null> {
  let state = await store.state();
  const app = appVersion();
  if (state.current !== null && state.app !== app) {
    // The mini-program itself was updated: its own pack may have overtaken the downloaded one.
    const own = await shipped();
    if ((await own.manifest()).version >= state.current.version) {
      await forget(store, state, app);
      return own;
    }
    await own.close();
    state = await store.save({ ...state, app }, state);
  }
  if (state.current !== null && state.trying === state.current.file) {
    state = await rollBack(store, state, new ShedaError("internal", "上次打开新的知识包时没有成功，已退回原来的"), onRollback);
  }
  while (state.current !== null) {
    const current: StoredPack = state.current;
    if (!current.proven) state = await store.save({ ...state, trying: current.file }, state);
    try {
      const engine = await LocalEngine.open(module, await store.read(current), trust);
      if (!current.proven) await store.save({ ...state, current: { ...current, proven: true }, trying: "" }, state);
      return engine;
    } catch (error) {
      // A module that does not start says nothing against the pack.
      if (error instanceof ShedaError && (error.code === "unsupported" || error.code === "timeout")) throw error;
      state = await rollBack(store, state, error, onRollback);
    }
  }
  return null;
}

async function rollBack(store: PackStore, state: State, error: unknown, onRollback: Settled["onRollback"]): Promise<State> {
  const { current, previous } = state;
  const next = await store.save({ ...state, current: previous, previous: null, trying: "" }, state);
  await store.remove(current);
  if (error instanceof ShedaError) onRollback?.(error);
  return next;
}

async function forget(store: PackStore, state: State, app: string): Promise<void> {
  await store.save({ current: null, previous: null, trying: "", app }, state);
  await store.remove(state.current);
  await store.remove(state.previous);
}

/** Version of the mini-program itself; empty in development and where the host does not say. */
export function appVersion(): string {
  try {
    return api().getAccountInfoSync?.().miniProgram?.version ?? "";
  } catch {
    return "";
  }
}
