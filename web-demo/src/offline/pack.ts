// The packs kept on this device: the server's, which the service worker answers for, and one that was built here. This file
// exchanges them.

/** What the server tells of its pack: build/pack.ts. */
export interface PackInfo {
  title: string;
  version: string;
  /** Hash of the sources: two packs with the same are the same. */
  builtFrom: string;
  answers: number;
}

/** What is known of a pack that was built here. */
export interface LocalInfo {
  title: string;
  version: string;
  /** When it was built, in ISO 8601. */
  builtAt: string;
  /** The server's pack at that time: a later one is offered. */
  serverBuiltFrom: string;
}

/** As the service worker names it. */
const PACKS = "sheda-pack";
/** What is known of the local pack, beside its bytes, so that both are exchanged at once. */
const ABOUT = "x-sheda-about";

/** The pack beside the page. */
export const packUrl = new URL("national.sheda", document.baseURI);
const infoUrl = new URL("national.json", document.baseURI);
/** Names the local pack among the kept ones; no server has it. */
const localUrl = new URL("built-here.sheda", document.baseURI);

/** What the server has now; `null` without network. */
export async function packOnServer(): Promise<PackInfo | null> {
  if (!navigator.onLine) return null;
  const response = await fetch(infoUrl, { cache: "no-cache" });
  return response.status === 200 ? ((await response.json()) as PackInfo) : null;
}

/** The server's pack, past the one that is kept. */
export async function fetchPack(): Promise<Uint8Array<ArrayBuffer>> {
  return bytesFrom(await fetch(packUrl, { cache: "reload" }));
}

/** The server's pack as it is kept on this device, else fetched. */
export async function shippedPack(): Promise<Uint8Array<ArrayBuffer>> {
  const kept = canKeep() ? await (await caches.open(PACKS)).match(packUrl) : undefined;
  return bytesFrom(kept ?? (await fetch(packUrl)));
}

/** Keeps a pack of the server that has been opened in place of the one before. */
export async function keepPack(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  await put(packUrl, bytes, {});
}

/** Whether a pack of the server is kept on this device. */
export async function isPackKept(): Promise<boolean> {
  return canKeep() && (await caches.has(PACKS)) && (await (await caches.open(PACKS)).match(packUrl)) !== undefined;
}

/** The pack that was built here and is in use; `null` if none. */
export async function keptLocal(): Promise<{ bytes: Uint8Array<ArrayBuffer>; info: LocalInfo } | null> {
  if (!canKeep() || !(await caches.has(PACKS))) return null;
  const response = await (await caches.open(PACKS)).match(localUrl);
  const about = response?.headers.get(ABOUT);
  if (!response || !about) return null;
  return { bytes: await bytesFrom(response), info: JSON.parse(decodeURIComponent(about)) as LocalInfo };
}

/** Keeps a pack that was built here and opened; false where the browser keeps nothing (pages served without encryption). */
export async function keepLocal(bytes: Uint8Array<ArrayBuffer>, info: LocalInfo): Promise<boolean> {
  if (!canKeep()) return false;
  await put(localUrl, bytes, { [ABOUT]: encodeURIComponent(JSON.stringify(info)) });
  return true;
}

/** Forgets the pack that was built here. */
export async function dropLocal(): Promise<void> {
  if (canKeep()) await (await caches.open(PACKS)).delete(localUrl);
}

function canKeep(): boolean {
  return "caches" in globalThis;
}

async function put(url: URL, bytes: Uint8Array<ArrayBuffer>, headers: Record<string, string>): Promise<void> {
  const packs = await caches.open(PACKS);
  await packs.put(url, new Response(bytes, { headers: { "content-type": "application/octet-stream", ...headers } }));
}

async function bytesFrom(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  if (!response.ok) throw new Error(`没有取到知识包（HTTP ${response.status}）`);
  return new Uint8Array(await response.arrayBuffer());
}
