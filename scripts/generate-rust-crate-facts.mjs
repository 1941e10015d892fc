// Writes server/assets/rust-crates.facts.json: outlines of the crates that scripts/rust-facts/Cargo.toml names, by running our own engine over their
// sources in cargo's registry. Usage: generate-rust-crate-facts.mjs [--check]. Without the sources nothing is written, and it says so. --check
// compares the versions alone.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const check = process.argv.includes('--check');
const registry = join(process.env['CARGO_HOME'] ?? join(homedir(), '.cargo'), 'registry', 'src');
if (!check && !existsSync(registry)) {
  console.log('generate-rust-crate-facts: cargo has fetched no sources; the outlines stay as they are');
  process.exit(0);
}
const scratch = mkdtempSync(join(root, '.tsbuild-facts-'));
try {
  const outfile = join(scratch, 'crates.mjs');
  await build({ entryPoints: [join(root, 'scripts/rust-facts/crates.ts')], bundle: true, platform: 'node', format: 'esm', outfile, external: ['web-tree-sitter'], logLevel: 'warning' });
  const { generate } = await import(pathToFileURL(outfile).href);
  process.exitCode = await generate({ root, registry, check, say: (line) => console.log(line) });
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
