/** Texts cut up for display: a template shows pieces, not offsets. */

import type { Span } from "../../types.js";

/** A piece of a text. */
export interface Piece {
  text: string;
  marked: boolean;
}

/** A text cut at the ends of its marks, which are in order and apart. */
export function pieces(text: string, marks: Span[]): Piece[] {
  const cut: Piece[] = [];
  let last = 0;
  for (const { start, end } of marks) {
    if (start > last) cut.push({ text: text.slice(last, start), marked: false });
    cut.push({ text: text.slice(start, end), marked: true });
    last = end;
  }
  if (last < text.length) cut.push({ text: text.slice(last), marked: false });
  return cut;
}

/** What a person may read of any failure. */
export function messageOf(error: unknown): { code: string; message: string } {
  const { code = "internal", message = String(error) } = error as { code?: string; message?: string };
  return { code, message };
}

/** This device's day. */
export function today(): string {
  const now = new Date();
  const two = (number: number): string => `0${number}`.slice(-2);
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
