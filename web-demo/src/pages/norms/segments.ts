// A text cut where findings begin and end, so that each piece can be underlined.

import type { Diagnostic } from "sheda/worker";

/** A piece of the text and the findings that cover it. */
export interface Segment {
  text: string;
  found: Diagnostic[];
}

/** Cuts a text; findings without a place mark nothing. */
export function segments(text: string, diagnostics: Diagnostic[]): Segment[] {
  const placed = diagnostics.flatMap((diagnostic) => (diagnostic.span ? [{ diagnostic, ...diagnostic.span }] : []));
  const cuts = [...new Set([0, text.length, ...placed.flatMap(({ start, end }) => [start, end])])].sort((a, b) => a - b);
  return cuts.slice(1).map((end, at) => {
    const start = cuts[at] ?? 0;
    return {
      text: text.slice(start, end),
      found: placed.filter((other) => other.start <= start && end <= other.end).map(({ diagnostic }) => diagnostic),
    };
  });
}
