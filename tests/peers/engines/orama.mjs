// Orama: BM25 over a radix tree; its saved form holds the documents too.

import { distinct, tokenizers } from "../tokenizers.mjs";

export const name = "Orama";
export const npm = "@orama/orama";
export const format = "json";
export const settings = ["bigrams"];
export const library = () => ({ source: `export { create, load, search } from "@orama/orama";` });

/** How many questions are asked at most: it is slow. */
export const limit = ({ documents }) => (documents > 10_000 ? 60 : Infinity);

export async function load({ tokens }) {
  const { create, insertMultiple, load: restore, save, search } = await import("@orama/orama");
  const tokenizer = tokens === "own" ? await mandarin() : ours(tokenizers[tokens]);
  const empty = () => create({ schema: { text: "string" }, components: { tokenizer } });
  return {
    async build(documents) {
      const index = empty();
      await insertMultiple(index, documents, 1000);
      return JSON.stringify(save(index));
    },
    open(bytes) {
      const index = empty();
      restore(index, JSON.parse(bytes.toString()));
      return index;
    },
    // Threshold 1: a document need not hold every term.
    search: async (index, text) => (await search(index, { term: text, limit: 10, threshold: 1 })).hits.map((hit) => hit.id),
  };
}

async function mandarin() {
  const { createTokenizer } = await import("@orama/tokenizers/mandarin");
  return createTokenizer();
}

function ours(tokenize) {
  return { language: "chinese", normalizationCache: new Map(), tokenize: (text) => distinct(tokenize(text)) };
}
