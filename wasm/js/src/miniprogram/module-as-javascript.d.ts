/** The module turned into JavaScript by scripts/build-without-wasm.mjs. */

/** A new instance: its exports. */
export function instantiate(imports: Record<string, object>): object;
