// How the editor looks; colours come from the page's tokens, which a shadow root inherits.

import { EditorView } from "@codemirror/view";

export const theme = EditorView.theme({
  "&": { color: "var(--td-text-color-primary)", backgroundColor: "transparent", fontSize: "1rem" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--td-font-family)", lineHeight: "1.8", minHeight: "12rem", maxHeight: "28rem", overflow: "auto" },
  ".cm-content": { padding: "0.75rem 0", caretColor: "var(--td-brand-color)" },
  ".cm-line": { padding: "0 1rem" },
  ".cm-cursor": { borderLeftColor: "var(--td-brand-color)", borderLeftWidth: "2px" },
  ".cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": {
    backgroundColor: "var(--td-brand-color-focus)",
  },
  ".found": { paddingBottom: "1px", borderBottom: "2px solid", borderRadius: "1px" },
  ".found-error": { borderBottomColor: "var(--error-text)", backgroundColor: "var(--error-back)" },
  ".found-warning": { borderBottomColor: "var(--warn-mark)", borderBottomStyle: "dashed" },
  ".found-info": { borderBottomColor: "var(--td-brand-color-5)", borderBottomStyle: "dotted" },
  ".cm-tooltip": {
    border: "1px solid var(--line)",
    borderRadius: "var(--td-radius-medium)",
    backgroundColor: "var(--paper)",
    color: "var(--td-text-color-primary)",
    boxShadow: "0 6px 24px rgb(0 0 0 / 18%)",
    maxWidth: "min(30rem, 92vw)",
    fontFamily: "var(--td-font-family)",
    zIndex: "20",
  },
  ".tip": { padding: "0.5rem 0.875rem", fontSize: "0.875rem" },
  ".tip + .tip": { borderTop: "1px solid var(--line)" },
  ".tip p": { margin: "0 0 0.25rem" },
  ".tip-error": { color: "var(--error-text)" },
  ".tip-warning": { color: "var(--warn-text)" },
  ".tip-source": { fontSize: "0.8125rem", color: "var(--td-text-color-secondary)" },
  ".tip a": { color: "var(--td-brand-color)" },
  ".tip-fix": {
    margin: "0.25rem 0.5rem 0 0",
    padding: "0.25rem 0.75rem",
    border: "1px solid var(--td-brand-color)",
    borderRadius: "999px",
    background: "none",
    color: "var(--td-brand-color)",
    font: "inherit",
    fontSize: "0.8125rem",
    cursor: "pointer",
  },
});
