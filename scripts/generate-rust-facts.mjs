// Writes server/assets/rust-std.facts.json: the declarations of core, alloc and std, by running our own declare stage over their sources.
// The sources come with Rust (component rust-src, or Debian's rust-web-src). Usage: generate-rust-facts.mjs LIBRARY-FOLDER [--check];
// the folder holds core/, alloc/ and std/. Without a folder it takes that of the installed toolchain, and says so when there is none.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const check = process.argv.includes('--check');
const library = process.argv.slice(2).find((argument) => !argument.startsWith('-')) ?? installed();
if (library === null || !existsSync(join(library, 'core', 'src', 'lib.rs'))) {
  console.log(`generate-rust-facts: no sources of the standard library at hand${check ? '; not checked' : ': name their folder'}`);
  process.exit(check ? 0 : 1);
}
const scratch = mkdtempSync(join(root, '.tsbuild-facts-'));
try {
  const outfile = join(scratch, 'generator.mjs');
  await build({ entryPoints: [join(root, 'scripts/rust-facts/generator.ts')], bundle: true, platform: 'node', format: 'esm', outfile, external: ['web-tree-sitter'], logLevel: 'warning' });
  const { generate } = await import(pathToFileURL(outfile).href);
  process.exitCode = await generate(library, join(root, 'server/assets/rust-std.facts.json'), check, (line) => console.log(line));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** The library sources of the toolchain on PATH, where its rust-src component is installed. */
function installed() {
  try {
    const folder = join(execFileSync('rustc', ['--print', 'sysroot'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim(), 'lib/rustlib/src/rust/library');
    return existsSync(folder) ? folder : null;
  } catch {
    return null;
  }
}
