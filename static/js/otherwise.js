// Asked differently: what a reader gets where no article holds what was typed.  Never mixed into exact hits, always said.
// Each way is fetched only when it is tried.

import { runs } from "./fold.js";
import { otherNames } from "./synonyms.js";
import { isHan, Vocabulary } from "./vocabulary.js";

const OFFERED = 8;
const COMBINED = 12; // combinations of readings searched at most

const quoted = (texts) => texts.map((text) => `“${text}”`).join("、");
const inexact = (found, note, suggestions = []) => ({ ...found, exact: false, note, suggestions });

/** The best answer that is not exact: {found, searched, exact, note, suggestions}; null where there is none. */
export async function otherwise(engine, query, choice) {
  const vocabulary = (engine.vocabulary = engine.vocabulary || new Vocabulary(engine.base + engine.facets.vocabulary));
  const typed = runs(query);
  const simple = [...query].some(isHan) ? await vocabulary.simplified(query) : query;
  const simpler = runs(simple);
  const folded = simpler.join(" ") === typed.join(" ") ? "" : `没有${quoted(typed)}，已按简体${quoted(simpler)}查找。`;
  if (folded) {
    const found = await engine.exact(simpler);
    if (found.length) return inexact({ found, searched: simpler }, folded);
  }
  const slots = await Promise.all((await readingRuns(simple)).map((run) => reading(engine, vocabulary, run)));
  if (slots.some((slot) => slot.note)) {
    const hit = await combined(engine, slots);
    const offers = slots.flatMap((slot) => slot.offers).slice(0, OFFERED);
    if (hit) return inexact(hit, folded + slots.map((slot) => slot.note).join(""), offers);
  }
  const settled = slots.map((slot) => slot.options[0]);
  const { apart } = await import("./apart.js");
  const split = await apart(engine, vocabulary, settled);
  if (split) return inexact(split, folded + split.note);
  if (choice.typing) return null;
  const { asked } = await import("./question.js");
  const near = await asked(engine, settled);
  return near && inexact(near, folded + "没有一篇原样写着这些话。下面的文章含有其中的词语，最相近的在前。");
}

/** The runs as they may be read: letters that stand apart and are no word of the archive may be one pinyin text. */
async function readingRuns(query) {
  if (!/[a-z\u00c0-\u01dc]/i.test(query)) return runs(query);
  const { plainLetters } = await import("./pinyin.js");
  const plain = runs(plainLetters(query));
  return plain.length > 1 && plain.every((run) => /^[a-z]+$/.test(run)) ? [plain.join("")] : plain;
}

/** What else a run may mean: {options, note, offers}; itself alone where the archive has it or nothing is near. */
async function reading(engine, vocabulary, run) {
  const as = (options, note = "", offers = []) => ({ options, note, offers });
  if (await engine.frequency(run)) return as([run]);
  const others = await otherNames(engine, run);
  if (others.length) return as(others, `没有直接出现“${run}”的文章，已改按同义的说法${quoted(others)}查找。`);
  if (/[a-z]/.test(run)) {
    const { wordsTyped, phraseTyped } = await import("./pinyin.js");
    const words = await wordsTyped(vocabulary, run);
    if (words.length) {
      const offers = words.slice(1, OFFERED + 1).map(([text]) => ({ text, why: "读音相同" }));
      return as([words[0][0]], `已按拼音“${run}”查找“${words[0][0]}”。`, offers);
    }
    const phrase = await phraseTyped(vocabulary, run);
    if (phrase) {
      const text = (await engine.frequency(phrase.join(""))) ? phrase.join("") : phrase.join(" ");
      return as([text], `已按拼音“${run}”查找“${text}”。`);
    }
    return as([run]);
  }
  const { repaired } = await import("./repair.js");
  const meant = await repaired(engine, vocabulary, run);
  return meant ? as([meant], `没有“${run}”，已按“${meant}”查找。`) : as([run]);
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
