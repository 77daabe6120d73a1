// What the page and the worker that unpacks archives say to each other.

import type { SourceFile } from "sheda/author";

/** What was taken in: knowledge files, and how many others lay beside them. */
export interface Intake {
  /** The folder that the paths begin with. */
  folder: string;
  files: SourceFile[];
  /** Files that are no knowledge (pictures, drafts in Word, …). */
  passedOver: number;
}

/** Page → worker: an archive, and the folder its files are put in. */
export interface Task {
  bytes: ArrayBuffer;
  folder: string;
}

/** Worker → page. */
export type Outcome = { intake: Intake } | { failure: string };
