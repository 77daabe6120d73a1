// The findings as the editor keeps them: underlined ranges that move along while the clerk types on.

import { EditorSelection, RangeSet, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView } from "@codemirror/view";
import type { Diagnostic } from "sheda/worker";

/** A range and what was found in it. */
export interface Found {
  from: number;
  to: number;
  diagnostic: Diagnostic;
}

export const setFindings = StateEffect.define<Diagnostic[]>();

export const findings = StateField.define<RangeSet<Decoration>>({
  create: () => Decoration.none,
  update(ranges, transaction) {
    let now = ranges.map(transaction.changes);
    for (const effect of transaction.effects) if (effect.is(setFindings)) now = underlined(effect.value, transaction.newDoc.length);
    return now;
  },
  provide: (field) => EditorView.decorations.from(field),
});

function underlined(diagnostics: Diagnostic[], length: number): RangeSet<Decoration> {
  const ranges = diagnostics.flatMap((diagnostic) => {
    const { span, severity } = diagnostic;
    if (!span || span.start >= span.end || span.end > length) return [];
    return [Decoration.mark({ class: `found found-${severity}`, diagnostic }).range(span.start, span.end)];
  });
  return Decoration.set(ranges, true);
}

/** What was found at a place, in order. */
export function foundAt(view: EditorView, at: number): Found[] {
  const found: Found[] = [];
  view.state.field(findings).between(at, at, (from, to, { spec }) => {
    if (from <= at && at < to) found.push({ from, to, diagnostic: spec.diagnostic as Diagnostic });
  });
  return found;
}

/** Selects the next finding after the cursor, or the first; `null` if there is none. */
export function selectNext(view: EditorView): number | null {
  const starts: [number, number][] = [];
  view.state.field(findings).between(0, view.state.doc.length, (from, to) => void starts.push([from, to]));
  const { from: at, empty } = view.state.selection.main;
  const next = starts.find(([from]) => (empty ? from >= at : from > at)) ?? starts[0];
  if (!next) return null;
  view.dispatch({ selection: EditorSelection.single(next[1], next[0]), scrollIntoView: true });
  return next[0];
}
