// A pack that was built on this device, in use instead of the server's until someone goes back.

import { about, local, replacePack } from "../engine/engine";
import { dropLocal, keepLocal, keptLocal, packOnServer, shippedPack } from "./pack";

/** The pack that was taken since the page was opened: some browsers keep none. */
let taken: Uint8Array<ArrayBuffer> | null = null;

/** The bytes of the pack in use. */
export async function packInUse(): Promise<Uint8Array<ArrayBuffer>> {
  if (!local.value) return shippedPack();
  return taken ?? (await keptLocal())?.bytes ?? shippedPack();
}

/**
 * Uses a pack on this device: opened first, and only then kept. Rejects if it cannot be opened; the one before stays in use.
 *
 * @returns whether it will be there when the page is opened again
 */
export async function takeLocal(bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const serverBuiltFrom = local.value?.serverBuiltFrom ?? (await packOnServer().catch(() => null))?.builtFrom ?? about().manifest.builtFrom;
  const { title, version } = await replacePack(bytes);
  const info = { title, version, builtAt: new Date().toISOString(), serverBuiltFrom };
  local.value = info;
  taken = bytes;
  return keepLocal(bytes, info).catch(() => false);
}

/** Goes back to the server's pack; without network too, where it is kept. */
export async function leaveLocal(): Promise<void> {
  await replacePack(await shippedPack());
  await dropLocal();
  local.value = null;
  taken = null;
}
