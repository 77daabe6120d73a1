// fflate for the libraries of workbooks. Its asynchronous calls start workers from strings, which the page's policy forbids;
// we are in a worker already, so they run here.

import { type AsyncZippable, unzipSync, type Zippable, zipSync } from "fflate/browser";

export * from "fflate/browser";

type Done<T> = (error: Error | null, result: T) => void;

/** As fflate's `unzip` without options, in this thread. */
export function unzip(bytes: Uint8Array, done: Done<Record<string, Uint8Array>>): void {
  here(() => unzipSync(bytes), done);
}

/** As fflate's `zip` without options, in this thread. */
export function zip(files: AsyncZippable, done: Done<Uint8Array>): void {
  here(() => zipSync(files as Zippable), done);
}

function here<T>(work: () => T, done: Done<T>): void {
  let result: T;
  try {
    result = work();
  } catch (error) {
    done(error as Error, undefined as T);
    return;
  }
  done(null, result);
}
