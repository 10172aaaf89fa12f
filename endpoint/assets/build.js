// Writes the built scripts into ../static, with the licences of what is in them and a record of what they were made of.

import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { build } from "esbuild";

const STATIC = "../static/";
const SOURCES = ["boundaries.py", "build.js", "editor.js", "package.json", "package-lock.json"];

const { metafile } = await build({
  entryPoints: ["editor.js"],
  outfile: `${STATIC}editor.js`,
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  legalComments: "none",
  banner: { js: "// Made of other projects too: see editor.licences.txt." },
  metafile: true,
});

const packages = [...new Set(Object.keys(metafile.inputs).flatMap((path) => path.match(/node_modules\/(?:@[^/]+\/)?[^/]+/) ?? []))];
const licences = await Promise.all(packages.sort().map(async (path) => {
  const { name, version, license } = JSON.parse(await readFile(`${path}/package.json`, "utf8"));
  const text = await readFile(`${path}/LICENSE`, "utf8").catch(() => license);
  return `${name} ${version} (${license})\n\n${text.trim()}\n`;
}));
await writeFile(`${STATIC}editor.licences.txt`, licences.join("\n\n"));

const hash = async (path) => createHash("sha256").update(await readFile(path)).digest("hex");
const made = [...["editor.js", "editor.licences.txt"].map((name) => `${STATIC}${name}`), "../boundaries/counties.csv"];
const lines = await Promise.all([...SOURCES, ...made].map(async (path) => `${await hash(path)}  ${path}\n`));
await writeFile("SHA256SUMS", lines.join(""));
