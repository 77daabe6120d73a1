/**
 * Packs that were downloaded, in a folder of the user's device.
 *
 * A pack lies in a file of its own that is never written twice. Which one counts is said by two state files, written in turn: whatever
 * breaks off half way, the older of them still names a pack that is whole.
 */

import { ShedaError } from "../error.js";
import { bytesOf, describe } from "../expect.js";
import { api, ask, failed, files, within } from "./host.js";

/** A downloaded pack. */
export interface StoredPack {
  /** The file's name in the store's folder. */
  file: string;
  /** Its manifest's id, version and hash of sources. */
  id: string;
  version: string;
  builtFrom: string;
  /** What the server calls this version of the file; empty if it says nothing. */
  etag: string;
  /** Whether it was opened at a start of the app. */
  proven: boolean;
}

/** What is in the store. */
export interface State {
  /** Counts the writings, so that the newer of the two files is known. */
  turn: number;
  /** The pack to use at the next start. */
  current: StoredPack | null;
  /** The one before it, which is known to open. */
  previous: StoredPack | null;
  /** The file that is being opened for the first time; still there at the next start if the app died of it. */
  trying: string;
  /** Version of the mini-program that last used the store: with a new one comes a pack that may be newer. */
  app: string;
}

const NOTHING: State = { turn: 0, current: null, previous: null, trying: "", app: "" };

/** Files of one store. `limit` is how long the host may take for one call, in milliseconds. */
export class PackStore {
  readonly #folder: string;
  readonly #limit: number;

  constructor(name: string, limit: number) {
    const root = api().env?.USER_DATA_PATH;
    if (!root) throw new ShedaError("unsupported", "宿主没有给出存放文件的位置（USER_DATA_PATH），知识包不能更新");
    this.#folder = `${root}/sheda-${name}`;
    this.#limit = limit;
  }

  /** What is in the store; nothing if neither state file can be read. */
  async state(): Promise<State> {
    const read = await Promise.all([0, 1].map((slot) => this.#stateIn(slot)));
    const newest = read.reduce((best, state) => (state !== null && (best === null || state.turn > best.turn) ? state : best), null);
    return newest ?? NOTHING;
  }

  /** Writes the state that follows. */
  async save(next: Omit<State, "turn">, before: State): Promise<State> {
    const state = { ...next, turn: before.turn + 1 };
    await this.#write(`state-${state.turn % 2}.json`, JSON.stringify(state));
    return state;
  }

  /** The bytes of a pack. */
  async read(pack: StoredPack): Promise<Uint8Array> {
    try {
      const { data } = await this.#ask<{ data: unknown }>("读已下载的知识包", (call) => files().readFile({ filePath: this.#path(pack.file), ...call }));
      const bytes = bytesOf(data);
      if (bytes !== null) return bytes;
    } catch (cause) {
      throw failed("已下载的知识包没有读到", cause);
    }
    throw new ShedaError("load", "已下载的知识包没有读到（宿主给出的不是字节）");
  }

  /** Keeps bytes under a new name; what is written half is removed. */
  async keep(file: string, bytes: Uint8Array): Promise<void> {
    const whole = bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength;
    await this.#write(file, (whole ? bytes.buffer : bytes.slice().buffer) as ArrayBuffer);
  }

  /** Removes a pack's file; one that is not there is as good as removed. */
  async remove(pack: StoredPack | null): Promise<void> {
    if (pack !== null) await this.#unlink(pack.file);
  }

  async #stateIn(slot: number): Promise<State | null> {
    try {
      const filePath = this.#path(`state-${slot}.json`);
      const { data } = await this.#ask<{ data: unknown }>("读更新记录", (call) => files().readFile({ filePath, encoding: "utf8", ...call }));
      const state = JSON.parse(String(data)) as Partial<State>;
      return typeof state.turn === "number" ? { ...NOTHING, ...state } : null;
    } catch {
      return null;
    }
  }

  async #write(file: string, data: ArrayBuffer | string): Promise<void> {
    const filePath = this.#path(file);
    const write = (): Promise<unknown> =>
      this.#ask("保存知识包", (call) => files().writeFile({ filePath, data, ...(typeof data === "string" ? { encoding: "utf8" } : {}), ...call }));
    // A folder that is there already is a failure to the host, and to us as good as made.
    await this.#ask("建文件夹", (call) => files().mkdir({ dirPath: this.#folder, recursive: true, ...call })).catch(() => {});
    try {
      await write();
    } catch (cause) {
      await this.#unlink(file);
      if (cause instanceof ShedaError && cause.code === "timeout") throw cause;
      const full = /exceed|no space|maximum size|storage limit|ENOSPC/i.test(describe(cause));
      throw full
        ? new ShedaError("storage-full", `手机存储空间不够，新的知识包没有保存，继续使用原来的（${describe(cause)}）`, { cause })
        : new ShedaError("load", `新的知识包没有保存成，继续使用原来的（${describe(cause)}）`, { cause });
    }
  }

  async #unlink(file: string): Promise<void> {
    await this.#ask("删文件", (call) => files().unlink({ filePath: this.#path(file), ...call })).catch(() => {});
  }

  #path(file: string): string {
    return `${this.#folder}/${file}`;
  }

  #ask<T>(what: string, call: Parameters<typeof ask<T>>[0]): Promise<T> {
    return within(this.#limit, ask<T>(call), what);
  }
}
