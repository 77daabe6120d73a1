// Keeps the workbench on the device, so that it opens without network.
//
// Two things are kept apart: the page's files, which belong together and are exchanged together, and the pack, which only
// the page exchanges, after a person agreed and the new one was opened (src/offline/pack.ts).

export {};

declare const self: ServiceWorkerGlobalScope;

/** The page's files, relative to this script; written here by build/service-worker.ts. */
declare const FILES: string[];
/** Those of the page's files that are fetched, and kept, only when they are first asked for. */
declare const ON_DEMAND: string[];
/** Changes whenever any of them does. */
declare const VERSION: string;
/** The pack's name beside the page. */
declare const PACK: string;
/** What tells which pack the server has. */
declare const PACK_INFO: string;

const SHELL = `sheda-page-${VERSION}`;
const PACKS = "sheda-pack";
/** A tab opened before the last exchange may still need files of the version before. */
const SHELLS_KEPT = 2;

self.addEventListener("install", (event) => event.waitUntil(keepAll()));
self.addEventListener("activate", (event) => event.waitUntil(Promise.all([dropOld(), self.clients.claim()])));
self.addEventListener("message", ({ data }) => {
  if (data === "take-over") void self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(self.registration.scope)) return;
  // The page asks for the server's own, not for what is kept.
  if (request.cache === "reload") return;
  event.respondWith(request.url === address(PACK_INFO) ? ifReached(request) : answer(request));
});

async function keepAll(): Promise<void> {
  const shell = await caches.open(SHELL);
  // A name with a hash never changes its content; the others are asked for anew.
  const requests = FILES.map((file) => new Request(file, { cache: file.startsWith("assets/") ? "default" : "no-cache" }));
  await shell.addAll(requests);
  const packs = await caches.open(PACKS);
  if (!(await packs.match(PACK))) await packs.add(PACK);
}

async function dropOld(): Promise<void> {
  const shells = (await caches.keys()).filter((name) => name.startsWith("sheda-page-") && name !== SHELL);
  await Promise.all(shells.slice(0, 1 - SHELLS_KEPT).map((name) => caches.delete(name)));
}

async function answer(request: Request): Promise<Response> {
  const shell = await caches.open(SHELL);
  const page = request.mode === "navigate" && request.url.split(/[?#]/u)[0] === self.registration.scope;
  const kept = await shell.match(page ? "index.html" : request, { ignoreSearch: true });
  const found = kept ?? (await caches.match(request, { ignoreSearch: true }));
  return found ?? (ON_DEMAND.some((file) => request.url === address(file)) ? keepNow(shell, request) : fetch(request));
}

async function keepNow(shell: Cache, request: Request): Promise<Response> {
  const response = await fetch(request);
  // A full disk must not keep the page from its file.
  if (response.ok) await shell.put(request, response.clone()).catch(() => undefined);
  return response;
}

/** Without network there is nothing to tell, which is no error. */
async function ifReached(request: Request): Promise<Response> {
  return fetch(request).catch(() => new Response(null, { status: 204 }));
}

function address(file: string): string {
  return new URL(file, self.registration.scope).href;
}
