// A long text: the contents show where the reader is, and who comes back is offered the place where they stopped, in the flow of
// the page and once, never over the text.  The places of the last 40 pages are kept in this browser only.

const KEY = "guodong.position";
const KEPT = 40;

function places() {
  try {
    const held = JSON.parse(localStorage.getItem(KEY) || "[]");
    return Array.isArray(held) ? held : [];
  } catch {
    return [];
  }
}

const blocks = () => [...document.querySelectorAll(".prose p, .prose figure, .prose table")];

/** The block at the upper edge of the window, by its number. */
function here() {
  return blocks().findIndex((block) => block.getBoundingClientRect().bottom > 80);
}

function keep() {
  const at = here();
  const held = places();
  const others = held.filter(([path]) => path !== location.pathname);
  const read = at > 2 && at < blocks().length - 1; // neither just begun nor read to the end
  if (!read && others.length === held.length) return;
  try {
    localStorage.setItem(KEY, JSON.stringify([...(read ? [[location.pathname, at]] : []), ...others].slice(0, KEPT)));
  } catch {
    // nothing is kept
  }
}

function offer() {
  const held = places().find(([path]) => path === location.pathname);
  const block = held && blocks()[held[1]];
  const slot = document.querySelector("[data-resume]");
  if (!block || !slot || location.hash || location.search || scrollY > 0) return;
  slot.innerHTML = `<button type="button">接着上次读（第${held[1] + 1}段）</button>`;
  slot.hidden = false;
  slot.firstChild.addEventListener("click", () => {
    block.tabIndex = -1;
    block.focus({ preventScroll: true });
    block.scrollIntoView({ block: "start" });
    slot.hidden = true;
  });
}

/** The contents of an issue mark what is being read. */
function follow() {
  const links = new Map([...document.querySelectorAll('.toc.stick a[href^="#i"]')].map((link) => [link.hash.slice(1), link]));
  if (!links.size || !window.IntersectionObserver) return;
  const seen = new Set();
  const watch = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) isIntersecting ? seen.add(target.id) : seen.delete(target.id);
      const first = [...links.keys()].find((id) => seen.has(id));
      if (!first) return;
      for (const [id, link] of links) id === first ? link.setAttribute("aria-current", "location") : link.removeAttribute("aria-current");
    },
    { rootMargin: "-10% 0px -70%" },
  );
  for (const id of links.keys()) watch.observe(document.getElementById(id));
}

export function start() {
  offer();
  follow();
  addEventListener("pagehide", keep);
  document.addEventListener("visibilitychange", () => document.hidden && keep()); // phones end a page without a farewell
}
