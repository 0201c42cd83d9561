// The article whose whole title was typed comes first, before titles that only begin so.

import { runs } from "./fold.js";

const FIRST = 1000; // above every score

/** Raises the score of the found pages whose title is the query.  A title's last character stands alone in the index. */
export async function raiseTitles(engine, wanted, found) {
  if (found.length < 2) return;
  const last = wanted[wanted.length - 1];
  const lastChar = [...last].pop();
  const pages = (run) => Promise.all(engine.bundles.map((bundle) => engine.phrase(bundle, run)));
  const [starts, ends] = await Promise.all([pages(wanted[0]), pages(last)]);
  const begins = found.filter(({ b, page }) => inTitle(starts[b].get(page)).some((at) => at < 2)); // after a mark, perhaps
  const best = found.reduce((x, y) => (y.score > x.score ? y : x));
  if (!begins.length || (begins.length === 1 && begins[0] === best)) return;
  const closing = await Promise.all(engine.bundles.map((bundle) => bundle.posting(lastChar)));
  const length = [...last].length - 1;
  const likely = begins.filter(({ b, page }) => {
    const alone = new Set(inTitle(closing[b].get(page)));
    return inTitle(ends[b].get(page)).some((at) => alone.has(at + length));
  });
  const same = wanted.join(" ");
  await Promise.all(
    likely.map(async (hit) => {
      const { meta } = await hit.bundle.fragment(hit.page);
      if (runs(meta.title).join(" ") === same) hit.score += FIRST;
    }),
  );
}

/** The positions of a posting that lie in the title: its first ones. */
const inTitle = (posting) => (posting ? posting.pos.slice(0, posting.title) : []);
