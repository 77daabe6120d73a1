// MiniSearch: BM25+ over a radix tree, the index as one JSON text.

import { tokenizers } from "../tokenizers.mjs";

export const name = "MiniSearch";
export const npm = "minisearch";
export const format = "json";
export const settings = ["grams", "bigrams"];
export const library = () => ({ source: `export { default } from "minisearch";` });

/** How many questions are asked at most: it is slow. */
export const limit = ({ documents }) => (documents > 10_000 ? 200 : Infinity);

export async function load({ tokens }) {
  const { default: MiniSearch } = await import("minisearch");
  const options = { fields: ["text"], tokenize: tokenizers[tokens], processTerm: (term) => term, searchOptions: { combineWith: "OR" } };
  return {
    build(documents) {
      const index = new MiniSearch(options);
      index.addAll(documents);
      return JSON.stringify(index);
    },
    open: (bytes) => MiniSearch.loadJSON(bytes.toString(), options),
    search: (index, text) => index.search(text).map((hit) => hit.id),
  };
}
