/** The one kind of error that every entry of the package rejects with. */

/** What went wrong, for programs. Messages are Chinese, for people. */
export type ShedaErrorCode =
  /** No bytes were given as pack. */
  | "pack-empty"
  /** The bytes are not a SheDa pack. */
  | "pack-foreign"
  /** The pack was written for another version of the format. */
  | "pack-version"
  /** The pack ends before its contents do. */
  | "pack-truncated"
  /** A section of the pack is not what was written. */
  | "pack-damaged"
  /** A section that the engine needs is missing. */
  | "pack-incomplete"
  /** A pack is not signed by whom `trust` names, or was altered since. */
  | "pack-signature"
  /** A pack could not be written. */
  | "pack-write"
  /** An argument is unusable; the message names the field. */
  | "bad-request"
  /** The module or the pack could not be fetched, read or compiled. */
  | "load"
  /** The host is too old: it lacks WebAssembly, files or requests. */
  | "unsupported"
  /** The host did not finish in the time allowed. */
  | "timeout"
  /** There is no room on the device for a downloaded pack. */
  | "storage-full"
  /** `close` was called. */
  | "closed"
  /** A fault of the engine. It has been rebuilt: the next call works. */
  | "internal";

/** An error of SheDa. */
export class ShedaError extends Error {
  /** What went wrong, for programs. */
  readonly code: ShedaErrorCode;

  constructor(code: ShedaErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = "ShedaError";
    this.code = code;
  }
}

/** The error as a value that can be posted between threads. */
export interface PostedError {
  code: ShedaErrorCode;
  message: string;
}

/** Whether something thrown by the engine is an error that it reports, as against a trap. */
export function isReported(thrown: unknown): thrown is PostedError {
  return thrown instanceof Error && typeof (thrown as Partial<PostedError>).code === "string";
}
