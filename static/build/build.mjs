// Puts into static/vendor/ what the browser, the PDF's and the tests use: `npm run build`.
// One stylesheet (the part of Bootstrap named in bootstrap.keep.json, then our own), htmx, two web fonts, and the
// full TrueType fonts for PDF's. The result is never committed.
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import postcss from "postcss";
import { keepOnly, dropUnusedProperties, minify } from "./css.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const modules = join(root, "node_modules");
const own = join(root, "static", "css");
const vendor = join(root, "static", "vendor");

const COPIES = {
  "htmx.org/dist/htmx.min.js": "htmx.min.js",
  "@fontsource/source-sans-3/files/source-sans-3-latin-400-normal.woff2": "fonts/source-sans-3-400.woff2",
  "@fontsource/source-sans-3/files/source-sans-3-latin-600-normal.woff2": "fonts/source-sans-3-600.woff2",
  "source-sans/TTF/SourceSans3-Regular.ttf": "fonts/pdf/SourceSans3-Regular.ttf",
  "source-sans/TTF/SourceSans3-It.ttf": "fonts/pdf/SourceSans3-It.ttf",
  "source-sans/TTF/SourceSans3-Semibold.ttf": "fonts/pdf/SourceSans3-Semibold.ttf",
  "source-sans/TTF/SourceSans3-Bold.ttf": "fonts/pdf/SourceSans3-Bold.ttf",
  "source-sans/LICENSE.md": "fonts/LICENSE.md",
};

// The order matters: tokens first, print last.
const OWN = ["tokens", "basis", "schil", "formulier", "onderdelen", "inbox", "grafiek", "print"];

function stylesheet() {
  const rules = JSON.parse(readFileSync(join(here, "bootstrap.keep.json"), "utf8"));
  const bootstrap = postcss.parse(readFileSync(join(modules, "bootstrap/dist/css/bootstrap.css"), "utf8"));
  keepOnly(bootstrap, rules);
  const mine = OWN.map((name) => readFileSync(join(own, `${name}.css`), "utf8")).join("\n");
  const sheet = postcss.parse(bootstrap.toString() + "\n" + mine);
  dropUnusedProperties(sheet);
  return "/* Bootstrap (MIT), the parts in use, and the portal's own layer. */\n" + minify(sheet);
}

// Build beside the old result and swap only when all of it worked.
const fresh = `${vendor}.new`;
rmSync(fresh, { recursive: true, force: true });
mkdirSync(join(fresh, "fonts", "pdf"), { recursive: true });
for (const [from, to] of Object.entries(COPIES)) {
  if (!existsSync(join(modules, from))) throw new Error(`missing ${from}: run 'npm ci' first`);
  cpSync(join(modules, from), join(fresh, to));
}
writeFileSync(join(fresh, "portaal.css"), stylesheet());
rmSync(vendor, { recursive: true, force: true });
cpSync(fresh, vendor, { recursive: true });
rmSync(fresh, { recursive: true, force: true });

const names = readdirSync(vendor, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
const digest = createHash("sha256").update(readFileSync(join(vendor, "portaal.css"))).digest("hex").slice(0, 8);
console.log(`static/vendor: ${names.length} files, stylesheet ${readFileSync(join(vendor, "portaal.css")).length} bytes (${digest})`);
