// Keys: `/` goes to the search box, `?` tells the keys.  Single keys can be switched off for readers who speak to their computer
// (WCAG 2.1.4), in the window that `?` opens.

const OFF = "guodong.keys-off";
const KEYS = [["/", "到搜索框"], ["N", "下一篇、下一期"], ["P", "上一篇、上一期"], ["?", "显示或关闭这个窗口"], ["Esc", "关闭打开的窗口"], ["Tab", "到下一个链接或按钮"]];

function off() {
  try {
    return localStorage.getItem(OFF) === "1";
  } catch {
    return false;
  }
}

function remember(value) {
  try {
    if (value) localStorage.setItem(OFF, "1");
    else localStorage.removeItem(OFF);
  } catch {
    // it then lasts until the window is closed
  }
}

function help() {
  let box = document.querySelector("dialog.keys");
  if (!box) {
    box = document.createElement("dialog");
    box.className = "keys";
    box.setAttribute("aria-labelledby", "keys-title");
    const rows = KEYS.map(([key, what]) => `<dt><kbd>${key}</kbd></dt><dd>${what}</dd>`).join("");
    box.innerHTML = `<h2 id="keys-title">键盘操作</h2><dl>${rows}</dl><p><label><input type="checkbox"> 使用单个字母和符号的快捷键</label></p><form method="dialog"><button class="btn">关闭</button></form>`;
    const choice = box.querySelector("input");
    choice.checked = !off();
    choice.addEventListener("change", () => remember(!choice.checked));
    document.body.append(box);
  }
  if (box.open) box.close();
  else box.showModal();
}

function search() {
  const box = document.querySelector("main input[type=search]") || document.querySelector("input[type=search]");
  if (!box) return false;
  box.focus();
  box.select();
  return true;
}

function go(rel) {
  const link = document.querySelector(`main a[rel="${rel}"]`);
  if (link) link.click();
  return !!link;
}

const ACTIONS = { "/": search, "?": () => (help(), true), n: () => go("next"), p: () => go("prev") };

export function start() {
  for (const button of document.querySelectorAll("[data-keys]")) button.addEventListener("click", help);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || off()) return;
    if (event.target.isContentEditable || event.target.closest("textarea, select, input:not([type=checkbox]):not([type=radio])")) return;
    if (document.querySelector("dialog[open]") && event.key !== "?") return;
    const action = ACTIONS[event.key.toLowerCase()];
    if (action && action()) event.preventDefault();
  });
}
