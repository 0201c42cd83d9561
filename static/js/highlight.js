// Come from a search: the words asked for are marked in the article, and the page opens at the passage that was chosen.

import { occurrences, runs } from "./fold.js";

const UNITS = "p, li, td, th, caption, figcaption, h2, h3, h4, h5, h6, dt, dd";

/** The text nodes of an element, furniture (a district's sign) left out. */
function textNodes(unit) {
  const walker = document.createTreeWalker(unit, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) if (!walker.currentNode.parentElement.closest(".sign, .vh")) nodes.push(walker.currentNode);
  return nodes;
}

/** Wraps the places of the runs in one unit of text; gives each place's first <mark>. */
function mark(unit, wanted) {
  const nodes = textNodes(unit);
  const places = occurrences(nodes.map((node) => node.data).join(""), wanted);
  const pieces = [];
  let at = 0;
  for (const node of nodes) {
    const chars = [...node.data];
    for (const [number, [start, end]] of places.entries()) {
      const from = Math.max(start - at, 0);
      const to = Math.min(end - at, chars.length);
      if (from < to) pieces.push({ node, number, from: chars.slice(0, from).join("").length, length: chars.slice(from, to).join("").length });
    }
    at += chars.length;
  }
  const firsts = [];
  for (const { node, number, from, length } of pieces.reverse()) { // from the end, so that earlier offsets stay true
    const range = document.createRange();
    range.setStart(node, from);
    range.setEnd(node, from + length);
    const made = document.createElement("mark");
    made.className = "found";
    range.surroundContents(made);
    firsts[number] = made;
  }
  return firsts;
}

/** Marks the query of the address in the title and the text, goes to the place it names and offers to walk on. */
export function highlight() {
  const given = new URLSearchParams(location.search);
  const wanted = runs(given.get("q") || "");
  const text = document.querySelector("article .prose");
  if (!wanted.length || !text) return;
  const title = document.querySelector("article h1");
  if (title) mark(title, wanted);
  const units = [...text.querySelectorAll(UNITS)].filter((unit) => !unit.querySelector(UNITS));
  const places = units.flatMap((unit) => mark(unit, wanted));
  if (places.length) bar(places, Number(given.get("n")) || 0);
}

/** The little bar that says how many places there are and walks through them. */
function bar(places, first) {
  let at = Math.min(Math.max(first, 0), places.length - 1);
  const made = document.createElement("div");
  made.className = "foundbar no-print";
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  const button = (label, act) => {
    const control = document.createElement("button");
    control.type = "button";
    control.textContent = label;
    control.addEventListener("click", act);
    return control;
  };
  const go = (place) => {
    places[at].classList.remove("here");
    at = (place + places.length) % places.length;
    places[at].classList.add("here");
    places[at].scrollIntoView({ block: "center" });
    said.textContent = places.length > 1 ? `第${at + 1}处，共${places.length}处` : "共1处";
  };
  const walking = places.length > 1 ? [button("上一处", () => go(at - 1)), button("下一处", () => go(at + 1))] : [];
  const clear = button("去掉标记", () => {
    for (const mark of document.querySelectorAll("mark.found")) mark.replaceWith(...mark.childNodes);
    made.remove();
    history.replaceState(null, "", location.pathname + location.hash);
  });
  made.append(said, ...walking, clear);
  document.body.append(made);
  go(at);
}
