// Words typed as they sound: guofangdongyuan, gfdy, guofang动员.  A syllable is typed whole, as its first letter, or as
// its own character; the last one may be unfinished.

import { isHan } from "./vocabulary.js";

const LONGEST = 40; // letters: longer texts are not typed so

/** Marks above letters taken off, ü as v, apostrophes between letters dropped: guó fáng, lüyou, xi'an. */
export function plainLetters(text) {
  return text
    .replace(/[üǖǘǚǜ]/gi, "v")
    .replace(/([a-z])['’]([a-z])/gi, "$1$2")
    .replace(/[\u00c0-\u01dc]/g, (char) => char.normalize("NFD")[0]);
}

/** Where a word of these characters and syllables ends when typed from `at`: offsets, none where it cannot be typed so. */
function ends(typed, at, chars, sounds, wholeOnly, k = 0) {
  if (k === sounds.length) return [at];
  if (at === typed.length) return [];
  if (typed[at] === chars[k]) return ends(typed, at + 1, chars, sounds, wholeOnly, k + 1);
  const sound = sounds[k];
  let same = 0;
  while (same < sound.length && typed[at + same] === sound[same]) same++;
  if (!same) return [];
  const lengths = same === sound.length ? [same] : [];
  if (!wholeOnly && same > 1 && at + same === typed.length && k === sounds.length - 1) lengths.push(same);
  if (!wholeOnly) lengths.push(1);
  const found = new Set();
  for (const length of lengths) for (const end of ends(typed, at + length, chars, sounds, wholeOnly, k + 1)) found.add(end);
  return [...found];
}

/** What a text is read with: the syllables there are; and, where it has 汉字, their readings. */
async function reader(vocabulary, typed) {
  const { syllables } = await vocabulary.index();
  const { readings } = typed.some(isHan) ? await vocabulary.sounds() : { readings: new Map() };
  return { syllables: new Set(syllables), readings };
}

/** The first letters of the first two syllables that the typed text may begin with at `at`. */
function keys(typed, at, { syllables, readings }) {
  const letters = (i) => (isHan(typed[i]) ? (readings.get(typed[i]) || []).map((s) => s[0]) : /[a-z]/.test(typed[i]) ? [typed[i]] : []);
  const seconds = new Set([at + 1]);
  if (!isHan(typed[at])) {
    for (let n = 2; n <= 6; n++) if (syllables.has(typed.slice(at, at + n).join(""))) seconds.add(at + n);
  }
  const found = new Set();
  for (const second of seconds) {
    if (second >= typed.length) continue;
    for (const a of letters(at)) for (const b of letters(second)) found.add(a + b);
  }
  return [...found];
}

/** The words that `text` may stand for, most frequent first: [[word, articles], …]. */
export async function wordsTyped(vocabulary, text) {
  const typed = [...text];
  if (typed.length > LONGEST) return [];
  const sounds = await reader(vocabulary, typed);
  const lines = (await Promise.all(keys(typed, 0, sounds).map((key) => vocabulary.lines(key)))).flat();
  const found = new Map();
  for (const { sounds: spelt, words } of lines) {
    for (const [word, count] of words) if (ends(typed, 0, [...word], spelt, false).includes(typed.length)) found.set(word, count);
  }
  return [...found].sort((x, y) => y[1] - x[1] || (x[0] < y[0] ? -1 : 1));
}

/** A text of several words, each typed whole: their characters joined; null where it is no such text. */
export async function phraseTyped(vocabulary, text) {
  const typed = [...text];
  if (typed.length > LONGEST) return null;
  const sounds = await reader(vocabulary, typed);
  const best = [{ words: [], weight: 0 }];
  for (let at = 0; at < typed.length; at++) {
    if (!best[at]) continue;
    const lines = (await Promise.all(keys(typed, at, sounds).map((key) => vocabulary.lines(key)))).flat();
    const step = (end, word, weight) => {
      if (!best[end] || weight > best[end].weight) best[end] = { words: [...best[at].words, word], weight };
    };
    for (const { sounds: spelt, words } of lines) {
      for (const [word, count] of words) {
        const cost = Math.log(count / 1e6); // fewer and more frequent words win, as in jieba's rule
        for (const end of ends(typed, at, [...word], spelt, true)) step(end, word, best[at].weight + cost);
      }
    }
    if (isHan(typed[at])) step(at + 1, typed[at], best[at].weight - 20);
  }
  const last = best[typed.length];
  return last && last.words.length > 1 ? last.words : null;
}
