// The same questions for every peer: window.bench, as the benchmark's browser asks it.

const SHOWN = 10;

/** Opens the peer at once, asks what the address asks, and lets the benchmark ask on.
 * A peer has open(), search(text) → its ids, and show(ids) where its texts are not files `doc/<id>.json`. */
export function serve(peer) {
  const opened = peer.open();
  const texts = peer.show || ((ids) => Promise.all(ids.map(async (id) => (await fetch(`doc/${id}.json`)).json())));
  const ask = async (text) => {
    await opened;
    const start = performance.now();
    const ids = await peer.search(text);
    await texts(ids.slice(0, SHOWN));
    return { ids, ms: performance.now() - start };
  };
  window.bench = { ready: () => true, ask };
  const first = new URLSearchParams(location.search).get("q");
  if (first) ask(first).then(() => (window.bench.shown = performance.now()));
}

/** The text of an index beside the page. */
export const index = async () => (await fetch("index.json")).text();
