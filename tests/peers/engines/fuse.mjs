// Fuse.js: compares the question with every document; no inverted index, the documents travel with it.

import { tokenizers } from "../tokenizers.mjs";

export const name = "Fuse.js";
export const npm = "fuse.js";
export const format = "json";
export const settings = ["bigrams"];
export const library = () => ({ source: `export { default } from "fuse.js";` });

/** How many questions are asked at most: it is slow. */
export const limit = ({ documents }) => (documents > 10_000 ? 5 : 60);

export async function load({ tokens }) {
  const { default: Fuse } = await import("fuse.js");
  const options = { keys: ["text"], ignoreLocation: true, threshold: 0, useTokenSearch: true, tokenize: tokenizers[tokens] };
  return {
    build: (documents) => JSON.stringify({ documents, index: Fuse.createIndex(options.keys, documents).toJSON() }),
    open(bytes) {
      const { documents, index } = JSON.parse(bytes.toString());
      return new Fuse(documents, options, Fuse.parseIndex(index));
    },
    search: (index, text) => index.search(text, { limit: 10 }).map((hit) => hit.item.id),
  };
}
