// The list of hits as elements.  Content becomes text nodes only, never HTML.

/** An element with text or children. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** Puts children in the place of what was there. */
export function refill(place, children) {
  place.textContent = "";
  place.append(...children);
}

/** A text with the given places in <mark>, and <wbr> where a line may end. */
function marked(text, marks, breaks = []) {
  const chars = [...text];
  const cuts = new Set(breaks);
  const plain = (from, to) => {
    const parts = [];
    for (let at = from; from < to; from++) {
      if (cuts.has(from)) parts.push(chars.slice(at, from).join(""), element("wbr")), (at = from);
      if (from + 1 === to) parts.push(chars.slice(at, to).join(""));
    }
    return parts;
  };
  const parts = [];
  let at = 0;
  for (const [start, end] of marks) {
    parts.push(...plain(at, start), element("mark", {}, ...plain(start, end)));
    at = end;
  }
  return [...parts, ...plain(at, chars.length)];
}

/** One hit: title, the densest place, further places that lead to their passage, where it comes from. */
export function hit(item, searched) {
  const query = `?q=${encodeURIComponent(searched.join(" "))}`;
  const address = (place) => item.url + query + (place ? `&n=${place}` : "");
  const first = item.marks.length ? item.place : 0;
  const title = element("a", { href: address(first), class: "hit" }, ...marked(item.title, item.titleMarks, item.titleBreaks));
  const made = element("li", { class: "item" }, element("h2", { class: "t" }, title), element("p", {}, ...marked(item.excerpt, item.marks)));
  if (item.passages.length) {
    const links = item.passages.map((passage) => element("li", {}, element("a", { href: address(passage.place) }, ...marked(passage.excerpt, passage.marks))));
    made.append(element("details", { class: "places" }, element("summary", {}, `再看${item.passages.length}段`), element("ul", {}, ...links)));
  }
  const meta = element("p", { class: "meta" }, element("span", {}, item.section), element("time", { datetime: item.date }, item.label));
  if (item.places > 1) meta.append(element("span", {}, `正文${item.places}处`));
  made.append(meta);
  return made;
}

/** Up and down between the box and the hits. */
export function walk(event, box, list) {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp" && event.key !== "Escape") return;
  if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  const stops = [box, ...list.querySelectorAll("a.hit")];
  const at = stops.indexOf(document.activeElement);
  if (at < 0 || (event.key === "Escape" && at === 0)) return;
  const next = event.key === "Escape" ? 0 : at + (event.key === "ArrowDown" ? 1 : -1);
  if (!stops[next]) return;
  event.preventDefault();
  stops[next].focus();
  if (next === 0) box.select();
}
