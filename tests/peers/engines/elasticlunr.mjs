// elasticlunr: tf·idf over a JSON trie; without its English pipeline, documents not kept.

import { tokenizers } from "../tokenizers.mjs";

export const name = "elasticlunr";
export const npm = "elasticlunr";
export const format = "json";
export const settings = ["grams", "bigrams"];
export const library = () => ({ source: `export { default } from "elasticlunr";` });

/** How many questions are asked at most: it is slow. */
export const limit = ({ documents, tokens }) => (documents > 10_000 ? (tokens === "grams" ? 60 : 200) : Infinity);

export async function load({ tokens }) {
  const { default: elasticlunr } = await import("elasticlunr");
  // The tokenizer is one for the whole process.
  elasticlunr.tokenizer = (text) => tokenizers[tokens](String(text));
  return {
    build(documents) {
      const index = elasticlunr(function () {
        this.setRef("id");
        this.addField("text");
        this.saveDocument(false);
        this.pipeline.reset();
      });
      for (const { id, text } of documents) index.addDoc({ id, text });
      return JSON.stringify(index);
    },
    open(bytes) {
      const index = elasticlunr.Index.load(JSON.parse(bytes.toString()));
      index.pipeline.reset();
      return index;
    },
    search: (index, text) => index.search(text, { bool: "OR" }).map((hit) => hit.ref),
  };
}
