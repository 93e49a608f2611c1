// node test.mjs MODULES OUT
// Bundles the tests of the scripts into OUT and runs them with node's own test runner.

import { spawnSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const [modules, out] = process.argv.slice(2).map((word) => path.resolve(word));
const here = path.dirname(fileURLToPath(import.meta.url));
const { buildSync } = createRequire(path.join(modules, "x.js"))("esbuild");

rmSync(out, { recursive: true, force: true });
const tests = readdirSync(path.join(here, "test")).filter((name) => name.endsWith(".test.ts"));
buildSync({
  entryPoints: tests.map((name) => path.join(here, "test", name)),
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  outdir: out,
  outExtension: { ".js": ".mjs" },
  nodePaths: [modules],
  logLevel: "warning",
});
const files = readdirSync(out).map((name) => path.join(out, name));
process.exit(spawnSync(process.execPath, ["--test", ...files], { stdio: "inherit" }).status ?? 1);
