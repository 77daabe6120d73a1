// How text is cut for engines that know no Chinese: words, overlapping pairs of characters, single characters and pairs.

const RUNS = /\p{sc=Han}+|[[\p{L}\p{N}]--\p{sc=Han}]+/gv;
const HAN = /^\p{sc=Han}/u;
const segmenter = new Intl.Segmenter("zh", { granularity: "word" });

/** Every scheme by name: text in, terms in order out. */
export const tokenizers = {
  words: (text) => Array.from(segmenter.segment(text.toLowerCase())).flatMap((part) => part.segment.match(RUNS) ?? []),
  bigrams: (text) => runs(text).flatMap((run) => (run.length > 1 ? pairs(run) : run)),
  grams: (text) => runs(text).flatMap((run) => [...run, ...pairs(run)]),
};

/** Terms without repetition: what stands twice in a question counts once. */
export function distinct(terms) {
  return [...new Set(terms)];
}

/** Each run of Chinese as a list of characters, each other word as a list of one. */
function runs(text) {
  return (text.toLowerCase().match(RUNS) ?? []).map((run) => (HAN.test(run) ? [...run] : [run]));
}

function pairs(characters) {
  return characters.slice(1).map((character, before) => characters[before] + character);
}
