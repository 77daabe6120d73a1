// What was found, its authority and the ways to mend it, in a tooltip: where the mouse rests, and at the finding that F8
// went to.
//
// CodeMirror's own hover takes characters to be as wide as Latin ones and so misses the right half of a Chinese one; here
// the underlined element itself is what the mouse is over.

import { type Extension, StateEffect, StateField } from "@codemirror/state";
import { EditorView, keymap, showTooltip, type Tooltip } from "@codemirror/view";
import type { Diagnostic, Fix } from "sheda/worker";

import { SEVERITY } from "../severity";
import { findings, type Found, foundAt, selectNext } from "./findings";

/** How long the mouse must rest before the tooltip comes, and may be away before it goes, in ms. */
const COMES = 200;
const GOES = 300;

/** What applies a fix. */
type Mend = (diagnostic: Diagnostic, fix: Fix) => void;

const setTip = StateEffect.define<Tooltip | null>();

const tip = StateField.define<Tooltip | null>({
  create: () => null,
  update(value, transaction) {
    for (const effect of transaction.effects) if (effect.is(setTip)) return effect.value;
    return transaction.docChanged || transaction.selection ? null : value;
  },
  provide: (field) => showTooltip.from(field),
});

/** Underlines and tooltips. */
export function findingTips(mend: Mend): Extension {
  let timer = 0;
  /** Asked for by a key: a mouse that happens to lie about does not take it away. */
  let byKey = false;
  const show = (view: EditorView, at: number | null) => {
    const found = at === null ? [] : foundAt(view, at);
    const pos = found[0]?.from ?? null;
    if (pos === (view.state.field(tip)?.pos ?? null)) return;
    const create = () => ({ dom: content(found, mend), offset: { x: 0, y: 4 } });
    view.dispatch({ effects: setTip.of(pos === null ? null : { pos, above: true, create }) });
  };
  const later = (delay: number, act: () => void) => {
    clearTimeout(timer);
    timer = window.setTimeout(act, delay);
  };
  return [
    findings,
    tip,
    EditorView.domEventObservers({
      mouseover(event, view) {
        const mark = (event.target as Element).closest(".found");
        const mouse = () => {
          byKey = false;
          if (mark?.isConnected) show(view, view.posAtDOM(mark));
        };
        if (mark) later(COMES, mouse);
        else later(GOES, () => byKey || show(view, null));
      },
    }),
    EditorView.updateListener.of(({ view, startState, state }) => {
      if (startState.field(tip) === state.field(tip)) return;
      const dom = view.dom.querySelector<HTMLElement>(".cm-tooltip");
      // Over the tooltip it stays.
      dom?.addEventListener("mouseenter", () => clearTimeout(timer));
      dom?.addEventListener("mouseleave", () => later(GOES, () => show(view, null)));
    }),
    keymap.of([
      {
        key: "F8",
        run(view) {
          clearTimeout(timer);
          byKey = true;
          show(view, selectNext(view));
          return true;
        },
      },
      { key: "Escape", run: (view) => view.state.field(tip) !== null && (show(view, null), true) },
    ]),
  ];
}

function content(found: Found[], mend: Mend): HTMLElement {
  const box = element("div", "tips");
  for (const { diagnostic } of found) {
    const { code, severity, message, source, url, fixes } = diagnostic;
    const said = element("p", "tip-message");
    said.append(element("strong", `tip-${severity}`, SEVERITY[severity]), ` ${message}`);
    const authority = element("p", "tip-source", `${source}　`);
    const link = element("a", "", `规则 ${code}`) as HTMLAnchorElement;
    link.href = url;
    authority.append(link);
    const part = element("div", "tip");
    part.append(said, authority);
    for (const fix of fixes) {
      const button = element("button", "tip-fix", fix.title);
      button.addEventListener("click", () => mend(diagnostic, fix));
      part.append(button);
    }
    box.append(part);
  }
  return box;
}

function element(name: string, className: string, text = ""): HTMLElement {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}
