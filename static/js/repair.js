// A slip of the keyboard: a character that sounds alike (国访动员), or one wrong character among right ones.

const LONGEST = 20;
const LOOKED = 6; // articles read to see which character stands where the wrong one was typed
const pairs = (chars) => chars.slice(1).map((char, i) => chars[i] + char);

/** The text that was most likely meant and stands in the archive, or null.  `run` is one run of 汉字 that does not. */
export async function repaired(engine, vocabulary, run) {
  const chars = [...run];
  if (chars.length < 2 || chars.length > LONGEST || !/^\p{Script=Han}+$/u.test(run)) return null;
  const known = new Map();
  const has = (key) => {
    if (!known.has(key)) known.set(key, Promise.all(engine.bundles.map((b) => b.posting(key))).then((maps) => maps.some((m) => m.size)));
    return known.get(key);
  };
  const there = await Promise.all(pairs(chars).map(has));
  const bad = there.map((ok, i) => (ok ? -1 : i)).filter((i) => i >= 0);
  if (!bad.length) return null; // every pair exists: nothing says which character is wrong
  let places = bad.map((i) => [i, i + 1]).reduce((all, these) => all.filter((i) => these.includes(i)));
  const single = places.length > 0;
  if (!single) places = [...new Set(bad.flatMap((i) => [i, i + 1]))];
  return (await alikeInSound(engine, vocabulary, chars, places, has)) || (single ? alikeElsewhere(engine, chars, places) : null);
}

/** Tries the characters of the same sound whose two pairs exist; most hits win, a whole word first. */
async function alikeInSound(engine, vocabulary, chars, places, has) {
  const { syllables, readings } = await vocabulary.sounds();
  let best = null;
  let most = 0;
  const attempt = async (k, char) => {
    if (char === chars[k]) return;
    if (k && !(await has(chars[k - 1] + char))) return;
    if (k + 1 < chars.length && !(await has(char + chars[k + 1]))) return;
    const text = [...chars.slice(0, k), char, ...chars.slice(k + 1)].join("");
    const hits = await engine.frequency(text);
    const weight = hits && chars.length === 2 && (await has("w" + text)) ? hits + 1000 : hits;
    if (weight > most || (weight === most && best && text < best)) [most, best] = [weight, text];
  };
  const attempts = [];
  for (const k of places) {
    const sound = new Set((readings.get(chars[k]) || []).flatMap((syllable) => syllables.get(syllable)));
    for (const char of sound) attempts.push(attempt(k, char));
  }
  await Promise.all(attempts);
  return most ? best : null;
}

/** What stands in the archive where everything but one character is as typed. */
async function alikeElsewhere(engine, chars, places) {
  const votes = new Map();
  for (const k of places) {
    const before = chars.slice(0, k).join("");
    const after = chars.slice(k + 1).join("");
    if (before.length + after.length < 3) continue; // two right characters say too little
    for (const bundle of engine.bundles) {
      const left = before ? await engine.phrase(bundle, before) : null;
      const right = after ? await engine.phrase(bundle, after) : null;
      const spots = [];
      for (const [page, { pos }] of left || right) {
        const other = left && right ? new Set((right.get(page) || { pos: [] }).pos) : null;
        for (const p of pos) {
          const at = left ? p + k : p - 1;
          if (at >= 0 && (!other || other.has(at + 1))) spots.push([page, at]);
        }
      }
      for (const [page, at] of spots.slice(-LOOKED)) {
        const { content } = await bundle.fragment(page);
        const char = [...content][at]; // a character of the text stands at its own position in the index
        if (!char || !/\p{Script=Han}/u.test(char)) continue;
        const text = before + char + after;
        votes.set(text, (votes.get(text) || 0) + 1);
      }
    }
  }
  const sorted = [...votes].sort((x, y) => y[1] - x[1] || (x[0] < y[0] ? -1 : 1));
  for (const [text] of sorted) if (await engine.frequency(text)) return text;
  return null;
}
