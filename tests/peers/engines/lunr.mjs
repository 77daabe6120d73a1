// lunr: BM25 by vectors; without its English stemmer, stop words and trimmer.

import { distinct, tokenizers } from "../tokenizers.mjs";

export const name = "lunr";
export const npm = "lunr";
export const format = "json";
export const settings = ["grams"];
export const library = () => ({ source: `export { default } from "lunr";` });

/** How many questions are asked at most: it is slow. */
export const limit = ({ documents }) => (documents > 10_000 ? 60 : Infinity);

export async function load({ tokens }) {
  const { default: lunr } = await import("lunr");
  const tokenize = tokenizers[tokens];
  return {
    build(documents) {
      const index = lunr(function () {
        this.tokenizer = (text) => tokenize(String(text)).map((term) => new lunr.Token(term, {}));
        this.pipeline.reset();
        this.searchPipeline.reset();
        this.ref("id");
        this.field("text");
        for (const document of documents) this.add(document);
      });
      return JSON.stringify(index);
    },
    open: (bytes) => lunr.Index.load(JSON.parse(bytes.toString())),
    search(index, text) {
      const found = index.query((query) => {
        for (const term of distinct(tokenize(text))) query.term(term, { usePipeline: false });
      });
      return found.map((hit) => hit.ref);
    },
  };
}
