// Copies the grammars and the parser's runtime from the pinned npm packages into grammars/ and checks them against grammars/manifest.json.
// `--update` writes the manifest from what is installed (after a version in package.json was changed on purpose). Exits 1 when they differ.
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const folder = new URL('../grammars/', import.meta.url);
const manifestFile = new URL('manifest.json', folder);
const PACKAGES = [
  { id: 'rust', kind: 'grammar', package: 'tree-sitter-rust', file: 'tree-sitter-rust.wasm' },
  { id: 'go', kind: 'grammar', package: 'tree-sitter-go', file: 'tree-sitter-go.wasm' },
  { id: 'runtime', kind: 'runtime', package: 'web-tree-sitter', file: 'web-tree-sitter.wasm' },
];

try {
  if (process.argv.includes('--update')) await update();
  check();
} catch (error) {
  console.error(`grammars: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}

/** Copies what the manifest lists; throws one sentence on the first file that is missing or not the one it was. */
function check() {
  let manifest;
  try {
    manifest = JSON.parse(readFileSync(manifestFile, 'utf8'));
  } catch (error) {
    throw new Error(`manifest.json cannot be read (${error.message}); run node scripts/grammars.mjs --update`, { cause: error });
  }
  mkdirSync(folder, { recursive: true });
  for (const { id, package: name, file } of PACKAGES) {
    const entry = manifest.files.find((known) => known.id === id);
    if (!entry) throw new Error(`manifest.json has no entry ${id}; run node scripts/grammars.mjs --update`);
    const installed = locate(name, file);
    if (installed.version !== entry.version) throw new Error(`${name} ${installed.version} is installed, the manifest says ${entry.version}; run npm ci, or update the manifest with --update`);
    const sha256 = hash(readFileSync(installed.path));
    if (sha256 !== entry.sha256) throw new Error(`${file} of ${name} ${entry.version} is not the file in the manifest (sha256 ${sha256}, expected ${entry.sha256})`);
    copyFileSync(installed.path, new URL(file, folder));
  }
}

/** Writes the manifest from the installed packages. */
async function update() {
  const { Language, Parser } = await import('web-tree-sitter');
  await Parser.init();
  const files = [];
  for (const { id, kind, package: name, file } of PACKAGES) {
    const { path, version, license } = locate(name, file);
    const bytes = readFileSync(path);
    const abi = kind === 'grammar' ? (await Language.load(bytes)).abiVersion : null;
    files.push({ id, kind, package: name, version, license, file, bytes: bytes.length, sha256: hash(bytes), abi });
  }
  writeFileSync(manifestFile, `${JSON.stringify({ note: 'Written by scripts/grammars.mjs --update. The files are copied here by the build and not tracked.', files }, null, 2)}\n`);
}

function locate(name, file) {
  let directory;
  try {
    directory = require.resolve(`${name}/${file}`).slice(0, -file.length);
  } catch (error) {
    throw new Error(`${name} is not installed; run npm ci`, { cause: error });
  }
  const { version, license } = JSON.parse(readFileSync(`${directory}package.json`, 'utf8'));
  return { path: `${directory}${file}`, version, license };
}

function hash(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}
