// Runs the engine beside the page, so that typing never waits for searching.  One message, one answer.

import { Engine } from "./engine.js";
import { fetchOpening } from "./opening.js";

let engine = null;

/** Asks the open index; where its files are gone, as after a new release, opens the new one and asks once more. */
async function answer(base, query, choice) {
  const fresh = !engine;
  try {
    if (fresh) engine = fetchOpening(base).then(Engine.open);
    return await (await engine).search(query, choice);
  } catch (error) {
    engine = null; // a file that did not come may come the next time
    if (fresh) throw error;
    return answer(base, query, choice);
  }
}

onmessage = async ({ data: { id, base, query, choice, opening } }) => {
  if (opening) {
    engine = Engine.open(opening);
    engine.catch(() => {}); // the first question says what is wrong
    return;
  }
  try {
    postMessage({ id, answer: await answer(base, query, choice) });
  } catch (error) {
    postMessage({ id, error: String(error && error.message ? error.message : error) });
  }
};
