/** A newer pack from the network, kept for the next start. */

import { LocalEngine } from "../engine.js";
import { ShedaError } from "../error.js";
import { bytesOf } from "../expect.js";
import type { Manifest } from "../types.js";
import { api, ask, failed, lacking, within, type HostResponse } from "./host.js";
import { appVersion, packInUse, type Start } from "./open.js";
import { settleUpdate, type UpdateOptions } from "./options.js";
import { PackStore, type StoredPack } from "./pack-store.js";

/** One update at a time for each store. */
const underWay = new Map<string, Promise<Manifest | null>>();

/** `updatePack` of an entry. */
export function updater(start: Start): (options: UpdateOptions) => Promise<Manifest | null> {
  return async (options) => {
    const settled = settleUpdate(options);
    const running = underWay.get(settled.store);
    if (running) return running;
    const update = download(start, settled).finally(() => underWay.delete(settled.store));
    underWay.set(settled.store, update);
    return update;
  };
}

/** Nothing is kept unless it is whole, signed, opens, is of the same knowledge base and newer than what is there. */
async function download(start: Start, { url, store: name, trust, wasm, timeout }: Required<UpdateOptions>): Promise<Manifest | null> {
  const store = new PackStore(name, timeout);
  const before = await store.state();
  const response = await request(url, before.current?.etag ?? "", timeout);
  if (response === null) return null;
  const { bytes, etag } = response;
  const engine = await LocalEngine.open(start(wasm, timeout), bytes, trust);
  const manifest = await engine.manifest();
  await engine.close();
  const { id, version, builtFrom } = manifest;
  const known = [packInUse(name), before.current].filter((pack) => pack !== null);
  const other = known.find((pack) => pack.id !== id);
  if (other) throw new ShedaError("pack-foreign", `下载到的是知识包“${id}”，不是“${other.id}”，没有使用`);
  // An older pack is not an update, whoever signed it; neither is the same one.
  if (known.some((pack) => pack.version > version || (pack.version === version && pack.builtFrom === builtFrom))) return null;
  const next: StoredPack = { file: `${builtFrom}-${before.turn + 1}.pack`, id, version, builtFrom, etag, proven: false };
  await store.keep(next.file, bytes);
  const previous = before.current?.proven ? before.current : before.previous;
  try {
    await store.save({ current: next, previous, trying: "", app: appVersion() }, before);
  } catch (error) {
    await store.remove(next);
    throw error;
  }
  for (const old of [before.current, before.previous]) {
    if (old !== null && old.file !== previous?.file) await store.remove(old);
  }
  return manifest;
}

/** The file, or `null` if it is the one of this ETag. */
async function request(url: string, etag: string, timeout: number): Promise<{ bytes: Uint8Array; etag: string } | null> {
  const host = api();
  if (typeof host.request !== "function") throw lacking("request");
  const header = etag === "" ? {} : { "If-None-Match": etag };
  const sending = ask<HostResponse>((callbacks) =>
    // Hosts differ in what they call the headers and the kind of data.
    host.request?.({ url, method: "GET", header, headers: header, responseType: "arraybuffer", dataType: "arraybuffer", timeout, ...callbacks }),
  );
  let response: HostResponse;
  try {
    response = await within(timeout, sending, "下载知识包");
  } catch (cause) {
    throw failed(`新的知识包没有下载成，继续使用原来的：${url}`, cause);
  }
  const status = response.statusCode ?? response.status ?? 0;
  if (status === 304) return null;
  if (status !== 200) throw new ShedaError("load", `新的知识包没有下载成，继续使用原来的：${url}（HTTP ${status}）`);
  const bytes = bytesOf(response.data);
  if (bytes === null) throw new ShedaError("load", `新的知识包没有下载成，继续使用原来的：${url}（内容不是字节）`);
  const headers = Object.entries(response.header ?? response.headers ?? {});
  return { bytes, etag: String(headers.find(([name]) => name.toLowerCase() === "etag")?.[1] ?? "") };
}
