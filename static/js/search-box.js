// On every page: `/` goes to the search box, as readers of other archives know it; words searched for are marked.

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (/^(input|textarea|select)$/i.test(event.target.tagName) || event.target.isContentEditable) return;
  const box = document.querySelector("main input[type=search]") || document.querySelector("input[type=search]");
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});

if (location.search.includes("q=") && document.querySelector("article .prose")) {
  import("./highlight.js").then(({ highlight }) => highlight()); // only who comes from a search pays for it
}
