// Asked differently: what a reader gets where no article holds what was typed.  Never mixed into exact hits, always said.

import { runs } from "./fold.js";
import { phraseTyped, plainLetters, wordsTyped } from "./pinyin.js";
import { asked, cut } from "./question.js";
import { repaired } from "./repair.js";
import { Vocabulary } from "./vocabulary.js";

const OFFERED = 8;
const COMBINED = 12; // combinations of readings searched at most
const GLUED = 8; // characters: longer texts that had to be cut are asked as a question

const quoted = (texts) => texts.map((text) => `“${text}”`).join("、");
const vocabularyOf = (engine) => (engine.vocabulary = engine.vocabulary || new Vocabulary(engine.base + engine.facets.vocabulary));

/** Other words for what was found exactly, as offers: [{text, why}]. */
export async function alike(engine, wanted) {
  const { synonyms } = await vocabularyOf(engine).index();
  const offers = new Set();
  for (const [terms, others] of synonyms) {
    if (wanted.length === 1 && terms.includes(wanted[0])) for (const other of others) if (other !== wanted[0]) offers.add(other);
  }
  const known = await Promise.all([...offers].map(async (text) => ((await engine.frequency(text)) ? text : null)));
  return known.filter(Boolean).map((text) => ({ text, why: "同义的说法" }));
}

/** The best answer that is not exact: {found, searched, exact, note, suggestions}; nothing found where there is none. */
export async function otherwise(engine, query, choice) {
  const vocabulary = vocabularyOf(engine);
  const typed = runs(query);
  const simple = await vocabulary.simplified(query);
  const simpler = runs(simple);
  const none = { found: [], searched: typed, exact: true, note: "", suggestions: [] };
  const notes = [];
  if (simpler.join(" ") !== typed.join(" ")) {
    notes.push(`没有${quoted(typed)}，已按简体${quoted(simpler)}查找。`);
    const found = await engine.exact(simpler);
    if (found.length) return { found, searched: simpler, exact: false, note: notes[0], suggestions: [] };
  }
  const slots = await Promise.all(readingRuns(simple).map((run) => reading(engine, vocabulary, run)));
  if (slots.some((slot) => slot.how)) {
    const hit = await combined(engine, slots);
    const said = [...notes, ...slots.filter((slot) => slot.how).map((slot) => slot.note)].join("");
    const suggestions = slots.flatMap((slot) => slot.offers).slice(0, OFFERED);
    if (hit) return { ...hit, exact: false, note: said, suggestions };
  }
  const settled = slots.map((slot) => slot.options[0]);
  const split = await apart(engine, vocabulary, settled);
  if (split) return { ...split, exact: false, note: notes.join("") + split.note, suggestions: [] };
  if (choice.typing) return none;
  const near = await asked(engine, settled, (await vocabulary.index()).synonyms);
  if (!near) return none;
  return { ...near, exact: false, note: notes.join("") + "没有一篇原样写着这些话。下面的文章含有其中的词语，最相近的在前。", suggestions: [] };
}

/** The runs as they may be read: letters that stand apart and are no word of the archive may be one pinyin text. */
function readingRuns(query) {
  const plain = runs(plainLetters(query));
  return plain.length > 1 && plain.every((run) => /^[a-z]+$/.test(run)) ? [plain.join("")] : plain;
}

/** What else a run may mean: {run, options, how, note, offers}; itself alone where the archive has it or nothing is near. */
async function reading(engine, vocabulary, run) {
  const as = (options, how, note, offers = []) => ({ run, options, how, note, offers });
  if (await engine.frequency(run)) return as([run], "", "");
  const others = await otherNames(engine, vocabulary, run);
  if (others.length) return as(others, "synonym", `没有直接出现“${run}”的文章，已改按同义的说法${quoted(others)}查找。`);
  if (/[a-z]/.test(run)) {
    const words = await wordsTyped(vocabulary, run);
    if (words.length) {
      const offers = words.slice(1, OFFERED + 1).map(([text]) => ({ text, why: "读音相同" }));
      return as([words[0][0]], "pinyin", `已按拼音“${run}”查找“${words[0][0]}”。`, offers);
    }
    const phrase = await phraseTyped(vocabulary, run);
    if (phrase) {
      const text = (await engine.frequency(phrase.join(""))) ? phrase.join("") : phrase.join(" ");
      return as([text], "pinyin", `已按拼音“${run}”查找“${text}”。`);
    }
  }
  const meant = await repaired(engine, vocabulary, run);
  if (meant) return as([meant], "typo", `没有“${run}”，已按“${meant}”查找。`);
  return as([run], "", "");
}

/** The run in the editors' other words, as far as the archive has them: whole, or a term inside it replaced. */
async function otherNames(engine, vocabulary, run) {
  const { synonyms } = await vocabulary.index();
  const inside = synonyms.flatMap(([terms, others]) => terms.filter((term) => run.includes(term)).map((term) => [term, others]));
  inside.sort((x, y) => y[0].length - x[0].length);
  for (const [term, others] of inside) {
    const texts = others.filter((other) => other !== term).map((other) => run.split(term).join(other));
    const known = await Promise.all(texts.map(async (text) => ((await engine.frequency(text)) ? text : null)));
    if (known.some(Boolean)) return known.filter(Boolean);
  }
  return [];
}

/** The articles that hold one option of every slot, or null. */
async function combined(engine, slots) {
  let choices = [[]];
  for (const { options } of slots) choices = choices.flatMap((chosen) => options.map((option) => [...chosen, ...runs(option)])).slice(0, COMBINED);
  const best = new Map();
  for (const wanted of choices) {
    for (const hit of await engine.exact([...new Set(wanted)])) {
      const key = `${hit.b} ${hit.page}`;
      if (!best.has(key) || best.get(key).score < hit.score) best.set(key, hit);
    }
  }
  return best.size ? { found: [...best.values()], searched: [...new Set(choices.flat())] } : null;
}

/** Runs that no article holds as they are, cut into words; or, where every run is known, the articles with some of them. */
async function apart(engine, vocabulary, wanted) {
  const parts = await Promise.all(
    wanted.map(async (run) => ((await engine.frequency(run)) ? [run] : /^\p{Script=Han}+$/u.test(run) ? await cut(vocabulary, run) : null)),
  );
  if (!parts.every(Boolean)) return null;
  const words = [...new Set(parts.flat())];
  const found = await engine.exact(words);
  if (found.length) return { found, searched: words, note: `没有连在一起的“${wanted.join(" ")}”，已分成${quoted(words)}查找。` };
  const glued = parts.some((part) => part.length > 1);
  if (words.length < 2 || (glued && [...wanted.join("")].length > GLUED)) return null; // a question, not a few words
  return some(engine, words);
}

/** The articles that hold most of the words, at least half of them. */
async function some(engine, words) {
  const sums = new Map();
  for (const word of words) {
    for (const hit of await engine.exact([word])) {
      const key = `${hit.b} ${hit.page}`;
      const sum = sums.get(key) || { ...hit, score: 0, count: 0 };
      sums.set(key, { ...sum, score: sum.score + hit.score, count: sum.count + 1 });
    }
  }
  const most = Math.max(0, ...[...sums.values()].map((hit) => hit.count));
  const found = [...sums.values()].filter((hit) => hit.count === most);
  if (!found.length) return null;
  return { found, searched: words, note: `没有一篇同时含有${quoted(words)}。下面的文章含有其中${most}个词。` };
}
