/* Bundle the sources into the folder that is named: `node build.mjs FOLDER`. */
import { copyFile, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { build } from "esbuild";

const FONT_LICENCE = "../src/ongedeeld/reporting/assets/fonts/OFL.txt";

const outdir = process.argv[2];
if (!outdir) throw new Error("name the folder to build into");
await rm(outdir, { recursive: true, force: true });

const shared = {
  outdir,
  bundle: true,
  minify: true,
  metafile: true,
  target: ["es2022", "chrome109", "firefox115", "safari16.4"],
  legalComments: "none", // the licences of all packages stand in one file
  logLevel: "warning",
  loader: { ".woff2": "file" },
  assetNames: "[name]-[hash]",
};
const made = await Promise.all([
  build({ ...shared, entryPoints: ["css/site.css", "css/map.css", "css/signals.css", "css/residents.css"] }),
  build({ ...shared, entryPoints: ["src/site.ts"], format: "iife" }),
  build({ ...shared, entryPoints: ["src/map.ts"], format: "esm" }),
  build({ ...shared, entryPoints: ["src/signals.ts", "src/signals-worker.ts"], format: "iife" }),
  build({ ...shared, entryPoints: ["src/residents.ts", "src/residents-worker.ts"], format: "iife" }),
  // MapLibre reckons in a worker, which has to come from this host too.
  build({ ...shared, entryPoints: { "map-worker": "maplibre-gl/dist/maplibre-gl-worker.mjs" }, format: "esm" }),
]);
await copyFile(FONT_LICENCE, `${outdir}/OFL.txt`);
await writeFile(`${outdir}/licences.txt`, await licences(made.flatMap(({ metafile }) => Object.keys(metafile.inputs))));

/** The licence of every package of which something was bundled, as its makers ask. */
async function licences(inputs) {
  const packages = new Set(inputs.map((path) => path.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1]).filter(Boolean));
  const texts = [...packages].sort().map(async (name) => {
    const folder = `node_modules/${name}`;
    const { version, license } = JSON.parse(await readFile(`${folder}/package.json`, "utf8"));
    const file = (await readdir(folder)).find((one) => /^licen[cs]e/i.test(one));
    if (!file) throw new Error(`${name} has no licence in its folder`);
    return `${name} ${version} (${license})\n\n${await readFile(`${folder}/${file}`, "utf8")}`;
  });
  return (await Promise.all(texts)).join(`\n${"-".repeat(80)}\n\n`);
}
