// The editor of a reply: CodeMirror with the findings underlined. Fetched when the page is opened, not before.
//
// It lives in a shadow root: there CodeMirror adopts its style sheets as objects, which the page's policy allows; in the
// document it would add <style> elements, which it does not.

import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { Annotation, type ChangeSpec, EditorSelection, EditorState } from "@codemirror/state";
import { drawSelection, EditorView, keymap, tooltips } from "@codemirror/view";
import type { Diagnostic, Fix } from "sheda/worker";

import { setFindings } from "./findings";
import { theme } from "./theme";
import { findingTips } from "./tip";

/** What the page is told. */
export interface EditorEvents {
  /** The text changed by the clerk's hand. */
  input(text: string): void;
  /** The cursor moved to this place. */
  cursor(at: number): void;
  /** The clerk wants to mend what the cursor is in. */
  mend(): void;
  fix(diagnostic: Diagnostic, fix: Fix): void;
}

/** An editor in the page. */
export interface Editor {
  setText(text: string): void;
  /** Underlines findings in the text that they were found in; nothing happens if the text has changed since. */
  show(text: string, diagnostics: Diagnostic[]): void;
  /** Selects a range and brings it into view. */
  select(start: number, end: number): void;
  focus(): void;
  destroy(): void;
}

/** A change that the page itself made. */
const fromPage = Annotation.define<boolean>();

export function createEditor(root: ShadowRoot, text: string, label: string, events: EditorEvents): Editor {
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: text,
      extensions: [
        history(),
        drawSelection(),
        EditorView.lineWrapping,
        tooltips({ position: "fixed" }),
        findingTips(events.fix),
        keymap.of([
          { key: "Mod-.", run: () => (events.mend(), true) },
          { key: "Alt-Enter", run: () => (events.mend(), true) },
          ...historyKeymap,
          ...defaultKeymap,
        ]),
        EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false", autocapitalize: "off" }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !update.transactions.some((transaction) => transaction.annotation(fromPage))) {
            events.input(update.state.doc.toString());
          }
          if (update.docChanged || update.selectionSet) events.cursor(update.state.selection.main.head);
        }),
        theme,
      ],
    }),
  });

  return {
    setText(text) {
      const changes = difference(view.state.doc.toString(), text);
      if (changes) view.dispatch({ changes, annotations: fromPage.of(true) });
    },
    show(text, diagnostics) {
      if (view.state.doc.toString() !== text) return;
      view.dispatch({ effects: setFindings.of(diagnostics) });
    },
    select(start, end) {
      view.dispatch({ selection: EditorSelection.single(start, end), scrollIntoView: true });
      view.focus();
    },
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  };
}

/** The one range in which two texts differ, so that cursor and underlines around it stay; `null` if they are the same. */
function difference(before: string, after: string): ChangeSpec | null {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let same = 0;
  while (same < shorter - start && before[before.length - 1 - same] === after[after.length - 1 - same]) same += 1;
  return { from: start, to: before.length - same, insert: after.slice(start, after.length - same) };
}
