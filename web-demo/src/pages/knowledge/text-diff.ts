// Two texts side by side as one: what stayed, what went, what came.

import { type Change, diffChars, diffLines } from "diff";

/** Comparing by characters takes time where little is alike; after so many ms it is done by lines. */
const PATIENCE = 150;

/** A piece of text. */
export interface Piece {
  kind: "same" | "gone" | "new";
  text: string;
}

export function pieces(before: string, after: string): Piece[] {
  const changes = diffChars(before, after, { timeout: PATIENCE }) ?? diffLines(before, after);
  return changes.map(({ added, removed, value }: Change) => ({ kind: added ? "new" : removed ? "gone" : "same", text: value }));
}
