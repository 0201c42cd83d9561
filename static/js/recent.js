// What this reader asked lately: kept in this browser only, nowhere sent, cleared with one button.

import { element, refill } from "./search-hits.js";

const KEY = "guodong-recent";
const KEPT = 8;

function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) || "[]");
    return Array.isArray(kept) ? kept.filter((text) => typeof text === "string").slice(0, KEPT) : [];
  } catch {
    return []; // storage forbidden or damaged: there are no recent queries, nothing else
  }
}

function write(kept) {
  try {
    if (kept.length) localStorage.setItem(KEY, JSON.stringify(kept));
    else localStorage.removeItem(KEY);
  } catch {
    // storage forbidden or full
  }
}

/** Remembers a query the reader sent off or followed. */
export function remember(query) {
  const text = query.trim();
  if (text && text.length <= 100) write([text, ...read().filter((other) => other !== text)].slice(0, KEPT));
}

/** Shows the recent queries in `place`, hidden where there are none; `ask` is called with the one chosen. */
export function showRecent(place, ask) {
  const kept = read();
  place.hidden = !kept.length;
  const chip = (text) => {
    const button = element("button", { type: "button" }, text.length > 20 ? text.slice(0, 20) + "……" : text);
    button.addEventListener("click", () => ask(text));
    return element("li", {}, button);
  };
  const clear = element("button", { type: "button", class: "clear" }, "清除记录");
  clear.addEventListener("click", () => {
    write([]);
    showRecent(place, ask);
  });
  refill(place, [element("h2", { class: "cap" }, "最近搜过"), element("ul", { class: "chips" }, ...kept.map(chip)), clear]);
}
