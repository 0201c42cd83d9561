// node build.mjs NAME DOCS OUT: the index of one peer, and its page's script.  Run in a folder that holds node_modules.

import fs from "node:fs";
import { build } from "esbuild";

const [name, docs, out] = process.argv.slice(2);
const peer = await import(`./${name}.js`);
if (peer.make) {
  const read = fs.readFileSync(docs, "utf8").trim().split("\n").map((line) => JSON.parse(line));
  fs.writeFileSync(`${out}/index.json`, await peer.make(read));
}
await build({
  stdin: { contents: `import * as peer from "./${name}.js"; import { serve } from "./page.js"; serve(peer);`, resolveDir: process.cwd() },
  bundle: true,
  minify: true,
  format: "esm",
  outfile: `${out}/adapter.js`,
  logLevel: "error",
});
