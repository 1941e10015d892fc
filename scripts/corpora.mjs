// Fetches the corpora of the performance suite with `go mod download` and `cargo fetch`, at the versions of test/bench/corpora/corpora.json,
// and lays their sources out as one Go workspace and one folder of crates. `npm run corpora [-- FOLDER]`; what is there already is kept.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const { go, rust } = JSON.parse(readFileSync(join(root, 'test/bench/corpora/corpora.json'), 'utf8'));
const folder = resolve(process.argv[2] ?? join(root, 'test/bench/corpora/.fetched'));
const stamp = join(folder, 'fetched.json');
const wanted = JSON.stringify({ go, rust });
if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) process.exit(0);

/** Runs a package client; ends the script with one sentence when that cannot be done. */
function client(program, args, options) {
  const { status, error, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28, ...options });
  if (status === 0) return stdout;
  console.error(`corpora: ${program} ${args[0]} ${args[1] ?? ''} failed: ${error ? `${program} cannot be started` : (stderr.trim().split('\n').at(-1) ?? '')}`);
  process.exit(2);
}

const SOURCES = /\.(?:go|rs)$|^(?:go\.mod|Cargo\.toml)$/;
const LEFT_OUT = new Set(['vendor', 'target', 'node_modules', 'testdata', '.git']);

/** Copies sources and manifests, and nothing else. */
function copySources(from, to) {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (entry.isDirectory() && !LEFT_OUT.has(entry.name)) copySources(join(from, entry.name), join(to, entry.name));
    else if (entry.isFile() && SOURCES.test(entry.name)) writeFileSync(join(to, entry.name), readFileSync(join(from, entry.name)));
  }
}

function fetchGo() {
  const cache = join(folder, 'gomod');
  mkdirSync(cache, { recursive: true });
  const env = { ...process.env, GOMODCACHE: cache, GOFLAGS: '-modcacherw', GOTOOLCHAIN: 'local' };
  const out = client('go', ['mod', 'download', '-json', ...go], { cwd: cache, env });
  const directories = [...out.matchAll(/"Dir": ("(?:[^"\\]|\\.)*")/g)].map((match) => JSON.parse(match[1]));
  const target = join(folder, 'go');
  rmSync(target, { recursive: true, force: true });
  const used = go.map((module, at) => {
    const path = module.slice(0, module.lastIndexOf('@'));
    copySources(directories[at], join(target, path));
    return path;
  });
  writeFileSync(join(target, 'go.work'), `go 1.26\n\nuse (\n${used.map((path) => `\t./${path}\n`).join('')})\n`);
}

function fetchRust() {
  const home = join(folder, 'cargo');
  const project = join(folder, 'cargo-project');
  mkdirSync(join(project, 'src'), { recursive: true });
  writeFileSync(join(project, 'src', 'lib.rs'), '');
  writeFileSync(join(project, 'Cargo.toml'), `[package]\nname = "corpora"\nversion = "0.0.0"\nedition = "2024"\n\n[dependencies]\n${rust.map((crate) => `${crate.replace('@', ' = "=')}"\n`).join('')}`);
  client('cargo', ['fetch', '--quiet'], { cwd: project, env: { ...process.env, CARGO_HOME: home } });
  const registries = join(home, 'registry', 'src');
  const registry = join(registries, readdirSync(registries)[0]);
  const target = join(folder, 'rust');
  rmSync(target, { recursive: true, force: true });
  for (const crate of rust) copySources(join(registry, crate.replace('@', '-')), join(target, crate.slice(0, crate.lastIndexOf('@'))));
  writeFileSync(join(target, 'Cargo.lock'), readFileSync(join(project, 'Cargo.lock')));
}

fetchGo();
fetchRust();
writeFileSync(stamp, wanted);
