// Where Go's packages are found: modules, workspaces, replacements, vendored and cached modules, tests, platforms, and layouts that are wrong.
// Shown by what the engine knows of an imported function: `dep.Keep` keeps its argument, so a variable handed to it moves to the heap.
import { describe, expect, it } from 'vitest';
import type { LanguageOptions } from '../../../server/src/analysis/language.js';
import type { AllocationReport } from '../../../server/src/analysis/report.js';
import { goPlugin } from '../../../server/src/languages/go/plugin.js';
import { memorySources, noFacts, testOptions } from '../../support/engine.js';

type Files = Readonly<Record<string, string>>;

async function reportOf(files: Files, path: string, go: Partial<LanguageOptions['go']> = {}): Promise<AllocationReport> {
  const engine = goPlugin.createEngine({ sources: await memorySources(files), facts: noFacts, options: { ...testOptions, go: { ...testOptions.go, ...go } } });
  const report = engine.report(path);
  if (report === null) throw new Error(`no report on ${path}`);
  return report;
}

/** Sites as `line rule`, with a `?` where it is only possible. */
function sitesOf(report: AllocationReport): string[] {
  return report.sites.map((site) => `${report.text.slice(0, site.start).split('\n').length} ${site.rule}${site.certainty === 'possible' ? '?' : ''}`);
}

const DEP = 'package dep\n\nvar kept *int\n\nfunc Keep(p *int) { kept = p }\n\nfunc Use(p *int) int { return *p }\n';
const MOVED = ['6 go/moved-variable'];
/** What is said when nothing is known of the functions called. */
const UNKNOWN = ['6 go/moved-variable?', '8 go/moved-variable?'];

/** A file whose `x` moves to the heap exactly when the import is found, and whose `y` never does. */
function userOf(importPath: string, name = 'main'): string {
  return `package ${name}\n\nimport "${importPath}"\n\nfunc f() int {\n\tx := 1\n\tdep.Keep(&x)\n\ty := 2\n\treturn dep.Use(&y)\n}\n`;
}

describe('modules', () => {
  it('finds a package of its own module, and names functions by import path', async () => {
    const report = await reportOf({ 'go.mod': 'module example.com/m\n', 'cmd/main.go': userOf('example.com/m/dep'), 'dep/dep.go': DEP }, 'cmd/main.go');
    expect(sitesOf(report)).toEqual(MOVED);
    expect(report.sites[0]?.function).toBe('example.com/m/cmd.f');
  });

  it('takes nothing for granted of a package that is not there', async () => {
    expect(sitesOf(await reportOf({ 'go.mod': 'module example.com/m\n', 'cmd/main.go': userOf('example.com/elsewhere/dep') }, 'cmd/main.go'))).toEqual(UNKNOWN);
  });

  it('follows replacements by directory, of one version and of all', async () => {
    const at = (line: string): Files => ({ 'a/go.mod': `module a\n\nrequire example.com/x v1.2.0\n\n${line}\n`, 'a/main.go': userOf('example.com/x/dep'), 'x/go.mod': 'module example.com/x\n', 'x/dep/dep.go': DEP });
    expect(sitesOf(await reportOf(at('replace example.com/x => ../x'), 'a/main.go'))).toEqual(MOVED);
    expect(sitesOf(await reportOf(at('replace (\n\texample.com/x v1.2.0 => "../x" // local\n)'), 'a/main.go'))).toEqual(MOVED);
    expect(sitesOf(await reportOf(at('replace example.com/x v1.9.0 => ../x'), 'a/main.go'))).toEqual(UNKNOWN);
  });

  it('follows a replacement by another module', async () => {
    const files = { 'a/go.mod': 'module a\n\nrequire example.com/x v1.2.0\nreplace example.com/x => example.com/Fork v1.3.0\n', 'a/main.go': userOf('example.com/x/dep'), 'cache/example.com/!fork@v1.3.0/dep/dep.go': DEP };
    expect(sitesOf(await reportOf(files, 'a/main.go', { modcache: 'cache' }))).toEqual(MOVED);
  });

  it('finds modules of a workspace, and its replacements before those of the module', async () => {
    const work = { 'go.work': 'go 1.26\n\nuse (\n\t./a\n\t./x\n)\n', 'a/go.mod': 'module example.com/a\n', 'a/main.go': userOf('example.com/x/dep'), 'x/go.mod': 'module example.com/x\n', 'x/dep/dep.go': DEP };
    expect(sitesOf(await reportOf(work, 'a/main.go'))).toEqual(MOVED);
    const replaced = {
      'go.work': 'use ./a\n\nreplace example.com/x => ./right\n', 'a/go.mod': 'module example.com/a\nrequire example.com/x v1.0.0\nreplace example.com/x => ../wrong\n',
      'a/main.go': userOf('example.com/x/dep'), 'right/dep/dep.go': DEP, 'wrong/dep/dep.go': 'package dep\n\nfunc Keep(p *int) {}\n\nfunc Use(p *int) int { return *p }\n',
    };
    expect(sitesOf(await reportOf(replaced, 'a/main.go'))).toEqual(MOVED);
  });

  it('finds the required version in the module cache, else the next one that is there', async () => {
    const main = { 'a/go.mod': 'module a\n\nrequire example.com/x v1.2.0\n', 'a/main.go': userOf('example.com/x/dep') };
    const blind = 'package dep\n\nfunc Keep(p *int) {}\n\nfunc Use(p *int) int { return *p }\n';
    expect(sitesOf(await reportOf({ ...main, 'cache/example.com/x@v1.2.0/dep/dep.go': DEP, 'cache/example.com/x@v1.10.0/dep/dep.go': blind }, 'a/main.go', { modcache: 'cache' }))).toEqual(MOVED);
    // A dependency's go.mod states the least version; the build takes a newer one that something else requires.
    expect(sitesOf(await reportOf({ ...main, 'cache/example.com/x@v1.1.0/dep/dep.go': blind, 'cache/example.com/x@v1.9.0/dep/dep.go': DEP, 'cache/example.com/x@v1.10.0/dep/dep.go': blind }, 'a/main.go', { modcache: 'cache' }))).toEqual(MOVED);
  });

  it('finds vendored packages, names them by their own path, and reads their language from modules.txt', async () => {
    const loops = 'package dep\n\nvar kept *int\n\nfunc Keep(p *int) { kept = p }\n\nfunc Use(p *int) int { return *p }\n\nfunc Loop() {\n\tfor i := 0; i < 3; i++ {\n\t\tKeep(&i)\n\t}\n}\n';
    const files = {
      'go.mod': 'module example.com/m\n\ngo 1.26\n\nrequire example.com/x v1.0.0\n', 'main.go': userOf('example.com/x/dep'), 'vendor/modules.txt': '# example.com/x v1.0.0\n## explicit; go 1.20\nexample.com/x/dep\n',
      'vendor/example.com/x/dep/dep.go': loops,
    };
    expect(sitesOf(await reportOf(files, 'main.go'))).toEqual(MOVED);
    const vendored = await reportOf(files, 'vendor/example.com/x/dep/dep.go');
    expect(vendored.sites.map((site) => site.function)).toContain('example.com/x/dep.Loop');
    const variable = vendored.sites.find((site) => site.rule === 'go/moved-variable');
    expect(variable?.loopDepth).toBe(0); // one variable for the whole loop before Go 1.22
  });

  it('lets a vendored package import another vendored one', async () => {
    const files = {
      'go.mod': 'module example.com/m\n', 'main.go': 'package main\n', 'vendor/modules.txt': '# example.com/x v1.0.0\n## explicit\nexample.com/x\n# example.com/y v1.0.0\nexample.com/y/dep\n',
      'vendor/example.com/x/x.go': userOf('example.com/y/dep', 'x'), 'vendor/example.com/y/dep/dep.go': DEP,
    };
    expect(sitesOf(await reportOf(files, 'vendor/example.com/x/x.go'))).toEqual(MOVED);
  });

  it('calls a file outside of any module by its package, wherever it lies', async () => {
    const report = await reportOf({ '/home/me/try.go': 'package try\n\nfunc F() *int { return new(int) }\n' }, '/home/me/try.go');
    expect(report.sites[0]?.function).toBe('try.F');
  });
});

describe('tests and platforms', () => {
  const base = { 'go.mod': 'module example.com/m\n', 'dep/dep.go': DEP };

  it('lets tests inside see what is not exported, and tests outside what the tests inside export', async () => {
    const files = {
      ...base, 'dep/export_test.go': 'package dep\n\nvar Alias = Keep\n\nfunc Inner() *int { return kept }\n\nfunc KeepMore(p *int) { kept = p }\n',
      'dep/outer_test.go': 'package dep_test\n\nimport "example.com/m/dep"\n\nfunc f() {\n\tx := 1\n\tdep.KeepMore(&x)\n}\n',
    };
    const report = await reportOf(files, 'dep/outer_test.go');
    expect(sitesOf(report)).toEqual(MOVED);
    expect(report.sites[0]?.function).toBe('example.com/m/dep_test.f');
    expect(report.sites[0]?.cold).toBe('test');
  });

  it('takes the file of the target platform', async () => {
    const files = {
      ...base, 'dep/dep.go': 'package dep\n\nfunc Use(p *int) int { return *p }\n', 'dep/keep_linux.go': 'package dep\n\nvar kept *int\n\nfunc Keep(p *int) { kept = p }\n',
      'dep/keep_other.go': '//go:build !linux\n\npackage dep\n\nfunc Keep(p *int) {}\n', 'main.go': userOf('example.com/m/dep'),
    };
    expect(sitesOf(await reportOf(files, 'main.go'))).toEqual(MOVED);
    expect(sitesOf(await reportOf(files, 'main.go', { goos: 'windows' }))).toEqual([]);
  });

  it('reads constraints with parentheses, releases and operators', async () => {
    const files = (line: string): Files => ({ ...base, 'dep/dep.go': 'package dep\n\nfunc Use(p *int) int { return *p }\n', 'dep/keep.go': `${line}\n\npackage dep\n\nvar kept *int\n\nfunc Keep(p *int) { kept = p }\n`, 'main.go': userOf('example.com/m/dep') });
    for (const line of ['//go:build linux && (amd64 || arm64)', '//go:build unix && !windows', '//go:build go1.24', '// Copyright\n\n//go:build gc', '//go:build !cgo && !race']) expect(sitesOf(await reportOf(files(line), 'main.go')), line).toEqual(MOVED);
    for (const line of ['//go:build ignore', '//go:build arm64', '//go:build go1.99', '//go:build windows || darwin', '//go:build !(linux || darwin)']) expect(sitesOf(await reportOf(files(line), 'main.go')), line).toEqual(['6 go/moved-variable?']);
  });

  it('reports on files that take no part in the build, each with the package around it', async () => {
    const files = { ...base, 'dep/gen.go': '//go:build ignore\n\npackage main\n\nfunc g() *int { return new(int) }\n', 'dep/other_windows.go': 'package dep\n\nfunc w() {\n\tx := 1\n\n\tKeep(&x)\n}\n' };
    expect(sitesOf(await reportOf(files, 'dep/gen.go'))).toEqual(['5 go/new']);
    expect(sitesOf(await reportOf(files, 'dep/other_windows.go'))).toEqual(['4 go/moved-variable']);
  });

  it('measures in words of the target machine', async () => {
    const files = { 'go.mod': 'module m\n', 'a.go': 'package m\n\ntype t struct {\n\tp *int\n\tn uint64\n}\n\nfunc f() *t { return &t{} }\n\nfunc g(n uintptr) any { return n }\n' };
    const sizes = async (goarch: string): Promise<(number | undefined)[]> => (await reportOf(files, 'a.go', { goarch })).sites.map((site) => site.size?.bytes);
    expect(await sizes('amd64')).toEqual([16, 8]);
    expect(await sizes('386')).toEqual([12, 4]);
    expect(await sizes('arm')).toEqual([12, 4]); // 8 bytes are aligned to 4 on every 32-bit machine
  });
});

describe('the standard library', () => {
  const GOROOT = {
    '/go/VERSION': 'go1.24.9\ntime 2025-01-01\n', '/go/src/go.mod': 'module std\n\ngo 1.24\n', '/go/src/runtime/r.go': 'package runtime\n',
    // not the real one: its Unquote keeps nothing, Quote keeps its argument
    '/go/src/strconv/strconv.go': 'package strconv\n\nvar kept *int\n\nfunc Keep(p *int) { kept = p }\n',
    '/go/src/fmt/fmt.go': 'package fmt\n\nimport "strconv"\n\nfunc f() {\n\tx := 1\n\tstrconv.Keep(&x)\n}\n',
    '/go/src/vendor/golang.org/x/dep/dep.go': DEP, '/go/src/net/net.go': userOf('golang.org/x/dep', 'net'),
  };

  it('reads its own sources when it is the workspace, whatever the embedded facts say', async () => {
    expect(sitesOf(await reportOf(GOROOT, '/go/src/fmt/fmt.go', { goroot: '/go' }))).toEqual(MOVED);
    expect(sitesOf(await reportOf(GOROOT, '/go/src/fmt/fmt.go'))).toEqual(MOVED);
    expect((await reportOf(GOROOT, '/go/src/fmt/fmt.go')).sites[0]?.function).toBe('fmt.f');
    expect(sitesOf(await reportOf(GOROOT, '/go/src/net/net.go', { goroot: '/go' }))).toEqual(MOVED);
  });

  it('knows it from embedded facts where nothing is on disk', async () => {
    const text = 'package m\n\nimport "strings"\n\nfunc f(b *strings.Builder) string {\n\tvar local strings.Builder\n\tlocal.WriteString("x")\n\treturn strings.Repeat("a", 3) + local.String()\n}\n';
    const report = await reportOf({ 'go.mod': 'module m\n', 'a.go': text }, 'a.go');
    expect(report.sites.map((site) => site.callee)).toContain('strings.Repeat');
  });

  it('takes the rules of the toolchain: the setting, else VERSION of GOROOT, else the newest', async () => {
    const files = { ...GOROOT, 'go.mod': 'module m\n', 'a.go': 'package m\n\nfunc f(n int) int {\n\ts := make([]int, n)\n\treturn len(s)\n}\n' };
    const certainty = async (go: Partial<LanguageOptions['go']>): Promise<string | undefined> => (await reportOf(files, 'a.go', go)).sites[0]?.certainty;
    expect(await certainty({})).toBe('conditional'); // 32 bytes on the stack
    expect(await certainty({ goroot: '/go' })).toBe('always'); // 1.24 has no such buffer
    expect(await certainty({ goroot: '/go', toolchain: '1.26' })).toBe('conditional');
    expect(await certainty({ goroot: null, toolchain: '1.24' })).toBe('always');
  });
});

describe('layouts that are wrong', () => {
  it('keeps packages of other names in a folder apart', async () => {
    const files = { 'go.mod': 'module m\n', 'a.go': 'package m\n\nvar kept *int\n\nfunc keep(p *int) { kept = p }\n', 'b.go': 'package m\n', 'c.go': 'package other\n\nfunc f() {\n\tx := 1\n\tkeep(&x)\n}\n' };
    expect(sitesOf(await reportOf(files, 'c.go'))).toEqual(['4 go/moved-variable?']);
    expect(sitesOf(await reportOf({ ...files, 'd.go': 'package m\n\nfunc f() {\n\tx := 1\n\tkeep(&x)\n}\n' }, 'd.go'))).toEqual(['4 go/moved-variable']);
  });

  it('stands import cycles', async () => {
    const files = {
      'go.mod': 'module m\n', 'a/a.go': 'package a\n\nimport "m/b"\n\ntype T struct{ b *b.T }\n\nfunc F(t *T) { b.G(t.b) }\n\nfunc N() *T { return &T{} }\n',
      'b/b.go': 'package b\n\nimport "m/a"\n\ntype T struct{ a *a.T }\n\nvar kept *T\n\nfunc G(t *T) {\n\ta.F(t.a)\n\tkept = t\n}\n\nfunc N() *T { return &T{} }\n',
    };
    for (const path of ['a/a.go', 'b/b.go']) expect(sitesOf(await reportOf(files, path)).filter((site) => site.includes('literal'))).toHaveLength(1);
  });

  it('reports on every declaration of a name that is declared twice', async () => {
    const files = { 'go.mod': 'module m\n', 'a.go': 'package m\n\ntype t struct{ n int }\n\nfunc f() *t { return &t{} }\n\nfunc f() []int { return make([]int, 3) }\n', 'b.go': 'package m\n\ntype t struct{ s string }\n\nfunc f() *int { return new(int) }\n' };
    expect(sitesOf(await reportOf(files, 'a.go'))).toEqual(['5 go/escaping-composite-literal', '7 go/make-slice']);
    expect(sitesOf(await reportOf(files, 'b.go'))).toEqual(['5 go/new']);
  });

  it('takes functions without body for unknown, unless they say that nothing escapes', async () => {
    const text = (directive: string): string => `package m\n\n${directive}func load(p *int) int\n\nfunc f() int {\n\tx := 1\n\treturn load(&x)\n}\n`;
    expect(sitesOf(await reportOf({ 'go.mod': 'module m\n', 'a.go': text('') }, 'a.go'))).toEqual(['6 go/moved-variable']);
    expect(sitesOf(await reportOf({ 'go.mod': 'module m\n', 'a.go': text('//go:noescape\n') }, 'a.go'))).toEqual([]);
    expect(sitesOf(await reportOf({ 'go.mod': 'module m\n', 'a.go': text('//go:linkname load other.load\n') }, 'a.go'))).toEqual(['7 go/moved-variable']);
  });

  it('reads cgo files as far as they are Go', async () => {
    const text = 'package m\n\n// #include <stdlib.h>\nimport "C"\n\nfunc f(n C.int) *int {\n\tx := int(n)\n\tp := C.malloc(8)\n\t_ = C.GoString((*C.char)(p))\n\treturn &x\n}\n';
    expect(sitesOf(await reportOf({ 'go.mod': 'module m\n', 'a.go': text }, 'a.go'))).toEqual(['7 go/moved-variable']);
  });

  it('reads module files that are broken, and none', async () => {
    for (const mod of ['', 'module\n', 'module "example.com/q"\nrequire (\n', '\u0000\u0001', 'replace => =>\n']) {
      expect(sitesOf(await reportOf({ 'go.mod': mod, 'go.work': mod, 'a.go': 'package m\n\nfunc f() *int { return new(int) }\n' }, 'a.go')), JSON.stringify(mod)).toEqual(['3 go/new']);
    }
  });
});
