// 打印, 复制, 引用 and 朗读 of an article.  Nothing is sent anywhere.

/** Copies where the page is not secure too: many offices read over plain http. */
async function copy(text) {
  if (navigator.clipboard && isSecureContext) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "vh";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (!done) throw new Error("copy");
}

/** The article as text: title, source line, paragraphs, address; signposts are ours and are left out. */
export function plain(article) {
  const prose = article.querySelector(".prose").cloneNode(true);
  for (const sign of prose.querySelectorAll(".sign")) sign.remove();
  const blocks = [...prose.querySelectorAll("p, h2, h3, h4, h5, figcaption, li, tr, pre")].filter((block) => !block.parentElement.closest("li, tr"));
  const lines = blocks.map((block) => (block.tagName === "TR" ? [...block.cells].map((cell) => cell.textContent.trim()).join("\t") : block.textContent.trim()));
  const meta = [...article.querySelectorAll(".arthead .meta > span")].map((part) => part.textContent.trim()).join("　");
  return [article.querySelector("h1").textContent.trim(), meta, "", ...lines.filter(Boolean), "", location.href.split(/[?#]/)[0]].join("\n");
}

function said(button, text) {
  const status = document.querySelector(".tools [role=status]");
  status.textContent = text;
  button.dataset.label = button.dataset.label || button.textContent;
  button.textContent = text;
  setTimeout(() => {
    button.textContent = button.dataset.label;
    status.textContent = "";
  }, 1800);
}

const ACTIONS = {
  print: () => print(),
  copy: (button) => copied(button, location.href.split(/[?#]/)[0]),
  "copy-text": (button) => copied(button, plain(document.querySelector("main article"))),
  "copy-cite": (button) => copied(button, button.closest(".cited").querySelector(".cite").textContent.trim()),
};

function copied(button, text) {
  copy(text).then(
    () => said(button, "已复制"),
    () => said(button, "没有复制成"),
  );
}

/** The reader's own day, as the standard asks: [2026-11-24]. */
function today() {
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

export function start() {
  for (const place of document.querySelectorAll("[data-accessed]")) place.textContent = today();
  document.querySelector(".tools").addEventListener("click", ({ target }) => {
    const button = target.closest("[data-do]");
    const action = button && ACTIONS[button.dataset.do];
    if (action) action(button);
  });
  const read = document.querySelector("[data-do=read]");
  if (read && window.speechSynthesis) import("./speech.js").then(({ offer }) => offer(read));
}
