// FlexSearch over single characters with their context, as its guide has it for Chinese.

import { Index } from "flexsearch";
import { index } from "./page.js";

const OPTIONS = {
  tokenize: "forward",
  encode: (text) => text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "").split(""),
  context: { depth: 1, bidirectional: false, resolution: 3 },
};
const MANY = 100000;
let search_;

export async function make(docs) {
  const made = new Index(OPTIONS);
  for (const doc of docs) made.add(doc.id, `${doc.title}\n${doc.body}`);
  const parts = {};
  await made.export((key, value) => void (parts[key] = value));
  await new Promise((done) => setTimeout(done, 500)); // parts may come after the promise
  return JSON.stringify(parts);
}

export async function open() {
  search_ = new Index(OPTIONS);
  const parts = JSON.parse(await index());
  for (const key in parts) search_.import(key, parts[key]);
}

export const search = (text) => search_.search(text, { limit: MANY });
