// node build.mjs MODULES DIST PROFILE
// Bundles scripts and styles with esbuild under names that carry a hash of their content. MODULES is
// the folder into which npm installed the packages. In release, a .br and a .gz stand beside each file.

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const [modules, dist, profile] = process.argv.slice(2).map((word, at) => (at < 2 ? path.resolve(word) : word));
const here = path.dirname(fileURLToPath(import.meta.url));
const release = profile === "release";
const { build } = createRequire(path.join(modules, "x.js"))("esbuild");

if (Number.parseInt(process.versions.node, 10) < 20) {
  throw new Error(`Node 20 or newer is needed to build the browser bundle, this is ${process.versions.node}.`);
}

const options = {
  bundle: true,
  splitting: true,
  format: "esm",
  // Style sheets stay as written: browsers without nesting, layers and light-dark() are not supported.
  target: "es2022",
  supported: { nesting: true },
  charset: "utf8",
  minify: release,
  sourcemap: release ? false : "inline",
  legalComments: "none",
  outdir: dist,
  outbase: here,
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".svg": "copy" },
  nodePaths: [modules, path.join(dist, "../glyphs")],
  // htmx has an eval for attributes that the page policy forbids and allowEval switches off.
  logOverride: { "direct-eval": "silent" },
  logLevel: "warning",
};

// Lists are full of glyphs of statuses and priorities. They are one row of drawings that styles use as a mask
// (css/icons.css), because an element of its own would weigh twice as much as the empty one it is now.
const sprite = readFileSync(path.join(here, "icons.svg"), "utf8");
const glyphs = [...sprite.matchAll(/<symbol id="i-(st|pr)-(\w+)" viewBox="0 0 16 16">(.*)<\/symbol>/g)];
const drawn = path.join(dist, "../glyphs");
mkdirSync(drawn, { recursive: true });
writeFileSync(
  path.join(drawn, "glyphs.svg"),
  `<svg xmlns="http://www.w3.org/2000/svg" width="${16 * glyphs.length}" height="16" fill="none" stroke="#000" stroke-width="1.4" stroke-linecap="round" stroke-linejoin="round">${glyphs
    .map(([, , , drawing], at) => `<g transform="translate(${16 * at})">${drawing}</g>`)
    .join("")}</svg>\n`,
);
writeFileSync(
  path.join(drawn, "glyphs.css"),
  `.st, .pr { mask-image: url("glyphs.svg") }\n${glyphs
    .map(([, kind, name], at) => `.${kind}[data-${kind}="${name}"] { --at: ${((100 * at) / (glyphs.length - 1)).toFixed(3)}% }`)
    .join("\n")}\n`,
);

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
// Two runs, because the script and the style sheet are both named `app`.
await build({ ...options, entryPoints: [path.join(here, "src/app.ts")] });
await build({ ...options, entryPoints: ["css/app.css", "icons.svg", "favicon.svg"].map((name) => path.join(here, name)) });

// What a page may weigh, in bytes of Brotli. The editor is fetched when somebody first writes; a third script would
// mean that it shares a module with the page's own, which would then need two requests.
const budget = { "app.css": 24 * 1024, "app.js": 60 * 1024, "editor.js": 120 * 1024 };

if (release) {
  for (const name of readdirSync(dist)) {
    const bytes = readFileSync(path.join(dist, name));
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    const br = brotliCompressSync(bytes, { params });
    const plain = name.replace(/-[^-]+(?=\.\w+$)/, "");
    if (/\.(css|js)$/.test(name) && !(br.length <= budget[plain])) throw new Error(`${name} weighs ${br.length} bytes, over its budget.`);
    writeFileSync(path.join(dist, `${name}.br`), br);
    writeFileSync(path.join(dist, `${name}.gz`), gzipSync(bytes, { level: 9 }));
  }
}
