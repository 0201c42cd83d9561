// On every page: how it is shown, the keys readers of other archives know, and what only some pages need, fetched when they do.

import { start as display } from "./display.js";
import { start as keys } from "./keys.js";

display();
keys();

if (document.querySelector(".tools")) import("./tools.js").then(({ start }) => start());
if (document.querySelector("[data-long]")) import("./position.js").then(({ start }) => start());
if (document.querySelector("[data-today]")) import("./today.js").then(({ start }) => start());
if (location.search.includes("q=") && document.querySelector("article .prose")) {
  import("./highlight.js").then(({ highlight }) => highlight()); // only who comes from a search pays for it
}
addEventListener("load", () => import("./offline.js").then(({ start }) => start()), { once: true }); // last: it helps the next visit
