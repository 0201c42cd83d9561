// What search compares: one character for one character, width and case aside.  The twin of `fold` in search.py;
// tests/search/fold.json holds both to the same answers.

// letters whose accents Pagefind would strip live in an unused script of the index (Latin to Armenian, its additions, kana)
const MOVED = [[0xc0, 0x58f, 0x17000], [0x1e00, 0x1fff, 0x17500], [0x3040, 0x30ff, 0x17700]];
const WORD = /[\p{L}\p{N}]/u;

export function foldCharacter(char) {
  let code = char.codePointAt(0);
  if (code >= 0xff10 && code <= 0xff5a && WORD.test(char)) char = String.fromCodePoint(code - 0xfee0);
  const canonical = char.normalize("NFC");
  if ([...canonical].length === 1) char = canonical;
  const lower = char.toLowerCase();
  if ([...lower].length === 1) char = lower;
  code = char.codePointAt(0);
  for (const [first, last, place] of MOVED) {
    if (code >= first && code <= last) return String.fromCodePoint(place + code - first);
  }
  return char;
}

/** A text as an array of folded characters, in step with `[...text]`. */
export const fold = (text) => Array.from(text, foldCharacter);

/** The runs of letters and digits of a query, folded: what must stand in the text, each once. */
export function runs(query) {
  const found = new Set();
  let run = "";
  for (const char of query + " ") {
    if (WORD.test(char)) run += foldCharacter(char);
    else {
      if (run) found.add(run);
      run = "";
    }
  }
  return [...found];
}

const MARKS = 400; // places marked in one text: no more fit

/** Where the runs stand in a text: [start, end) in characters, in order, overlaps joined. */
export function occurrences(text, wanted) {
  const chars = fold(text);
  const found = [];
  for (const run of wanted) {
    const needle = [...run];
    for (let i = 0; i + needle.length <= chars.length && found.length < MARKS; i++) {
      if (needle.every((c, k) => chars[i + k] === c)) found.push([i, i + needle.length]);
    }
  }
  found.sort((x, y) => x[0] - y[0] || x[1] - y[1]);
  const joined = [];
  for (const [start, end] of found) {
    const last = joined[joined.length - 1];
    if (last && start < last[1]) last[1] = Math.max(last[1], end);
    else joined.push([start, end]);
  }
  return joined;
}
