// Two texts side by side as one: what stayed, what went, what came.

import { type Change, diffChars, diffLines } from "diff";

/** Comparing by characters takes time where little is alike; after so many ms it is done by lines. */
const PATIENCE = 150;

/** Without its end the last line would be another one. */
const ended = (text: string) => (text === "" || text.endsWith("\n") ? text : `${text}\n`);

/** A piece of text. */
export interface Piece {
  kind: "same" | "gone" | "new";
  text: string;
}

/** @param list whether each line stands for itself, so that half of one is never matched with half of another */
export function pieces(before: string, after: string, list: boolean): Piece[] {
  const changes = (list ? null : diffChars(before, after, { timeout: PATIENCE })) ?? diffLines(ended(before), ended(after));
  return changes.map(({ added, removed, value }: Change) => ({ kind: added ? "new" : removed ? "gone" : "same", text: value }));
}
