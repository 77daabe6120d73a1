// What the page and the worker for tables say to each other.

/** A row of a file: where it stands, from 1, and its cells; or why it cannot be read. */
export interface Row {
  number: number;
  cells: string[];
  fault: string;
}

export type Kind = "xlsx" | "csv";

/** Page → worker. */
export type Task = { do: "read"; kind: Kind; bytes: ArrayBuffer } | { do: "write"; kind: Kind; headings: string[]; rows: string[][] };

/** Worker → page. */
export type Outcome = { rows: Row[] } | { file: Blob } | { failure: string };
