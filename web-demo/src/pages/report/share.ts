// How shares are written.

/** `0.9375` → `93.8%`; nothing to divide by → `—`. */
export function percent(share: number | null): string {
  return share === null ? "—" : `${(share * 100).toFixed(1)}%`;
}
