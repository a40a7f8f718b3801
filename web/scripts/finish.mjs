/**
 * Finishes a Vite build: holds the size budget of the explorer's first load, and packs the files for web.go, which serves
 * the packed bytes as they are.
 */
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const dist = new URL('../dist/', import.meta.url).pathname;
const budget = 250_000;
// Pages stay plain: they are small, and a page that is there shows that there is a build.
const packed = /\.(js|css|svg|json|ttf)$/;
const smallest = 1024;

/**
 * Files that a page loads before it can draw: the entry, what it imports statically, and their styles.
 *
 * @param {Record<string, {file: string, css?: string[], imports?: string[]}>} manifest Vite's manifest
 * @param {string} entry name of the page
 */
function firstLoad(manifest, entry) {
  const files = new Set();
  const visit = (name) => {
    const chunk = manifest[name];
    if (!chunk || files.has(chunk.file)) return;
    files.add(chunk.file);
    chunk.css?.forEach((file) => files.add(file));
    chunk.imports?.forEach(visit);
  };
  visit(entry);
  return [...files];
}

const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'));
const sizes = firstLoad(manifest, 'index.html').map((file) => ({
  file,
  size: gzipSync(readFileSync(join(dist, file)), { level: 9 }).length,
}));
const total = sizes.reduce((sum, { size }) => sum + size, 0);
for (const { file, size } of sizes) console.log(`${(size / 1000).toFixed(1).padStart(8)} kB gz  ${file}`);
console.log(`${(total / 1000).toFixed(1).padStart(8)} kB gz  first load of the explorer, of ${budget / 1000}`);
if (total > budget) {
  console.error(`The explorer's first load is over its budget of ${budget / 1000} kB: load the new part when it is needed.`);
  process.exit(1);
}

rmSync(join(dist, '.vite'), { recursive: true });
let before = 0;
let after = 0;
for (const name of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
  const path = join(dist, name);
  if (!statSync(path).isFile() || !packed.test(name) || statSync(path).size < smallest) continue;
  const body = readFileSync(path);
  const gzip = gzipSync(body, { level: 9 });
  const brotli = brotliCompressSync(body, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 10, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
  });
  writeFileSync(`${path}.gz`, gzip);
  writeFileSync(`${path}.br`, brotli);
  rmSync(path);
  before += body.length;
  after += gzip.length + brotli.length;
}
console.log(`packed ${(before / 1e6).toFixed(2)} MB into ${(after / 1e6).toFixed(2)} MB (gzip and brotli together)`);
