/** Answers for `<rich-text>`, which knows no style sheet of the page inside its nodes: looks go into the tags. */

/** The looks of the elements that answers are made of; sizes in em, so that large text enlarges all. */
const LOOKS: Record<string, string> = {
  h2: "margin:1em 0 .4em;font-size:1.05em;font-weight:600",
  h3: "margin:.8em 0 .3em;font-size:1em;font-weight:600",
  p: "margin:.4em 0",
  ul: "margin:.4em 0;padding-left:1.3em",
  ol: "margin:.4em 0;padding-left:1.3em",
  li: "margin:.25em 0",
  table: "width:100%;margin:.5em 0;border-collapse:collapse",
  th: "padding:.35em .5em;text-align:left;background:#f3f6f6;border:1px solid #e1e7e7",
  td: "padding:.35em .5em;border:1px solid #e1e7e7",
};

/** `Answer.html` as `nodes` of a `<rich-text>`: its tags carry no attributes that matter to the eye, so they take ours. */
export function forRichText(html: string): string {
  return html.replace(/<(h2|h3|p|ul|ol|li|table|th|td)\b/g, (tag, name: string) => `${tag} style="${LOOKS[name]}"`);
}
