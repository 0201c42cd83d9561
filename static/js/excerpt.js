// What a hit shows of an article: the pieces of its text where the words looked for stand closest together.

import { fold, occurrences } from "./fold.js";

const EXCERPT = 110;
const PASSAGES = 3; // places of one article shown in a list

/** The pieces of the text where most different runs stand closest together, the best first; `place` counts the marks
 * before a piece's first one.  `places` is how many there are in all. */
export function densest(units, wanted) {
  const windows = [];
  let places = 0;
  units.forEach((unit, n) => {
    const marks = occurrences(unit, wanted);
    const chars = fold(unit);
    marks.forEach(([start], i) => {
      let k = i;
      const kinds = new Set();
      while (k < marks.length && marks[k][1] <= start + EXCERPT) kinds.add(chars.slice(marks[k][0], marks[k][1]).join("")), k++;
      windows.push({ n, start, place: places + i, score: kinds.size * 1000 + (k - i) });
    });
    places += marks.length;
  });
  windows.sort((x, y) => y.score - x.score || x.place - y.place);
  const chosen = [];
  for (const w of windows) {
    if (chosen.length === PASSAGES) break;
    if (chosen.every((c) => c.n !== w.n || Math.abs(c.start - w.start) > EXCERPT)) chosen.push(w);
  }
  const pieces = (chosen.length ? chosen : [{ n: 0, start: 0, place: 0 }]).map(({ n, start, place }) => {
    const excerpt = piece([...(units[n] || "")], start);
    return { excerpt, marks: occurrences(excerpt, wanted), place };
  });
  return { places, passages: pieces };
}

/** About as many characters as fit a list, from the beginning of the clause that holds `start`. */
function piece(chars, start) {
  let from = Math.max(0, start - 30);
  const stops = "。！？；，";
  for (let i = start - 1; i >= from; i--) if (stops.includes(chars[i])) { from = i + 1; break; }
  if (start <= 40) from = 0;
  let to = Math.min(chars.length, from + EXCERPT);
  if (chars.length - to < 12) to = chars.length;
  return (from ? "……" : "") + chars.slice(from, to).join("") + (to < chars.length ? "……" : "");
}
