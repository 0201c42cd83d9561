// A question in everyday words: its pairs joined by OR, ranked by rarity.  Dear, so asked only when the reader asks.

const STOP = `请问 什么时候 什么 哪些 哪个 哪里 怎么办 怎么 怎样 如何 是否 为什么 为何 多少 有没有 能不能 可不可以 可以 是不是
应该 应当 吗 呢 的 了 是`.split(/\s+/);
const K1 = 1.2;
const LENGTH = 0.75;
const TITLE = 3; // a place in the title counts as so many
const SHORT = 8; // up to here a text is a few words, and most of it must be there
const QUORUM = 0.5;
const SHOWN = 20;
const FLOOR = 0.3; // of the best score
const LONGEST = 300; // characters: what is longer is no question
const ALSO = 0.5; // what a synonym's pair counts beside one that was typed

const pairs = (text) => { const chars = [...text]; return chars.slice(1).map((char, i) => chars[i] + char); };

/** The runs without the words every question has, which cut it. */
function pieces(wanted) {
  return wanted.flatMap((run) => STOP.reduce((text, word) => text.split(word).join(" "), run).split(" ")).filter((p) => [...p].length > 1);
}

/** {found, searched} of the articles nearest to the question, or null. */
export async function asked(engine, wanted, synonyms) {
  const text = wanted.join(" ");
  if (text.length > LONGEST) return null;
  const weights = new Map();
  for (const piece of pieces(wanted)) for (const pair of pairs(piece)) if (/\p{Script=Han}/u.test(pair)) weights.set(pair, 1);
  const searched = [...weights.keys()];
  if (searched.length < 2) return null; // one pair that did not match as it stood says nothing
  for (const [terms, others] of synonyms) {
    if (!terms.some((term) => text.includes(term))) continue;
    for (const other of others) for (const pair of pairs(other)) if (!weights.has(pair)) weights.set(pair, ALSO);
  }
  const keys = [...weights.keys()];
  const postings = await Promise.all(keys.map((pair) => Promise.all(engine.bundles.map((bundle) => bundle.posting(pair)))));
  const rarity = postings.map((maps, k) => {
    const frequency = maps.reduce((sum, map) => sum + map.size, 0);
    return Math.log(1 + (engine.pages - frequency + 0.5) / (frequency + 0.5)) * weights.get(keys[k]);
  });
  const short = [...text].length <= SHORT;
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
      if (!short || share >= QUORUM) found.push({ bundle, b, page, score: sum.score * (short ? share : 1) });
    }
  });
  found.sort((x, y) => y.score - x.score);
  const kept = found.filter((hit, place) => place < SHOWN && hit.score >= FLOOR * found[0].score);
  return kept.length ? { found: kept, searched } : null;
}

const LEFT_OUT = new Set("的了和与及在是对为等把被从到向之也都");

/** A run cut into words by jieba's rule, the most probable path over the archive's own words; null where it has no two. */
export async function cut(vocabulary, run) {
  const chars = [...run];
  if (chars.length < 4 || chars.length > 30) return null;
  const words = await vocabulary.wordsIn(run);
  const { articles } = await vocabulary.index();
  const total = Math.log(articles * 100);
  const best = [{ words: [], weight: 0 }];
  for (let at = 0; at < chars.length; at++) {
    for (let end = at + 1; end <= chars.length && end <= at + 8; end++) {
      const word = chars.slice(at, end).join("");
      const count = end === at + 1 ? 1 : words.get(word);
      if (!count) continue;
      const weight = best[at].weight + Math.log(count) - total;
      if (!best[end] || weight > best[end].weight) best[end] = { words: [...best[at].words, word], weight };
    }
  }
  const parts = best[chars.length].words;
  const kept = parts.filter((word) => [...word].length > 1 || !LEFT_OUT.has(word));
  return kept.filter((word) => [...word].length > 1).length > 1 ? [...new Set(kept)] : null;
}
