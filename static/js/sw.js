// The service worker: pages that were read, and the code of the search, stay readable without a network.  The network always comes
// first, so a new release is seen at once; what it cannot give comes from what was kept.  Nothing is fetched ahead but the files
// every page needs.  Its address names the assets it belongs to (?assets=…): with a new release comes a new worker, which drops
// the old files.

const base = new URL(self.registration.scope).pathname;
const assets = base + new URL(self.location.href).searchParams.get("assets");
const FILES = assets.replace(/[^a-z0-9]/gi, "-");
const STORE = `guodong${base}${FILES}`;
const PAGES = `guodong${base}pages`;
const OFFLINE = base + "offline/";
const CORE = ["site.css", "page.js", "display.js", "keys.js", "masthead.woff2", "icon.svg"].map((name) => assets + name);
const KEPT = 120; // pages; the oldest go first

self.addEventListener("install", (event) => {
  const made = Promise.all([caches.open(STORE).then((store) => store.addAll(CORE)), caches.open(PAGES).then((pages) => pages.add(OFFLINE))]);
  event.waitUntil(made.then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const drop = async () => {
    for (const name of await caches.keys()) if (name.startsWith(`guodong${base}`) && name !== STORE && name !== PAGES) await caches.delete(name);
    await self.clients.claim();
  };
  event.waitUntil(drop());
});

async function keep(store, request, response) {
  if (!response.ok || response.redirected || response.type !== "basic") return;
  const cache = await caches.open(store);
  await cache.put(request, response);
  if (store !== PAGES) return;
  const kept = (await cache.keys()).filter(({ url }) => new URL(url).pathname !== OFFLINE);
  for (const old of kept.slice(0, Math.max(0, kept.length - KEPT))) await cache.delete(old);
}

/** A page: from the network, else as it was when it was read, else a page that says so. */
async function page(event) {
  const plain = new Request(event.request.url.split(/[?#]/)[0]);
  try {
    const response = await fetch(event.request);
    event.waitUntil(keep(PAGES, plain, response.clone()).catch(() => {}));
    return response;
  } catch {
    const pages = await caches.open(PAGES);
    return (await pages.match(plain)) || (await pages.match(OFFLINE)) || Response.error();
  }
}

/** A file whose address names its content is the same for ever; one of an older release is answered with today's of that name. */
async function file(event) {
  const held = await caches.match(event.request);
  if (held) return held;
  try {
    const response = await fetch(event.request);
    event.waitUntil(keep(STORE, event.request, response.clone()).catch(() => {}));
    return response;
  } catch {
    const name = new URL(event.request.url).pathname.split("/").pop();
    return (await (await caches.open(STORE)).match(assets + name)) || Response.error();
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin || !url.pathname.startsWith(base)) return;
  if (/\.(pdf|epub)$/.test(url.pathname)) return; // large, and whoever wants one keeps it
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (url.pathname.startsWith(base + "assets/")) event.respondWith(file(event));
});
