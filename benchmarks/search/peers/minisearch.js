// MiniSearch over pairs of characters, all of them wanted: its best case for Chinese.

import MiniSearch from "minisearch";
import { index } from "./page.js";

const pairs = (text) =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .flatMap((run) => {
      const chars = [...run];
      return chars.length === 1 ? chars : chars.slice(1).map((char, at) => chars[at] + char);
    })
    .filter(Boolean);
const OPTIONS = { fields: ["title", "body"], tokenize: pairs, processTerm: (term) => term };
let search_;

export function make(docs) {
  const made = new MiniSearch(OPTIONS);
  made.addAll(docs);
  return JSON.stringify(made);
}

export async function open() {
  search_ = MiniSearch.loadJSON(await index(), OPTIONS);
}

export const search = (text) => search_.search(text, { combineWith: "AND", boost: { title: 3 } }).map((hit) => hit.id);
