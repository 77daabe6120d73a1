// Cuts a text into marked and unmarked parts by spans in UTF-16 units.

import type { Span } from "sheda/worker";

/** A part of a text. */
export interface Part {
  text: string;
  marked: boolean;
}

/** The parts of `text` in order; spans that do not fit are ignored. */
export function parts(text: string, marks: Span[]): Part[] {
  const out: Part[] = [];
  let at = 0;
  for (const { start, end } of marks) {
    if (start < at || end > text.length || start >= end) continue;
    if (start > at) out.push({ text: text.slice(at, start), marked: false });
    out.push({ text: text.slice(start, end), marked: true });
    at = end;
  }
  if (at < text.length) out.push({ text: text.slice(at), marked: false });
  return out;
}
