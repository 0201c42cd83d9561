// What a search begins with, fetched while its worker starts: facets.json, then the head of every bundle at once.

async function fetched(url, options) {
  const response = await fetch(url, options);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response;
}

/** {base, facets, heads}: plain data that can be sent to a worker.  Rejects where a file does not come. */
export async function fetchOpening(base) {
  const facets = await (await fetched(base + "facets.json", { cache: "no-cache" })).json();
  const heads = await Promise.all(facets.bundles.map(async ({ folder }) => (await fetched(base + folder + "head.pf_head")).arrayBuffer()));
  return { base, facets, heads };
}
