// A question in everyday words: its pairs joined by OR, ranked by rarity.  Dear, so asked only when the reader asks.

import { also } from "./synonyms.js";

const ASKING = `请问 什么时候 什么 什么样 哪些 哪个 哪里 哪儿 哪位 哪 谁 怎么办 怎么样 怎么 怎样 如何 是否 为什么 为何 多少 多大 多长 多高
多久 多远 多重 几个 何时 何处 何地 何人 何种 有没有 能不能 可不可以 是不是 吗 呢`.split(/\s+/);
const EMPTY = "可以 应该 应当 的 了 是".split(" ");
const STOP = [...ASKING, ...EMPTY].sort((x, y) => y.length - x.length);
const K1 = 1.2;
const LENGTH = 0.75;
const TITLE = 3; // a place in the title counts as so many
const SHORT = 8; // up to here a text that asks nothing is a few words, and most of it must be there
const QUORUM = 0.5;
const SHOWN = 20;
const FLOOR = 0.3; // of the best score
const LONGEST = 300; // characters: what is longer is no question
const ALSO = 0.5; // what a synonym's pair counts beside one that was typed

/** Whether a text has a word that asks. */
export const asks = (text) => ASKING.some((word) => text.includes(word));

/** The runs without the words every question has, which cut them. */
const pieces = (wanted) => wanted.flatMap((run) => STOP.reduce((text, word) => text.split(word).join(" "), run).split(" "));

/** What a piece is looked up by: its pairs with a 汉字 in them, and its Latin words and numbers whole. */
function terms(piece) {
  const chars = [...piece];
  const pairs = chars.slice(1).map((char, i) => chars[i] + char);
  return [...pairs.filter((pair) => /\p{Script=Han}/u.test(pair)), ...(piece.match(/[a-z0-9]{2,}/g) || [])];
}

/** {found, searched} of the articles nearest to the question, or null. */
export async function asked(engine, wanted) {
  const text = wanted.join(" ");
  if (text.length > LONGEST) return null;
  const weights = new Map();
  for (const piece of pieces(wanted)) for (const term of terms(piece)) weights.set(term, 1);
  const searched = [...weights.keys()];
  const wordless = pieces(wanted).join("") === wanted.join("");
  if (!searched.length || (searched.length === 1 && wordless)) return null; // one pair that did not match says nothing
  for (const other of also(engine, text)) for (const term of terms(other)) if (!weights.has(term)) weights.set(term, ALSO);
  const keys = [...weights.keys()];
  const postings = await Promise.all(keys.map((key) => Promise.all(engine.bundles.map((bundle) => engine.phrase(bundle, key)))));
  const rarity = postings.map((maps, k) => {
    const frequency = maps.reduce((sum, map) => sum + map.size, 0);
    return Math.log(1 + (engine.pages - frequency + 0.5) / (frequency + 0.5)) * weights.get(keys[k]);
  });
  const few = [...text].length <= SHORT && !asks(text);
  const mass = rarity.reduce((sum, r, k) => sum + (weights.get(keys[k]) === 1 ? r : 0), 0);
  const found = [];
  engine.bundles.forEach((bundle, b) => {
    const sums = new Map();
    postings.forEach((maps, k) => {
      for (const [page, { pos, title }] of maps[b]) {
        const sum = sums.get(page) || { score: 0, mass: 0 };
        const tf = pos.length + (TITLE - 1) * title;
        sum.score += (rarity[k] * tf * (K1 + 1)) / (tf + K1 * (1 - LENGTH + (LENGTH * bundle.lengths[page]) / engine.average));
        sum.mass += rarity[k];
        sums.set(page, sum);
      }
    });
    for (const [page, sum] of sums) {
      const share = sum.mass / mass;
      if (!few || share >= QUORUM) found.push({ bundle, b, page, score: sum.score * (few ? share : 1) });
    }
  });
  found.sort((x, y) => y.score - x.score);
  const kept = found.filter((hit, place) => place < SHOWN && hit.score >= FLOOR * found[0].score);
  return kept.length ? { found: kept, searched } : null;
}
