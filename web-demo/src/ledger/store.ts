// The ledger of this computer, in IndexedDB. Several tabs may write at once: every record is written by itself, and only by
// those who have seen its latest version.

import type { LedgerRecord } from "sheda/worker";
import { type DBSchema, type IDBPDatabase, openDB } from "idb";

/** A record with what the store knows of it. */
export interface Entry {
  /** In the order of writing, never used twice. */
  id: number;
  /** Counts the changes; whoever changes the record names the version that he saw. */
  version: number;
  /** Milliseconds since 1970. */
  changed: number;
  record: LedgerRecord;
}

/** Someone else changed or removed the record meanwhile. */
export class Conflict extends Error {
  /** @param current the record as it is now; `null` if it is gone */
  constructor(readonly current: Entry | null) {
    super(current ? "这条记录刚在另一个窗口改过" : "这条记录刚在另一个窗口删除了");
  }
}

interface Tables extends DBSchema {
  entries: { key: number; value: Entry };
}

/** Without `id`, as it is before the database gives one. */
type NewEntry = Omit<Entry, "id">;

let opening: Promise<IDBPDatabase<Tables>> | null = null;

function database(): Promise<IDBPDatabase<Tables>> {
  opening ??= openDB<Tables>("sheda-ledger", 1, {
    upgrade(db) {
      db.createObjectStore("entries", { keyPath: "id", autoIncrement: true });
    },
    // A newer page of this program waits for this one to let go.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    terminated: () => (opening = null),
  });
  opening.catch(() => (opening = null));
  return opening;
}

const channel = new BroadcastChannel("sheda-ledger");
const watchers = new Set<() => void>();
channel.onmessage = () => watchers.forEach((watcher) => watcher());

function changed(): void {
  watchers.forEach((watcher) => watcher());
  channel.postMessage(null);
}

/** Calls `watcher` whenever the ledger changed, in this tab or another; returns how to stop it. */
export function watchLedger(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** Everything, in the order of writing. */
export async function allEntries(): Promise<Entry[]> {
  return (await database()).getAll("entries");
}

/** Writes new records: all of them or, if anything fails, none. */
export async function addRecords(records: LedgerRecord[]): Promise<void> {
  const transaction = (await database()).transaction("entries", "readwrite", { durability: "strict" });
  const now = Date.now();
  const writing: Promise<unknown>[] = [transaction.done];
  try {
    for (const record of records) writing.push(transaction.store.add({ version: 1, changed: now, record } satisfies NewEntry as Entry));
    await Promise.all(writing);
  } catch (error) {
    // Left alone, a transaction keeps what was written before the fault.
    void Promise.allSettled(writing);
    try {
      transaction.abort();
    } catch {
      // It has ended already.
    }
    throw error;
  }
  // Asks the browser not to clear the ledger when space runs short; refused, everything still works.
  void navigator.storage?.persist?.();
  changed();
}

/**
 * Replaces the record of an entry as the caller saw it.
 *
 * @throws Conflict if it is no longer so
 */
export async function changeRecord({ id, version }: Entry, record: LedgerRecord): Promise<void> {
  await write(id, version, (store) => store.put({ id, version: version + 1, changed: Date.now(), record }));
}

/**
 * Removes an entry as the caller saw it.
 *
 * @throws Conflict if it is no longer so
 */
export async function removeEntry({ id, version }: Entry): Promise<void> {
  await write(id, version, (store) => store.delete(id));
}

interface Store {
  put(entry: Entry): Promise<unknown>;
  delete(id: number): Promise<unknown>;
}

async function write(id: number, version: number, act: (store: Store) => Promise<unknown>): Promise<void> {
  const transaction = (await database()).transaction("entries", "readwrite", { durability: "strict" });
  const current = (await transaction.store.get(id)) ?? null;
  if (current?.version !== version) {
    await transaction.done;
    throw new Conflict(current);
  }
  await Promise.all([act(transaction.store), transaction.done]);
  changed();
}
