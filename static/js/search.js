// window.guodong.search(text, choice) → {total, exact, items, facets, note}: the same function the page uses.

import { fetchOpening } from "./opening.js";

const root = document.documentElement.dataset.root;
const base = new URL(root + "search/index/", location.href).href;
const waiting = new Map();
let worker = null;
let opened = null;
let serial = 0;

function start() {
  const made = new Worker(new URL("./search-worker.js", import.meta.url), { type: "module" });
  made.onmessage = ({ data }) => {
    const promise = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.error) promise.reject(new Error(data.error));
    else promise.resolve(data.answer);
  };
  made.onerror = (event) => {
    event.preventDefault();
    worker = null;
    for (const { reject } of waiting.values()) reject(new Error("search worker"));
    waiting.clear();
  };
  return made;
}

/** Starts the worker and, at the same time, fetches what it needs first. */
async function open() {
  const fetching = fetchOpening(base);
  worker = start();
  try {
    const opening = await fetching;
    worker.postMessage({ opening }, opening.heads);
  } catch {
    // the worker asks for the files itself and says what is wrong
  }
}

/** Begins to fetch before anything is asked. */
export function prepare() {
  if (!worker) opened = open();
}

/** Searches the archive; rejects where the index cannot be read. */
export async function search(text, choice = {}) {
  prepare();
  await opened;
  if (!worker) throw new Error("search worker");
  const id = ++serial;
  const answer = await new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    worker.postMessage({ id, base, query: String(text), choice: { ...choice } });
  });
  for (const item of answer.items) item.url = root + item.url.replace(/^\//, "");
  return answer;
}

window.guodong = { ...window.guodong, search };
