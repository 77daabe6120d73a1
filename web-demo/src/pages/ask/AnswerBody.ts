// An answer's HTML as elements of the page. Safe by construction: it is parsed aside, and only elements on the list are
// made anew, without any attribute; whatever else a foreign pack might hold stays plain text.

import { type FunctionalComponent, h, type VNodeChild } from "vue";

const ALLOWED = new Set([
  "p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "b", "i", "br", "hr", "blockquote", "code", "sub", "sup",
  "table", "thead", "tbody", "tr", "th", "td",
]);
const SILENT = new Set(["script", "style", "template", "iframe", "object", "noscript"]);

export const AnswerBody: FunctionalComponent<{ html: string }> = ({ html }) => {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  return h("div", { class: "answer-body" }, children(parsed.body));
};
AnswerBody.props = ["html"];

function children(node: Node): VNodeChild[] {
  return [...node.childNodes].flatMap(rebuilt);
}

function rebuilt(node: Node): VNodeChild[] {
  if (node.nodeType === Node.TEXT_NODE) return [node.textContent];
  if (!(node instanceof Element)) return [];
  const name = node.localName;
  if (SILENT.has(name)) return [];
  if (!ALLOWED.has(name)) return children(node);
  // A wide table scrolls by itself, not the page.
  if (name === "table") return [h("div", { class: "answer-table", tabindex: 0, role: "region", "aria-label": "表格" }, [h(name, children(node))])];
  return [h(name, children(node))];
}
