// The pack kept on this device, and the one that the server has. The service worker answers for the kept one, this file
// exchanges it.

/** What the server tells of its pack: build/pack.ts. */
export interface PackInfo {
  title: string;
  version: string;
  /** Hash of the sources: two packs with the same are the same. */
  builtFrom: string;
  answers: number;
}

/** As the service worker names it. */
const PACKS = "sheda-pack";

/** The pack beside the page. */
export const packUrl = new URL("national.sheda", document.baseURI);
const infoUrl = new URL("national.json", document.baseURI);

/** What the server has now; `null` without network. */
export async function packOnServer(): Promise<PackInfo | null> {
  if (!navigator.onLine) return null;
  const response = await fetch(infoUrl, { cache: "no-cache" });
  return response.status === 200 ? ((await response.json()) as PackInfo) : null;
}

/** The server's pack, past the one that is kept. */
export async function fetchPack(): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(packUrl, { cache: "reload" });
  if (!response.ok) throw new Error(`没有取到知识包（HTTP ${response.status}）`);
  return new Uint8Array(await response.arrayBuffer());
}

/** Keeps a pack that has been opened in place of the one before. */
export async function keepPack(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const packs = await caches.open(PACKS);
  await packs.put(packUrl, new Response(bytes, { headers: { "content-type": "application/octet-stream" } }));
}

/** Whether a pack is kept on this device. */
export async function isPackKept(): Promise<boolean> {
  return "caches" in globalThis && (await caches.has(PACKS)) && (await (await caches.open(PACKS)).match(packUrl)) !== undefined;
}
