// The search page: what is asked stands in the address, what is found stands below it.

import { remember, showRecent } from "./recent.js";
import { prepare, search } from "./search.js";
import { facets } from "./search-facets.js";
import { element, hit, refill, walk } from "./search-hits.js";

const PAGE = 10;
const DELAY = 120; // milliseconds of quiet before a search as one types
const PATIENCE = 400; // milliseconds before it is said that searching goes on
const CHOICES = ["section", "year", "district", "source", "issue", "from", "to"];
const LISTS = "也可以按下面的栏目、年份、区市查找。";

const $ = (id) => document.getElementById(id);
const form = $("search").querySelector("form");
const box = $("q");
const pageTitle = document.title;
let state = fromAddress();
let shown = PAGE;
let serial = 0;
let timer = 0;

function fromAddress() {
  const given = new URLSearchParams(location.search);
  const read = { q: given.get("q") || "", sort: given.get("sort") === "date" ? "date" : "" };
  for (const key of CHOICES) read[key] = given.get(key) || "";
  return read;
}

function toAddress() {
  const given = new URLSearchParams();
  for (const [key, value] of Object.entries(state)) if (value) given.set(key, value);
  const query = given.toString();
  return location.pathname + (query ? "?" + query : "");
}

const shortened = (text) => ([...text].length > 30 ? [...text].slice(0, 30).join("") + "……" : text);

function button(label, act, attributes = {}) {
  const made = element("button", { type: "button", ...attributes }, label);
  made.addEventListener("click", act);
  return made;
}

/** A sentence above the hits, with buttons after it; nothing hides it. */
function say(text, ...buttons) {
  $("note").hidden = !text && !buttons.length;
  refill($("note"), [text, ...buttons]);
}

const widen = () => button("在全部文章里找", () => change(Object.fromEntries(CHOICES.map((key) => [key, ""]))), { class: "btn" });

function show(answer, typing) {
  const focused = document.activeElement;
  const narrowed = CHOICES.some((key) => state[key]);
  const { total, exact, note } = answer;
  $("found").hidden = false;
  $("lists").hidden = total > 0 || narrowed;
  if (total) refill($("status"), [element("strong", {}, `${total}篇`), exact ? `　含“${shortened(state.q)}”` : ""]);
  else refill($("status"), [element("strong", {}, "没有找到"), `　${narrowed ? "所选范围内" : "全部文章里"}没有“${shortened(state.q)}”`]);
  if (total) say(note);
  else if (narrowed) say("", widen());
  else if (typing) say("按回车，再按其中的词语找一遍。");
  else say("请检查有没有错字，或换一个更短的说法；" + LISTS);
  $("offers").hidden = !answer.suggestions.length;
  refill($("offers"), answer.suggestions.length ? ["也可以搜：", ...answer.suggestions.map(offer)] : []);
  $("scope").hidden = !state.issue;
  if (state.issue) refill($("scope"), [`只在${issueLabel(answer)}里找`, widen()]);
  refill($("hits"), answer.items.map((item) => hit(item, answer.searched)));
  refill($("sort"), total > 1 ? [sortButton("", "按相关"), sortButton("date", "按时间")] : []);
  refill($("facets"), facets(answer, state, change));
  $("more").hidden = answer.items.length >= total;
  restore(focused);
}

const issueLabel = (answer) => (answer.items.length ? answer.items[0].label + "这一期" : "这一期");
const offer = ({ text, why }) => button(text, () => ask(text), { title: why });
const sortButton = (value, label) => button(label, () => change({ sort: value }), { "aria-pressed": String(state.sort === value) });

/** The list was made anew: the keyboard goes on where it was. */
function restore(focused) {
  if (!focused || document.contains(focused)) return;
  const same = [...document.querySelectorAll("#facets input, #sort button")].find((now) =>
    focused.name ? now.name === focused.name && (now.type === "date" || now.value === focused.value) : now.textContent === focused.textContent,
  );
  if (same) same.focus();
}

function failed() {
  $("found").hidden = false;
  $("lists").hidden = false;
  for (const id of ["hits", "sort", "facets", "offers"]) refill($(id), []);
  $("more").hidden = true;
  const away = navigator.onLine === false;
  $("status").textContent = away ? "没有连上网络，搜索暂时不能用" : "搜索暂时不能用";
  const why = away ? "连上网络后会自动再找一次；已经打开的页面可以照常阅读。" : `搜索用的文件没有取到，可能是网络断了或网站正在更新。${LISTS}`;
  say(why, button("再试一次", run, { class: "btn" }));
}

function idle() {
  $("found").hidden = true;
  $("lists").hidden = false;
  showRecent($("recent"), ask);
}

/** Asks for what the state says; `typing` while the reader has not sent it off. */
async function run(typing = false) {
  const mine = ++serial;
  document.title = (state.q ? shortened(state.q) + " - " : "") + pageTitle;
  if (!/[\p{L}\p{N}]/u.test(state.q)) return idle();
  $("recent").hidden = true;
  const waiting = setTimeout(() => {
    $("found").hidden = false;
    $("status").textContent = "正在查找……";
  }, PATIENCE);
  try {
    const answer = await search(state.q, { ...state, limit: shown, typing: typing === true });
    if (mine === serial) show(answer, typing === true); // a slower answer to an older question is dropped
  } catch (error) {
    if (mine === serial) failed();
    console.error(error);
  } finally {
    clearTimeout(waiting);
  }
}

/** A choice of the reader's: a new entry in the history, so that the back button undoes it. */
function change(choice) {
  state = { ...state, ...choice };
  shown = PAGE;
  if (toAddress() !== location.pathname + location.search) history.pushState(null, "", toAddress());
  run();
}

function ask(text) {
  box.value = text;
  remember(text);
  change({ q: text });
}

function typed() {
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (box.value === state.q) return;
    state = { ...state, q: box.value };
    shown = PAGE;
    history.replaceState(null, "", toAddress());
    run(true);
  }, DELAY);
}

box.addEventListener("input", (event) => event.isComposing || typed());
box.addEventListener("compositionend", typed);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(timer);
  ask(box.value);
});
$("hits").addEventListener("click", (event) => event.target.closest("a") && remember(state.q));
$("more").addEventListener("click", () => {
  shown += PAGE;
  run();
});
document.addEventListener("keydown", (event) => walk(event, box, $("hits")));
window.addEventListener("online", () => state.q && run());
window.addEventListener("popstate", () => {
  state = fromAddress();
  shown = PAGE;
  box.value = state.q;
  run();
});

prepare();
box.value = state.q;
if (!state.q) box.focus();
run();
