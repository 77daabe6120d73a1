// The engine in its worker, opened once for all pages, and what its pack says of itself.

import { type Agency, type Directory, type Manifest, open, type Sheda, ShedaError } from "sheda/worker";
import { shallowRef } from "vue";

/** 行政区划 code of the whole country. */
export const NATIONAL = 100000;

/** How far opening has come. */
export type EngineState =
  | { step: "opening" }
  | { step: "ready"; sheda: Sheda; manifest: Manifest; directory: Directory }
  | { step: "failed"; message: string };

export const engine = shallowRef<EngineState>({ step: "opening" });

/** Opens the pack beside the page; on failure it can be called again. */
export async function startEngine(): Promise<void> {
  engine.value = { step: "opening" };
  try {
    const sheda = await open({ pack: new URL("national.sheda", document.baseURI) });
    const [manifest, directory] = await Promise.all([sheda.manifest(), sheda.directory()]);
    engine.value = { step: "ready", sheda, manifest, directory };
  } catch (error) {
    engine.value = { step: "failed", message: error instanceof ShedaError ? error.message : String(error) };
  }
}

/** The opened engine, or `null`. */
export function ready() {
  return engine.value.step === "ready" ? engine.value : null;
}

/** The name of a region; empty if the pack does not know it. */
export function regionName(code: number): string {
  return ready()?.directory.regions.find((region) => region.code === code)?.name ?? "";
}

/** All agencies, the general ones last. */
export function agencies(): Agency[] {
  return ready()?.directory.agencies ?? [];
}
