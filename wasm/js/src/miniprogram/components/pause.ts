/** Waiting until a person pauses in typing. */

const waiting = new WeakMap<object, ReturnType<typeof setTimeout>>();

/** Does the work when nobody has asked for so many milliseconds on behalf of `owner`. */
export function afterPause(owner: object, milliseconds: number, work: () => void): void {
  stopWaiting(owner);
  waiting.set(owner, setTimeout(work, milliseconds));
}

/** Drops what is waiting. */
export function stopWaiting(owner: object): void {
  const timer = waiting.get(owner);
  if (timer !== undefined) clearTimeout(timer);
  waiting.delete(owner);
}
