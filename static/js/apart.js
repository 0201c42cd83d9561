// Words nobody wrote together: a text that no article holds as it is, cut into the archive's words.

import { asks } from "./question.js";

const LEFT_OUT = new Set("的了和与及在是对为等把被从到向之也都");
const LONGEST = 30;
const GLUED = 8; // characters: what is longer and stands nowhere together is asked as a question
const quoted = (texts) => texts.map((text) => `“${text}”`).join("、");

/** A run cut by jieba's rule, the most probable path over the archive's own words; null where it has no two. */
async function cut(vocabulary, run) {
  const chars = [...run];
  if (chars.length < 4 || chars.length > LONGEST || asks(run)) return null;
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

/** The articles that hold all the words of runs that stand nowhere as they are, or most of them: {found, searched, note}, or
 * null. */
export async function apart(engine, vocabulary, wanted) {
  const parts = await Promise.all(
    wanted.map(async (run) => ((await engine.frequency(run)) ? [run] : /^\p{Script=Han}+$/u.test(run) ? cut(vocabulary, run) : null)),
  );
  if (!parts.every(Boolean)) return null;
  const words = [...new Set(parts.flat())];
  const found = await engine.exact(words);
  if (found.length) return { found, searched: words, note: `没有连在一起的“${wanted.join(" ")}”，已分成${quoted(words)}查找。` };
  const glued = parts.some((part) => part.length > 1);
  if (words.length < 2 || (glued && [...wanted.join("")].length > GLUED)) return null; // more than a few words: a question
  return most(engine, words);
}

/** The articles that hold most of the words. */
async function most(engine, words) {
  const sums = new Map();
  for (const word of words) {
    for (const hit of await engine.exact([word])) {
      const key = `${hit.b} ${hit.page}`;
      const sum = sums.get(key) || { ...hit, score: 0, count: 0 };
      sums.set(key, { ...sum, score: sum.score + hit.score, count: sum.count + 1 });
    }
  }
  const count = Math.max(0, ...[...sums.values()].map((hit) => hit.count));
  const found = [...sums.values()].filter((hit) => hit.count === count);
  return { found, searched: words, note: `没有一篇同时含有${quoted(words)}。下面的文章含有其中${count}个词。` };
}
