// The service worker is asked for where the office wants it and the reader has not switched it off; else it is sent away with all it kept.

const OFF = "guodong.offline-off";
const root = document.documentElement.dataset.root;
const workers = navigator.serviceWorker;

export function off() {
  try {
    return localStorage.getItem(OFF) === "1";
  } catch {
    return false;
  }
}

async function away() {
  const scope = new URL(root, location.href).href;
  for (const registration of await workers.getRegistrations()) if (registration.scope === scope) await registration.unregister();
  for (const name of await caches.keys()) if (name.startsWith(`guodong${root}`)) await caches.delete(name);
}

function apply() {
  if ("offline" in document.documentElement.dataset && !off()) {
    const assets = new URL(".", import.meta.url).pathname.slice(root.length);
    return workers.register(`${root}sw.js?assets=${encodeURIComponent(assets)}`, { updateViaCache: "none" });
  }
  return away();
}

export function start() {
  if (!workers) return; // an old browser, or a page that is not secure
  apply().catch(() => {}); // reading goes on without it
  const choice = document.querySelector("[data-keep]");
  if (!choice) return;
  const show = () => {
    choice.textContent = off() ? "在这台设备上保留读过的页面" : "不在这台设备上保留页面";
  };
  choice.closest("[hidden]").hidden = false;
  show();
  choice.addEventListener("click", () => {
    try {
      if (off()) localStorage.removeItem(OFF);
      else localStorage.setItem(OFF, "1");
    } catch {
      return;
    }
    show();
    apply().catch(() => {});
  });
}
