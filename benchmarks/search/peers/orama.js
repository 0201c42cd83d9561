// Orama with its own tokenizer for Mandarin.

import { create, insert, load, save, search as find } from "@orama/orama";
import { createTokenizer } from "@orama/tokenizers/mandarin";
import { index } from "./page.js";

const MANY = 100000;
const empty = () => create({ schema: { title: "string", body: "string" }, components: { tokenizer: createTokenizer() } });
let data;

export async function make(docs) {
  const made = empty();
  for (const doc of docs) await insert(made, { ...doc, id: String(doc.id) });
  return JSON.stringify(save(made));
}

export async function open() {
  data = empty();
  load(data, JSON.parse(await index()));
}

export async function search(text) {
  const { hits } = await find(data, { term: text, limit: MANY, threshold: 0 }); // threshold 0: every word wanted
  return hits.map((hit) => Number(hit.id));
}
