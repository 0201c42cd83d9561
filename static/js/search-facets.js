// The ways to narrow a list: section, year, district, source as radio buttons with counts, and two dates.

import { element } from "./search-hits.js";

const FACETS = [
  ["section", "栏目", 1, false], // key, name, the least values worth showing, folded
  ["year", "年份", 1, false],
  ["district", "区市", 1, true],
  ["source", "来源", 2, true],
];
const opened = new Set(); // folded ones the reader has opened

/** The facets of an answer as elements; `change` is called with what the reader chose. */
export function facets(answer, state, change) {
  const some = ([key, , least]) => answer.facets[key].filter(({ count }) => count).length >= least || state[key];
  const made = FACETS.filter(some).map((facet) => radios(facet, answer.facets[facet[0]], state, change));
  if (answer.total || state.from || state.to) made.push(dates(state, change));
  return made;
}

/** Radio buttons: all, or one value. */
function radios([key, name, , folded], values, state, change) {
  const set = element("fieldset", {}, element("legend", { class: folded ? "vh" : null }, name));
  for (const { value, name: label, count } of [{ value: "", name: "全部", count: null }, ...values]) {
    const input = element("input", { type: "radio", name: key, value });
    input.checked = state[key] === value;
    input.disabled = count === 0 && !input.checked;
    input.addEventListener("change", () => change({ [key]: value }));
    const parts = [input, element("span", {}, label)];
    if (count !== null) parts.push(element("span", { class: "n" }, String(count)));
    set.append(element("label", { class: input.disabled ? "zero" : null }, ...parts));
  }
  return folded ? fold(key, name, set, Boolean(state[key])) : set; // ten rows would push the hits off a phone
}

/** From and to, each a day or nothing. */
function dates(state, change) {
  const field = (key, label) => {
    const input = element("input", { type: "date", name: key, value: state[key], min: "1949-10-01", max: "2199-12-31" });
    input.addEventListener("change", () => change({ [key]: input.value }));
    return element("label", {}, element("span", {}, label), input);
  };
  const set = element("fieldset", { class: "dates" }, element("legend", { class: "vh" }, "日期"), field("from", "从"), field("to", "到"));
  return fold("dates", "日期", set, Boolean(state.from || state.to));
}

function fold(key, name, set, chosen) {
  const folded = element("details", {}, element("summary", {}, name), set);
  folded.open = chosen || opened.has(key);
  folded.addEventListener("toggle", () => (folded.open ? opened.add(key) : opened.delete(key)));
  return folded;
}
