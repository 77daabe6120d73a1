// SQLite FTS5, the official WebAssembly build: BM25 over a contentless table, terms separated by spaces.

import { fileURLToPath } from "node:url";

import { distinct, tokenizers } from "../tokenizers.mjs";

export const name = "SQLite FTS5";
export const npm = "@sqlite.org/sqlite-wasm";
export const format = "sqlite";
export const settings = ["grams", "bigrams", "words"];
export const library = () => ({
  source: `export { default } from "@sqlite.org/sqlite-wasm";`,
  files: [fileURLToPath(import.meta.resolve("@sqlite.org/sqlite-wasm/sqlite3.wasm"))],
});

const SCHEMA = `
  CREATE VIRTUAL TABLE texts USING fts5(text, content='', tokenize="unicode61 remove_diacritics 0");
  CREATE TABLE ids(number INTEGER PRIMARY KEY, id TEXT)`;
const BEST = "SELECT (SELECT id FROM ids WHERE number = texts.rowid) FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT 10";

/** How many questions are asked at most: it is slow. */
export const limit = ({ documents, tokens }) => (documents > 10_000 && tokens !== "bigrams" ? 300 : Infinity);

export async function load({ tokens }) {
  const { default: init } = await import("@sqlite.org/sqlite-wasm");
  const { oo1, capi, wasm } = await init();
  const tokenize = tokenizers[tokens];
  return {
    build(documents) {
      const database = new oo1.DB(":memory:");
      database.exec(SCHEMA);
      database.exec("BEGIN");
      const text = database.prepare("INSERT INTO texts(rowid, text) VALUES (?, ?)");
      const id = database.prepare("INSERT INTO ids VALUES (?, ?)");
      documents.forEach((document, index) => {
        text.bind([index + 1, tokenize(document.text).join(" ")]).stepReset();
        id.bind([index + 1, document.id]).stepReset();
      });
      text.finalize();
      id.finalize();
      database.exec("COMMIT; INSERT INTO texts(texts) VALUES ('optimize'); VACUUM");
      return capi.sqlite3_js_db_export(database);
    },
    open(bytes) {
      const database = new oo1.DB(":memory:");
      const { buffer, byteOffset, length } = bytes;
      const copy = wasm.allocFromTypedArray(new Uint8Array(buffer, byteOffset, length));
      const flags = capi.SQLITE_DESERIALIZE_FREEONCLOSE | capi.SQLITE_DESERIALIZE_READONLY;
      database.checkRc(capi.sqlite3_deserialize(database.pointer, "main", copy, length, length, flags));
      return database.prepare(BEST);
    },
    search(best, text) {
      const terms = distinct(tokenize(text));
      if (terms.length === 0) return [];
      best.bind([terms.map((term) => `"${term}"`).join(" OR ")]);
      const ids = [];
      while (best.step()) ids.push(best.get(0));
      best.reset();
      return ids;
    },
  };
}
