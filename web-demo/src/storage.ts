// Small things kept on this computer only.

const PREFIX = "sheda.";

/** What was kept under a key; `null` if nothing, or nothing readable. */
export function kept<T>(key: string): T | null {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + key) ?? "null") as T | null;
  } catch {
    return null;
  }
}

/** Keeps a value; where the browser keeps nothing (private windows), it is forgotten with the page. */
export function keep(key: string, value: unknown): void {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(value));
  } catch {
    // Full or forbidden: the page works without.
  }
}
