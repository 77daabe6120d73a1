// What is new and only taken when a person says so: another pack, another version of the page.

import { shallowRef } from "vue";

import { local, ready, replacePack } from "../engine/engine";
import { dropLocal, fetchPack, keepPack, type PackInfo, packOnServer } from "./pack";

/** What is offered. */
export type Offer =
  | { what: "pack"; info: PackInfo; step: "offered" | "fetching" }
  | { what: "page"; waiting: ServiceWorker }
  | { what: "told"; message: string; failed: boolean };

export const offer = shallowRef<Offer | null>(null);

/** Looks once, when the page is opened: after that nothing is asked of the server unless a person wants it. */
export async function lookForPack(): Promise<void> {
  const info = await packOnServer().catch(() => null);
  // A pack built here is another one by intent: only what is newer than it is offered.
  const known = local.value?.serverBuiltFrom ?? ready()?.manifest.builtFrom;
  if (info && info.builtFrom !== known) offer.value = { what: "pack", info, step: "offered" };
}

/** Takes the offered pack: fetched, opened, and only then kept in place of the old one. */
export async function takePack(info: PackInfo): Promise<void> {
  offer.value = { what: "pack", info, step: "fetching" };
  try {
    const bytes = await fetchPack();
    const manifest = await replacePack(bytes);
    await keepPack(bytes);
    await dropLocal();
    local.value = null;
    offer.value = { what: "told", failed: false, message: `已启用 ${manifest.title} ${manifest.version}` };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    offer.value = { what: "told", failed: true, message: `新的知识包没有启用，仍在用原来的。${why}` };
  }
}

/** Keeps the page on this device, once it has started; a new version is offered when it is there in full. */
export async function keepPage(): Promise<void> {
  if (!("serviceWorker" in navigator) || !import.meta.env.PROD) return;
  const registration = await navigator.serviceWorker.register(new URL("service-worker.js", document.baseURI));
  const offerWaiting = () => {
    const { waiting } = registration;
    // The very first one waits for nobody.
    if (waiting && navigator.serviceWorker.controller) offer.value ??= { what: "page", waiting };
  };
  offerWaiting();
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", offerWaiting));
}

/** Starts the new version of the page. */
export function takePage(waiting: ServiceWorker): void {
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  waiting.postMessage("take-over");
}
