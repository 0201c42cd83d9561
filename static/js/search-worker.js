// Runs the engine beside the page, so that typing never waits for searching.  One message, one answer.

import { Engine } from "./engine.js";

let engine = null;

onmessage = async ({ data: { id, base, query, choice } }) => {
  try {
    if (!engine) engine = Engine.open(base);
    postMessage({ id, answer: await (await engine).search(query, choice) });
  } catch (error) {
    engine = null; // a file that did not come may come the next time
    postMessage({ id, error: String(error && error.message ? error.message : error) });
  }
};
