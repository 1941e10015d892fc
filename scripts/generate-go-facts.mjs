// Writes server/assets/go-std.facts: what the engine itself finds out about Go's standard library, for linux/amd64, from an installation's sources.
// node scripts/generate-go-facts.mjs [--goroot DIR] [--check]      --check: fails when the file differs from what would be written
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const at = process.argv.indexOf('--goroot');
const goroot = at > 0 ? process.argv[at + 1] : (process.env.GOROOT || execFileSync('go', ['env', 'GOROOT'], { encoding: 'utf8' }).trim());
const bundle = `${root}.tsbuild/generate-go-facts.bundle.mjs`;
mkdirSync(`${root}.tsbuild`, { recursive: true });
await build({
  stdin: {
    contents: `export { GoSession } from './server/src/languages/go/session.js'; export { factsText } from './server/src/languages/go/facts/factsWriter.js';
      export { FACTS_VERSION } from './server/src/languages/go/facts/standardFacts.js'; export { escapeSolver } from './server/src/languages/go/solve/escape/index.js'; export { judgeBatch } from './server/src/languages/go/rules/judgement.js';
      export { SourceParser } from './server/src/syntax/parser.js'; export { profileOf } from './server/src/syntax/profiles.js'; export { Parser } from 'web-tree-sitter';`,
    resolveDir: root, loader: 'ts',
  },
  bundle: true, platform: 'node', format: 'esm', outfile: bundle, external: ['web-tree-sitter'], logLevel: 'warning',
});
const { GoSession, factsText, FACTS_VERSION, escapeSolver, judgeBatch, SourceParser, profileOf, Parser } = await import(pathToFileURL(bundle).href);
rmSync(bundle);
await Parser.init();
const parser = await SourceParser.load(profileOf('go'), readFileSync(createRequire(import.meta.url).resolve('tree-sitter-go/tree-sitter-go.wasm')));
const cache = new Map();
const read = (path) => {
  try { return readFileSync(path, 'utf8'); } catch { return null; }
};
const list = (dir) => {
  try { return readdirSync(dir, { withFileTypes: true }).map((e) => ({ name: e.name, kind: e.isDirectory() ? 'directory' : 'file' })).filter((e) => !e.name.endsWith('_test.go')).sort((a, b) => (a.name < b.name ? -1 : 1)); } catch { return []; }
};
const sources = {
  file(path) {
    let file = cache.get(path);
    if (file === undefined) {
      const text = read(path);
      file = text === null ? null : { path, tree: parser.parseOnce(text), problems: [] };
      cache.set(path, file);
    }
    return file;
  },
  text: read, sourceText: read, list, asset: () => null,
};
const options = { go: { goos: 'linux', goarch: 'amd64', goroot, modcache: null, toolchain: null }, rust: { registry: null }, models: [] };
const session = new GoSession({ sources, facts: { load: () => null, save: () => undefined }, options }, { solveFunctions: escapeSolver(judgeBatch), analyzeBody: () => ({ sites: [], free: [], notes: [], problems: [] }) });
const directories = [];
const walk = (dir) => {
  const entries = list(dir);
  if (entries.some((e) => e.kind === 'file' && e.name.endsWith('.go'))) directories.push(dir);
  for (const e of entries) if (e.kind === 'directory' && !['testdata', 'cmd'].includes(e.name) && !/^[._]/.test(e.name)) walk(`${dir}/${e.name}`);
};
walk(`${goroot}/src`);
const blocks = [];
for (const directory of directories) {
  const loaded = session.loader.load(directory);
  if (loaded === null || loaded.unit.packageName === 'main') continue;
  const steps = session.solver.solve(loaded.bodies);
  while (!steps.next().done);
  blocks.push(factsText(session.program, loaded, (object) => session.solver.summaryOf(object)));
}
blocks.sort();
const version = (read(`${goroot}/VERSION`) ?? '').split('\n', 1)[0];
const text = `heaplight-go-facts ${FACTS_VERSION} ${version}\n\n${blocks.join('\n\n')}`;
const target = `${root}server/assets/go-std.facts`;
if (process.argv.includes('--check')) {
  if (!existsSync(target) || readFileSync(target, 'utf8') !== text) {
    console.error('server/assets/go-std.facts is not what node scripts/generate-go-facts.mjs writes');
    process.exit(1);
  }
} else {
  mkdirSync(`${root}server/assets`, { recursive: true });
  writeFileSync(target, text);
}
console.log(`${blocks.length} packages, ${text.length} characters`);
