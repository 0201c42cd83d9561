// The editors' other words for the same thing (editorial/synonyms.yaml), which come with facets.json: [[terms, others], …].

/** Those of the texts that stand in the archive. */
async function known(engine, texts) {
  const found = await Promise.all(texts.map(async (text) => ((await engine.frequency(text)) ? text : null)));
  return found.filter(Boolean);
}

/** Other words for what was found exactly, as offers: [{text, why}]. */
export async function alike(engine, wanted) {
  const offers = new Set();
  for (const [terms, others] of engine.facets.synonyms) {
    if (wanted.length === 1 && terms.includes(wanted[0])) for (const other of others) if (other !== wanted[0]) offers.add(other);
  }
  return (await known(engine, [...offers])).map((text) => ({ text, why: "同义的说法" }));
}

/** A run in other words, as far as the archive has them: whole, or a term inside it replaced. */
export async function otherNames(engine, run) {
  const inside = engine.facets.synonyms.flatMap(([terms, others]) => terms.filter((term) => run.includes(term)).map((term) => [term, others]));
  inside.sort((x, y) => y[0].length - x[0].length);
  for (const [term, others] of inside) {
    const found = await known(engine, others.filter((other) => other !== term).map((other) => run.split(term).join(other)));
    if (found.length) return found;
  }
  return [];
}

/** What a text that holds one of the terms may also be about. */
export const also = (engine, text) => engine.facets.synonyms.flatMap(([terms, others]) => (terms.some((term) => text.includes(term)) ? others : []));
