// The engine in its worker, opened once for all pages, and what its pack says of itself.

import { type Agency, type Directory, type Manifest, open, type Sheda, ShedaError } from "sheda/worker";
import * as shipped from "virtual:pack";
import { shallowRef } from "vue";

import { dropLocal, fetchPack, isPackKept, keepPack, keptLocal, type LocalInfo, packUrl } from "../offline/pack";

/** 行政区划 code of the whole country. */
export const NATIONAL = 100000;

/** How far opening has come. */
export type EngineState =
  | { step: "opening" }
  | { step: "ready"; sheda: Sheda; manifest: Manifest; directory: Directory }
  | { step: "failed"; message: string };

export const engine = shallowRef<EngineState>({ step: "opening" });

/** What is known of the pack in use if it was built on this device; `null` if it is the server's. */
export const local = shallowRef<LocalInfo | null>(null);

/** Opens the pack beside the page; on failure it can be called again. */
export async function startEngine(): Promise<void> {
  engine.value = { step: "opening" };
  try {
    await show(await openPack());
  } catch (error) {
    engine.value = { step: "failed", message: error instanceof ShedaError ? error.message : String(error) };
  }
}

/** Exchanges the pack for all pages; if the new one cannot be opened, it rejects and the old one stays in use. */
export async function replacePack(bytes: Uint8Array): Promise<Manifest> {
  const opened = ready();
  if (!opened) throw new Error("知识包还没有打开，请稍后再试");
  const manifest = await opened.sheda.replacePack(bytes);
  await show(opened.sheda);
  return manifest;
}

/** The pack built or kept on this device, else the server's; one that this module cannot open gives way to the server's. */
async function openPack(): Promise<Sheda> {
  const own = await keptLocal().catch(() => null);
  if (own) {
    try {
      const sheda = await open({ pack: own.bytes });
      local.value = own.info;
      return sheda;
    } catch (error) {
      if (!(error instanceof ShedaError) || !error.code.startsWith("pack-")) throw error;
      await dropLocal();
    }
  }
  try {
    return await open({ pack: packUrl });
  } catch (error) {
    if (!(error instanceof ShedaError) || !error.code.startsWith("pack-") || !(await isPackKept())) throw error;
    const bytes = await fetchPack().catch(() => {
      throw error;
    });
    const sheda = await open({ pack: bytes });
    await keepPack(bytes);
    return sheda;
  }
}

async function show(sheda: Sheda): Promise<void> {
  const [manifest, directory] = await Promise.all([sheda.manifest(), sheda.directory()]);
  engine.value = { step: "ready", sheda, manifest, directory };
}

/** The opened engine, or `null`. */
export function ready() {
  return engine.value.step === "ready" ? engine.value : null;
}

/** What the opened pack says of itself; until it is open, what the one says that the page was built with. */
export function about(): { manifest: Manifest; directory: Directory } {
  return ready() ?? shipped;
}

/** The name of a region; empty if the pack does not know it. */
export function regionName(code: number): string {
  return about().directory.regions.find((region) => region.code === code)?.name ?? "";
}

/** All agencies, the general ones last. */
export function agencies(): Agency[] {
  return about().directory.agencies;
}
