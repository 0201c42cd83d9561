// The search page: what is asked stands in the address, what is found stands below it.  Content becomes text nodes only.

import { search } from "./search.js";

const FACETS = [
  ["section", "栏目"],
  ["year", "年份"],
  ["district", "区市"],
];
const PAGE = 10;
const DELAY = 120; // milliseconds of quiet before a search as one types

const $ = (id) => document.getElementById(id);
const form = $("search").querySelector("form");
const box = $("q");
let state = fromAddress();
let shown = PAGE;
const pageTitle = document.title;
let serial = 0;
let timer = 0;
let districtsOpen = false;

function fromAddress() {
  const given = new URLSearchParams(location.search);
  const read = { q: given.get("q") || "", sort: given.get("sort") === "date" ? "date" : "" };
  for (const key of ["section", "year", "district", "source", "issue", "from", "to"]) read[key] = given.get(key) || "";
  return read;
}

function toAddress() {
  const given = new URLSearchParams();
  for (const [key, value] of Object.entries(state)) if (value) given.set(key, value);
  const query = given.toString();
  return location.pathname + (query ? "?" + query : "");
}

/** An element with text or children; never HTML. */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** A text with the given places in <mark>. */
function marked(text, marks) {
  const chars = [...text];
  const parts = [];
  let at = 0;
  for (const [start, end] of marks) {
    parts.push(chars.slice(at, start).join(""), element("mark", {}, chars.slice(start, end).join("")));
    at = end;
  }
  parts.push(chars.slice(at).join(""));
  return parts;
}

function hit(item) {
  const link = element("a", { href: item.url }, ...marked(item.title, item.titleMarks));
  const meta = element("p", { class: "meta" }, element("span", {}, item.section), element("time", { datetime: item.date }, item.label));
  if (item.places > 1) meta.append(element("span", {}, `正文${item.places}处`));
  return element("li", { class: "item" }, element("h2", { class: "t" }, link), element("p", {}, ...marked(item.excerpt, item.marks)), meta);
}

/** A facet as radio buttons: all, or one value of it. */
function facet([key, name], values) {
  const set = element("fieldset", {}, element("legend", { class: key === "district" ? "vh" : null }, name));
  for (const { value, name: label, count } of [{ value: "", name: "全部", count: null }, ...values]) {
    const input = element("input", { type: "radio", name: key, value });
    input.checked = state[key] === value;
    input.addEventListener("change", () => change({ [key]: value }));
    const parts = [input, element("span", {}, label)];
    if (count !== null) parts.push(element("span", { class: "n" }, String(count)));
    set.append(element("label", {}, ...parts));
  }
  if (key !== "district") return set;
  const folded = element("details", {}, element("summary", {}, name), set); // ten rows would push the hits off a phone
  folded.open = Boolean(state[key]) || districtsOpen;
  folded.addEventListener("toggle", () => (districtsOpen = folded.open));
  return folded;
}

function sortButton(value, label) {
  const button = element("button", { type: "button", "aria-pressed": String(state.sort === value) }, label);
  button.addEventListener("click", () => change({ sort: value }));
  return button;
}

function show(answer) {
  const focused = document.activeElement;
  const narrowed = FACETS.some(([key]) => state[key]) || state.issue || state.source || state.from || state.to;
  $("found").hidden = false;
  $("lists").hidden = answer.total > 0 || Boolean(narrowed);
  const status = $("status");
  if (answer.total) refill(status, [element("strong", {}, `${answer.total}篇`), `　含“${shortened(state.q)}”`]);
  else refill(status, [element("strong", {}, "没有找到"), `　${narrowed ? "所选范围内" : "全部文章里"}没有“${shortened(state.q)}”`]);
  $("note").hidden = answer.total > 0 && !answer.note;
  $("note").textContent = answer.note || "请检查有没有错字，或换一个更短的说法；也可以按下面的栏目、年份、区市查找。";
  if (!answer.total && narrowed) refill($("note"), [widenButton()]);
  refill($("hits"), answer.items.map(hit));
  refill($("sort"), answer.total > 1 ? [sortButton("", "按相关"), sortButton("date", "按时间")] : []);
  refill($("facets"), FACETS.filter(([key]) => answer.facets[key].length).map((f) => facet(f, answer.facets[f[0]])));
  $("more").hidden = answer.items.length >= answer.total;
  restore(focused);
}

/** The list was made anew: the keyboard goes on where it was. */
function restore(focused) {
  if (!focused || document.contains(focused)) return;
  const same = [...document.querySelectorAll("#facets input, #sort button")].find((now) =>
    focused.name ? now.name === focused.name && now.value === focused.value : now.textContent === focused.textContent,
  );
  if (same) same.focus();
}

function widenButton() {
  const button = element("button", { type: "button", class: "btn" }, "在全部文章里找");
  button.addEventListener("click", () => change({ section: "", year: "", district: "", source: "", issue: "", from: "", to: "" }));
  return button;
}

function refill(place, children) {
  place.textContent = "";
  place.append(...children);
}

const shortened = (text) => ([...text].length > 30 ? [...text].slice(0, 30).join("") + "……" : text);

function failed() {
  $("found").hidden = false;
  $("lists").hidden = false;
  refill($("hits"), []);
  refill($("sort"), []);
  refill($("facets"), []);
  $("more").hidden = true;
  $("status").textContent = "搜索暂时不能用";
  $("note").hidden = false;
  $("note").textContent = "搜索用的文件没有取到，可能是网络断了或网站正在更新。请刷新页面再试；也可以按下面的栏目、年份、区市查找。";
}

function idle() {
  $("found").hidden = true;
  $("lists").hidden = false;
}

async function run() {
  const mine = ++serial;
  document.title = (state.q ? shortened(state.q) + " - " : "") + pageTitle;
  if (!/[\p{L}\p{N}]/u.test(state.q)) return idle();
  try {
    const answer = await search(state.q, { ...state, limit: shown });
    if (mine === serial) show(answer); // a slower answer to an older question is dropped
  } catch (error) {
    if (mine === serial) failed();
    console.error(error);
  }
}

/** A choice of the reader's: a new entry in the history, so that the back button undoes it. */
function change(choice) {
  state = { ...state, ...choice };
  shown = PAGE;
  history.pushState(null, "", toAddress());
  run();
}

function typed() {
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (box.value === state.q) return;
    state = { ...state, q: box.value };
    shown = PAGE;
    history.replaceState(null, "", toAddress());
    run();
  }, DELAY);
}

box.addEventListener("input", (event) => event.isComposing || typed());
box.addEventListener("compositionend", typed);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(timer);
  change({ q: box.value });
});
$("more").addEventListener("click", () => {
  shown += PAGE;
  run();
});
window.addEventListener("popstate", () => {
  state = fromAddress();
  shown = PAGE;
  box.value = state.q;
  run();
});

box.value = state.q;
if (!state.q) box.focus();
run();
