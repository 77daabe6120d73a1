// FlexSearch: ranks by where a term stands, not by BM25; exported as many small JSON texts, kept here in one.

import { tokenizers } from "../tokenizers.mjs";

export const name = "FlexSearch";
export const npm = "flexsearch";
export const format = "json";
export const settings = ["bigrams"];
export const library = () => ({ source: `export { Index } from "flexsearch";` });

export async function load({ tokens }) {
  const { Charset, Index } = await import("flexsearch");
  const encoding = tokens === "own" ? { tokenize: "forward", encoder: Charset.CJK } : { tokenize: "strict", encode: tokenizers[tokens] };
  return {
    async build(documents) {
      const index = new Index(encoding);
      for (const { id, text } of documents) index.add(id, text);
      const parts = {};
      await index.export((key, part) => {
        parts[key] = part;
      });
      return JSON.stringify(parts);
    },
    open(bytes) {
      const index = new Index(encoding);
      for (const [key, part] of Object.entries(JSON.parse(bytes.toString()))) index.import(key, part);
      return index;
    },
    search: (index, text) => index.search(text, { limit: 10, suggest: true }),
  };
}
