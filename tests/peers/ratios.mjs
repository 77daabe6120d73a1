// What SheDa promises against its peers, and whether it holds on the rows at hand.

import { mrr } from "./results.mjs";

/** Peers this close to SheDa's MRR@10 are of comparable quality; if there is none, the best peer is taken. */
const COMPARABLE = 0.03;
/** Quality is only judged on so many questions; slow engines are asked fewer. */
const ENOUGH = 200;
/** How far above the best peer on the answers and questions that SheDa was made for; elsewhere it only has to be better. */
const ABOVE = { golden: 0.1 };

/** Every promise on every set: what it is, the figures, and whether it holds. `held`: by set, questions never used for tuning. */
export function judge(rows, held) {
  const ours = rows.filter((row) => row.engine === "sheda");
  return ours.flatMap((row) => promises(row, rows.filter((other) => other.set === row.set && other.engine !== "sheda"), held[row.set]));
}

function promises(row, peers, held) {
  const judged = peers.filter((peer) => asked(peer).length >= ENOUGH).sort((a, b) => lead(row, a) - lead(row, b));
  const near = judged.filter((peer) => lead(row, peer) <= COMPARABLE);
  const comparable = near.length > 0 ? near : judged.slice(0, 1);
  const json = peers.filter((peer) => peer.format === "json");
  const unseen = judged.filter((peer) => held?.every((id) => id in peer.ranks)).sort((a, b) => mrr(b, held) - mrr(a, held));
  return [
    ...quality("MRR@10 above the best peer", row, judged, judged[0] && asked(judged[0])),
    ...quality("the same on questions never used for tuning", row, unseen, held),
    ...ratio("median search at least 4× faster than comparable peers", row, comparable, (one) => one.p50_ms, "ms", 4),
    ...ratio("opens at least 5× faster than peers that read JSON", row, json, (one) => one.open_ms, "ms", 5),
    ...ratio("index (brotli) at most half of comparable peers'", row, comparable, (one) => one.index.brotli / 1e3, "KB", 2),
    ...ratio("memory held at most half of comparable peers'", row, comparable, (one) => one.memory.held / 2 ** 20, "MiB", 2),
    ...ratio("memory resident at most half of comparable peers'", row, comparable, (one) => one.memory.resident / 2 ** 20, "MiB", 2),
  ];
}

/** Against the first of the peers, on these questions; nothing to say without both. */
function quality(promise, row, [peer], ids) {
  if (!peer || !ids) return [];
  const [our, their] = [mrr(row, ids), mrr(peer, ids)];
  const detail = `${our.toFixed(3)} against ${their.toFixed(3)} (${label(peer)}), ${ids.length} questions`;
  const margin = ABOVE[row.set];
  const wanted = margin ? `${promise} by ${margin * 100} points` : promise;
  return [{ set: row.set, promise: wanted, detail, holds: margin ? our - their >= margin : our > their }];
}

/** The peer with the least figure counts: it is the hardest to beat. */
function ratio(promise, row, peers, figure, unit, times) {
  if (peers.length === 0) return [];
  const peer = peers.reduce((least, other) => (figure(other) < figure(least) ? other : least));
  const got = figure(peer) / figure(row);
  const digits = figure(row) < 10 ? 2 : 0;
  const detail = `${figure(row).toFixed(digits)} against ${figure(peer).toFixed(digits)} ${unit} (${label(peer)}): ${got.toFixed(1)}×`;
  return [{ set: row.set, promise, detail, holds: got >= times }];
}

/** How far we are above a peer, on the questions that it was asked. */
function lead(row, peer) {
  return mrr(row, asked(peer)) - mrr(peer);
}

function asked({ ranks }) {
  return Object.keys(ranks);
}

function label({ name, tokens }) {
  return tokens === "own" ? name : `${name} ${tokens}`;
}
