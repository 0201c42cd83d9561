// Answers a query over all bundles as if they were one: exact sets by adjacent pairs, order by words and rarity.
// Knows nothing of pages or of the worker it runs in.

import { Bundle } from "./reader.js";
import { occurrences, runs } from "./fold.js";
import { densest } from "./excerpt.js";
import { alike } from "./synonyms.js";
import { raiseTitles } from "./titles.js";

const K1 = 1.2;
const LENGTH = 0.5; // how much a long article counts against itself
const CROSS = 0.03; // what a pair is worth that lies across the border of two words (运动|员)
const WORD_KEYS = "w"; // keys of whole words are "w" + word, three characters: no pair can be one

export class Engine {
  /** The engine over what opening.js fetched. */
  static async open({ base, facets, heads }) {
    const bundles = await Promise.all(heads.map((head, n) => new Bundle(base + facets.bundles[n].folder).open(head)));
    return new Engine(base, facets, bundles);
  }

  constructor(base, facets, bundles) {
    this.base = base;
    this.facets = facets;
    this.bundles = bundles;
    let length = 0;
    this.pages = 0;
    bundles.forEach((bundle, n) => {
      bundle.columns = facets.bundles[n];
      if (bundle.columns.issue.length !== bundle.hashes.length) throw new Error("facets and index differ");
      this.pages += bundle.hashes.length;
      for (const l of bundle.lengths) length += l;
    });
    this.average = length / (this.pages || 1);
  }

  /** The pages of one bundle that hold the run, with where it begins. */
  async phrase(bundle, run) {
    const chars = [...run];
    if (chars.length === 1) return bundle.beginning(run);
    const offsets = []; // every second pair covers every character
    for (let i = 0; i + 2 <= chars.length; i += chars.length > 3 ? 2 : 1) offsets.push(i);
    if (offsets[offsets.length - 1] !== chars.length - 2) offsets.push(chars.length - 2);
    const lists = await Promise.all(offsets.map((o) => bundle.posting(chars[o] + chars[o + 1])));
    const smallest = lists.reduce((a, b) => (b.size < a.size ? b : a));
    const found = new Map();
    for (const page of smallest.keys()) {
      const hits = lists.map((list) => list.get(page));
      if (hits.some((hit) => !hit)) continue;
      let at = hits[0].pos;
      for (let k = 1; k < hits.length && at.length; k++) {
        const here = new Set(hits[k].pos);
        at = at.filter((p) => here.has(p + offsets[k]));
      }
      if (!at.length) continue;
      const inTitle = new Set(hits[0].pos.slice(0, hits[0].title)); // the title comes first, so its positions are lowest
      found.set(page, { pos: at, title: at.filter((p) => inTitle.has(p)).length });
    }
    return found;
  }

  /** Every page that holds all runs, with its score. */
  async exact(wanted) {
    const perRun = await Promise.all(wanted.map((run) => Promise.all(this.bundles.map((b) => this.phrase(b, run)))));
    const whole = await Promise.all(
      wanted.map((run) =>
        /^\p{Script=Han}{2}$/u.test(run) ? Promise.all(this.bundles.map((b) => b.posting(WORD_KEYS + run))) : null,
      ),
    );
    const frequency = perRun.map((maps) => maps.reduce((sum, map) => sum + map.size, 0));
    const found = [];
    if (!wanted.length || frequency.some((f) => !f)) return found;
    const isWord = whole.map((maps) => maps !== null && maps.some((map) => map.size));
    this.bundles.forEach((bundle, b) => {
      const maps = perRun.map((all) => all[b]);
      const smallest = maps.reduce((x, y) => (y.size < x.size ? y : x));
      for (const page of smallest.keys()) {
        if (!maps.every((map) => map.has(page))) continue;
        let score = 0;
        maps.forEach((map, k) => {
          const words = isWord[k] ? whole[k][b].get(page) || { pos: [], title: 0 } : null;
          score += this.weight(map.get(page), words, frequency[k], bundle.lengths[page]);
        });
        found.push({ bundle, b, page, score });
      }
    });
    return found;
  }

  /** BM25 of one run in one page; hits across word borders count little, a hit in the title counts once more. */
  weight(hit, words, frequency, length) {
    let count = hit.pos.length;
    let title = hit.title;
    let cross = 0;
    let crossTitle = 0;
    if (words) {
      const starts = new Set(words.pos);
      const good = hit.pos.filter((p) => starts.has(p)).length;
      cross = count - good;
      count = good;
      const goodTitle = Math.min(words.title, title);
      crossTitle = title - goodTitle;
      title = goodTitle;
    }
    const rarity = Math.max(Math.log(1 + (this.pages - frequency + 0.5) / (frequency + 0.5)), 0.1);
    const tf = count + CROSS * cross;
    const body = (tf * (K1 + 1)) / (tf + K1 * (1 - LENGTH + (LENGTH * length) / this.average));
    return rarity * (body + (title ? 1 : 0) + (crossTitle ? CROSS : 0));
  }

  /** The facts of a page: issue, section, districts, source, year. */
  facts({ bundle, page }) {
    const { issues, sections, districts, sources } = this.facets;
    const { issue, section, district, source } = bundle.columns;
    const [id, label, date] = issues[issue[page]];
    return {
      issue: id,
      label,
      date,
      year: date.slice(0, 4),
      section: sections[section[page]][0],
      sectionName: sections[section[page]][1],
      districts: district[page].map((d) => districts[d][0]),
      source: sources[source[page]],
    };
  }

  /** In how many articles a run stands. */
  async frequency(run) {
    const maps = await Promise.all(this.bundles.map((bundle) => this.phrase(bundle, run)));
    return maps.reduce((sum, map) => sum + map.size, 0);
  }

  /** The answer as plain data; `choice` may hold section, district, year, source, issue, from, to, sort, limit, and
   * `typing` while the reader has not asked yet: then nothing dear is tried. */
  async search(query, choice = {}) {
    const wanted = runs(query);
    let answer = { found: await this.exact(wanted), searched: wanted, exact: true, note: "", suggestions: [] };
    if (answer.found.length) {
      if (choice.sort !== "date") await raiseTitles(this, wanted, answer.found);
      if (!choice.typing) answer.suggestions = await alike(this, wanted);
    } else if (wanted.length && this.pages) {
      const { otherwise } = await import("./otherwise.js"); // only whom it helps pays for it
      answer = (await otherwise(this, query, choice)) || answer;
    }
    const { found, searched, ...said } = answer;
    for (const hit of found) hit.facts = this.facts(hit);
    const facets = this.counted(found, choice);
    const kept = found.filter((hit) => Object.keys(TESTS).every((key) => TESTS[key](hit.facts, choice[key])));
    const newest = (x, y) =>
      (x.facts.date < y.facts.date) - (x.facts.date > y.facts.date) || y.b - x.b || (x.facts.issue < y.facts.issue ? 1 : x.facts.issue > y.facts.issue ? -1 : x.page - y.page);
    kept.sort(choice.sort === "date" ? newest : (x, y) => y.score - x.score || newest(x, y));
    const limit = Number.isInteger(choice.limit) && choice.limit >= 0 ? choice.limit : 10;
    const items = [];
    for (const some of portions(kept.slice(0, limit))) items.push(...(await Promise.all(some.map((hit) => this.item(hit, searched)))));
    return { total: kept.length, items, facets, searched, ...said };
  }

  /** How many hits each value would leave; a facet is counted as if nothing of its own were chosen. */
  counted(found, choice) {
    const { sections, districts } = this.facets;
    const count = (key, values, name, all = []) => {
      const others = Object.keys(TESTS).filter((k) => k !== key);
      const sums = new Map(all.map(([value]) => [value, 0]));
      if (choice[key] && !all.some((names) => names.includes(choice[key]))) sums.set(choice[key], 0); // what is chosen can be let go
      for (const hit of found) {
        if (!others.every((k) => TESTS[k](hit.facts, choice[k]))) continue;
        for (const value of values(hit.facts)) sums.set(value, (sums.get(value) || 0) + 1);
      }
      return [...sums].map(([value, n]) => ({ value, name: name(value), count: n }));
    };
    const rank = (list) => (x, y) => list.findIndex((v) => v[0] === x.value) - list.findIndex((v) => v[0] === y.value);
    const nameIn = (list) => (value) => (list.find((v) => v[0] === value) || [value, value])[1];
    return {
      section: count("section", (f) => [f.section], nameIn(sections), sections).sort(rank(sections)),
      year: count("year", (f) => [f.year], (y) => `${y}年`).sort((x, y) => y.value - x.value),
      district: count("district", (f) => f.districts, nameIn(districts)).sort(rank(districts)),
      source: count("source", (f) => [f.source], (s) => s).sort((x, y) => y.count - x.count || (x.value < y.value ? -1 : 1)),
    };
  }

  /** One hit as the page shows it: texts, and in them the places to mark (start and end, in characters). */
  async item(hit, wanted) {
    const fragment = await hit.bundle.fragment(hit.page);
    const title = fragment.meta.title;
    const units = fragment.content.split("\n").slice(1);
    const { places, passages } = densest(units, wanted);
    const { facts } = hit;
    return {
      url: fragment.url,
      title,
      titleBreaks: fragment.meta.breaks,
      titleMarks: occurrences(title, wanted),
      ...passages[0],
      passages: passages.slice(1),
      places,
      date: facts.date,
      label: facts.label,
      section: facts.sectionName,
    };
  }
}

const TOGETHER = 100; // texts fetched at once: a browser refuses thousands

const portions = (list) => Array.from({ length: Math.ceil(list.length / TOGETHER) }, (_, n) => list.slice(n * TOGETHER, (n + 1) * TOGETHER));

const TESTS = {
  section: (facts, value) => !value || facts.section === value || facts.sectionName === value,
  district: (facts, value) => !value || facts.districts.includes(value),
  year: (facts, value) => !value || facts.year === String(value),
  source: (facts, value) => !value || facts.source === value,
  issue: (facts, value) => !value || facts.issue === value,
  from: (facts, value) => !value || facts.date >= String(value).slice(0, facts.date.length),
  to: (facts, value) => !value || facts.date.slice(0, String(value).length) <= String(value).slice(0, facts.date.length),
};
