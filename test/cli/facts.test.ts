// `heaplight facts` and `heaplight show --facts` as a build system runs them.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { ReportJson } from '../../server/src/features/report/document.js';
import { CRATES } from '../support/rustCrates.js';
import { Folder, type CliResult } from './cli.js';

const GO: Readonly<Record<string, string>> = {
  'go/go.mod': 'module example.org/m\n\ngo 1.24\n',
  'go/store/store.go': 'package store\n\nvar kept []*int\n\n// Keep keeps.\nfunc Keep(value *int) { keep(value) }\n\nfunc keep(p *int) { kept = append(kept, p) }\n\nfunc Name(n int) string { return string(rune(n)) + "x" }\n\ntype Pair struct{ a, b int }\n\nfunc New() *Pair { return &Pair{} }\n',
  'go/api/api.go': 'package api\n\nimport "example.org/m/store"\n\nfunc Call(n int) string {\n\tx := n\n\tstore.Keep(&x)\n\treturn store.Name(n)\n}\n',
  'go/cmd/main.go': 'package main\n\nimport (\n\t"example.org/m/api"\n\t"example.org/m/store"\n)\n\nfunc main() {\n\ty := 1\n\tstore.Keep(&y)\n\tprintln(api.Call(y), store.New())\n}\n',
};
const RUST = Object.fromEntries(Object.entries(CRATES).map(([path, text]) => [`rust/${path}`, text]));
/** Units in the order of a build, with the facts that each is given. */
const UNITS: readonly (readonly [unit: string, imports: readonly string[]])[] = [
  ['go/store', []], ['go/api', ['go/store']], ['go/cmd', ['go/store', 'go/api']],
  ['rust/base', []], ['rust/middle', ['rust/base']], ['rust/app', ['rust/base', 'rust/middle']],
];
const factsOf = (unit: string): string => `out/${unit.replace('/', '-')}.facts`;
const folders: Folder[] = [];
const within = (files: Readonly<Record<string, string | Uint8Array>>): Folder => {
  const folder = new Folder(files);
  folders.push(folder);
  return folder;
};
const build = (at: Folder, units = UNITS): void => {
  for (const [unit, imports] of units) {
    expect(at.run('facts', unit, '--root', '.', ...imports.flatMap((one) => ['--import', factsOf(one)]), '-o', factsOf(unit)), unit).toEqual({ code: 0, out: '', err: '' });
  }
};
const report = (result: CliResult): ReportJson => {
  expect(result.err).toBe('');
  expect(result.code).toBe(0);
  return JSON.parse(result.out) as ReportJson;
};

afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove();
});

describe('heaplight facts', { timeout: 60_000 }, () => {
  it('gives, joined, the report that show gives of the whole tree', () => {
    const at = within({ ...GO, ...RUST });
    build(at);
    const whole = report(at.run('show', '--format', 'json', '--go-version', '1.27', '--gomodcache', 'none', '--cargo-home', 'none', '.'));
    const joined = report(at.run('show', '--format', 'json', ...UNITS.flatMap(([unit]) => ['--facts', factsOf(unit)])));
    expect(JSON.stringify(joined.files)).toBe(JSON.stringify(whole.files));
    expect(joined.totals).toEqual(whole.totals);
    expect(whole.totals.sites).toBeGreaterThan(30);
    expect(at.run('show', '--facts', ...UNITS.map(([unit]) => factsOf(unit)).reverse()).out).toBe(at.run('show', '--go-version', '1.27', '--gomodcache', 'none', '--cargo-home', 'none', '.').out);
  });

  it('reads its unit, its manifests and the given facts alone, and gives the same bytes wherever the tree lies', () => {
    const at = within({ ...GO, ...RUST });
    build(at);
    for (const [unit, imports] of UNITS) {
      const kept = Object.entries({ ...GO, ...RUST }).filter(([path]) => path.startsWith(`${unit}/`) || /^(go\/go\.mod|rust\/Cargo\.toml)$/.test(path));
      const elsewhere = within(Object.fromEntries(kept));
      for (const one of imports) elsewhere.write(factsOf(one), at.read(factsOf(one)));
      mkdirSync(join(elsewhere.path, 'deep/er'), { recursive: true });
      const args = [...imports].reverse().flatMap((one) => ['--import', join(elsewhere.path, factsOf(one))]);
      const result = elsewhere.runIn('deep/er', 'facts', `../../${unit}`, ...args, '--root', elsewhere.path, '-o', '-');
      expect(result.err, unit).toBe('');
      expect(result.out === at.read(factsOf(unit)), unit).toBe(true);
    }
  });

  it('takes the root of the module or of the workspace where none is named, and never a path of the machine', () => {
    const at = within({ ...GO, ...RUST });
    for (const [unit, root] of [['go/store', 'go'], ['rust/base', 'rust']] as const) {
      const own = at.run('facts', unit, '-o', '-');
      expect(own).toEqual(at.run('facts', unit, '--root', root, '-o', '-'));
      expect(own.out).not.toContain(at.path);
      expect(own).toEqual(at.runIn(unit, 'facts', '.', '-o', '-'));
    }
  });

  it('says which imports it was given no facts of', () => {
    const at = within(GO);
    const result = at.run('facts', 'go/cmd', '-o', 'cmd.facts');
    expect(result).toEqual({ code: 0, out: '', err: 'heaplight: go/cmd imports example.org/m/api, example.org/m/store, of which no facts were given; what is called there is not known.\n' });
    expect(report(at.run('show', '--format', 'json', '--facts', 'cmd.facts')).files.map((file) => file.path)).toEqual(['cmd/main.go']);
  });

  it('names facts that cannot be used, with the reason, and exits 2', () => {
    const at = within(GO);
    build(at, UNITS.slice(0, 1));
    const good = at.read(factsOf('go/store'));
    const [head = '', body = ''] = good.split('\n');
    const [magic, form, engine, digest] = head.split(' ') as [string, string, string, string];
    const wrong: readonly (readonly [string | null, string])[] = [
      [null, 'the file does not exist'],
      ['', 'it is no file of facts'],
      ['{"units":[]}', 'it is no file of facts'],
      [good.slice(0, -20), 'it is damaged or cut off'],
      [good.replace('Keep', 'Kept'), 'it is damaged or cut off'],
      [`${magic} ${Number(form) + 1} ${engine} ${digest}\n${body}\n`, `it has form ${Number(form) + 1}, and this Heaplight reads form ${form}`],
      [`${magic} ${form} 0123456789abcdef ${digest}\n${body}\n`, `it was written by another Heaplight (engine 0123456789abcdef, this is ${engine})`],
    ];
    for (const [text, reason] of wrong) {
      if (text !== null) at.write('x.facts', text);
      const message = `heaplight: x.facts cannot be used: ${reason}.\n`;
      expect(at.run('facts', 'go/api', '--import', 'x.facts', '-o', 'api.facts')).toEqual({ code: 2, out: '', err: message });
      expect(at.run('show', '--format', 'json', '--facts', 'x.facts')).toEqual({ code: 2, out: '', err: message });
    }
    expect(at.exists('api.facts')).toBe(false);
  });

  it('refuses what is no unit and what cannot be written, in one sentence', () => {
    const at = within({ ...GO, 'empty/notes.txt': '' });
    expect(at.run('facts', 'nowhere', '-o', 'x')).toEqual({ code: 2, out: '', err: 'heaplight: There is no directory "nowhere".\n' });
    expect(at.run('facts', 'go/go.mod', '-o', 'x')).toEqual({ code: 2, out: '', err: 'heaplight: "go/go.mod" is no directory.\n' });
    expect(at.run('facts', 'empty', '-o', 'x')).toEqual({ code: 2, out: '', err: 'heaplight: There is no Rust or Go file in "empty".\n' });
    expect(at.run('facts', 'go', '-o', 'x')).toEqual({ code: 2, out: '', err: 'heaplight: There is no Rust or Go file in "go".\n' });
    expect(at.run('facts', 'go/api', '--root', 'empty', '-o', 'x')).toEqual({ code: 2, out: '', err: 'heaplight: "go/api" is not below "empty".\n' });
    expect(at.run('facts', 'go/api')).toMatchObject({ code: 2, err: expect.stringContaining('-o FILE') as string });
    expect(at.run('facts', 'go/api', 'go/store', '-o', 'x')).toMatchObject({ code: 2, err: 'heaplight: facts takes one directory.\n' });
    for (const output of ['go', 'go/go.mod/x', '/proc/nothing/x']) {
      expect(at.run('facts', 'go/store', '-o', output)).toMatchObject({ code: 2, out: '', err: expect.stringMatching(new RegExp(`^heaplight: ${output} cannot be written: .*\\.\n$`)) as string });
    }
  });

  it('does not join facts that tell different things of one file', () => {
    const at = within(GO);
    build(at, UNITS.slice(0, 1));
    writeFileSync(join(at.path, 'go/store/store.go'), 'package store\n\nfunc F(n int) []int { return make([]int, n) }\n');
    expect(at.run('facts', 'go/store', '--root', '.', '-o', 'new.facts').code).toBe(0);
    expect(at.run('show', '--facts', factsOf('go/store'), '--facts', 'new.facts')).toMatchObject({ code: 2, err: expect.stringContaining('tell different things of go/store/store.go') as string });
    expect(at.run('show', '--format', 'json', '--facts', 'new.facts', '--facts', 'new.facts').code).toBe(0);
  });
});
