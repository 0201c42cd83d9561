// 配色, 字号, 长辈版: attributes of the root element, remembered; first.js sets them before anything is drawn.
// What needs a script is hidden until this runs (data-js).  One open panel at a time; Esc closes it and gives the focus back.

const KEY = "guodong.display";
const root = document.documentElement;
const all = (selector) => document.querySelectorAll(selector);

function remembered() {
  try {
    return JSON.parse(localStorage.getItem(KEY) || "{}");
  } catch {
    return {}; // storage may be forbidden, or somebody else's
  }
}

function choose(name, value) {
  if (value) root.setAttribute("data-" + name, value);
  else root.removeAttribute("data-" + name);
  const chosen = remembered();
  delete chosen[name];
  if (value) chosen[name] = value;
  try {
    localStorage.setItem(KEY, JSON.stringify(chosen));
  } catch {
    // it then lasts for this page only
  }
  reflect();
}

/** Shows on every switch what is chosen. */
function reflect() {
  for (const button of all("[data-set]")) {
    const on = (root.getAttribute("data-" + button.dataset.set) || "") === button.dataset.val;
    if (!button.dataset.other) button.setAttribute("aria-pressed", on);
    else if (on !== button.classList.contains("back")) {
      [button.textContent, button.dataset.other] = [button.dataset.other, button.textContent];
      button.classList.toggle("back", on);
    }
  }
}

function close(except) {
  for (const panel of all("details.tool[open], details.menu[open]")) if (panel !== except) panel.open = false;
}

export function start() {
  reflect();
  for (const element of all("[data-js]")) element.hidden = false;
  document.addEventListener("click", ({ target }) => {
    close(target.closest("details.tool, details.menu"));
    const button = target.closest("[data-set]");
    if (!button) return;
    const { set, val } = button.dataset;
    const on = root.getAttribute("data-" + set) === val;
    choose(set, on && (button.dataset.other || set === "contrast") ? "" : val);
  });
  document.addEventListener("keydown", (event) => {
    const open = event.key === "Escape" && document.querySelector("details.tool[open], details.menu[open]");
    if (!open) return;
    close();
    open.querySelector("summary").focus();
  });
}
