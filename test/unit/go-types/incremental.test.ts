// Edits of function bodies, over and over: the engine that saw them all reports what a fresh one does, in whatever order files are asked for.
import { describe, expect, it } from 'vitest';
import type { LanguageEngine } from '../../../server/src/analysis/language.js';
import { goPlugin } from '../../../server/src/languages/go/plugin.js';
import { analyzeBody } from '../../../server/src/languages/go/rules/analyze.js';
import { judgeBatch } from '../../../server/src/languages/go/rules/judgement.js';
import { GoSession } from '../../../server/src/languages/go/session.js';
import { escapeSolver } from '../../../server/src/languages/go/solve/escape/index.js';
import { memorySources, noFacts, testOptions, type MemorySources } from '../../support/engine.js';

const EDITS = 60;
const FUNCTIONS = 4;
const PATHS = ['p/a.go', 'p/b.go', 'q/a.go', 'q/b.go', 'r/a.go'];

function engineOver(sources: MemorySources): LanguageEngine {
  return goPlugin.createEngine({ sources, facts: noFacts, options: testOptions });
}

/** Numbers below a bound, the same for the same seed. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * below);
  };
}

/** A body that calls functions of its own and of lower packages, keeps its parameter or not, allocates or not. */
function body(path: string, next: (below: number) => number): string {
  const own = path.charAt(0);
  const targets = PATHS.filter((other) => other.startsWith(own) || other < own).flatMap((other) => Array.from({ length: FUNCTIONS }, (_, i) => `${other.startsWith(own) ? '' : `${other.charAt(0)}.`}F${other.charAt(2)}${i}`));
  const call = (): string => `${targets[next(targets.length)] ?? 'Fa0'}(t, n-1)`;
  const statements = [() => `${call()}`, () => `if n > 0 { ${call()} }`, () => 'kept = t', () => '_ = make([]int, n)', () => 't.n++', () => 'other := T{n}; _ = &other', () => `x := &T{n}; ${call().replace('(t', '(x')}`, () => 'func() { t.n = 2 }()', () => 't.n--', () => 'n++', () => '_ = new(int)', () => '_ = string(rune(n)) + "x"'];
  return `\t${Array.from({ length: 1 + next(2) }, () => (statements[next(statements.length)] as () => string)()).join('\n\t')}`;
}

function text(path: string, bodies: readonly string[]): string {
  const own = path.charAt(0);
  const imported = ['p', 'q', 'r'].filter((other) => other < own && bodies.some((part) => part.includes(`${other}.F`)));
  const head = `package ${own}\n${imported.map((other) => `import "m/${other}"\n`).join('')}`;
  const first = path.endsWith('a.go') ? `${own === 'p' ? 'type T struct{ n int }' : 'type T = p.T'}\nvar kept *T\n` : '';
  const needs = own !== 'p' && path.endsWith('a.go') && !imported.includes('p') ? 'import "m/p"\n' : '';
  return `${head}${needs}${first}${bodies.map((part, i) => `func F${path.charAt(2)}${i}(t *T, n int) {\n${part}\n}\n`).join('')}`;
}

describe('edits of bodies', () => {
  for (const seed of [1, 2, 3]) {
    it(`gives what a fresh engine gives (seed ${seed})`, async () => {
      const next = numbers(seed);
      const bodies = new Map(PATHS.map((path) => [path, Array.from({ length: FUNCTIONS }, () => body(path, next))]));
      const files = (): Record<string, string> => ({ 'go.mod': 'module m\n', ...Object.fromEntries(PATHS.map((path) => [path, text(path, bodies.get(path) ?? [])])) });
      const sources = await memorySources(files());
      const engine = engineOver(sources);
      for (let edit = 0; edit < EDITS; edit++) {
        const path = PATHS[next(PATHS.length)] ?? '';
        (bodies.get(path) ?? [])[next(FUNCTIONS)] = body(path, next);
        sources.set(path, text(path, bodies.get(path) ?? []));
        engine.changed({ kind: 'text', path });
        if (next(4) === 0) engine.prepare(engine.unitOf(path) ?? '', path).next(); // and nobody asks for the rest
        if (next(3) === 0) continue; // several edits between two questions
        const order = next(2) === 0 ? PATHS : [...PATHS].reverse();
        const fresh = engineOver(await memorySources(files()));
        const asked = order.slice(0, 1 + next(PATHS.length));
        for (const each of asked) expect(engine.report(each), `${each} after edit ${edit}`).toEqual(fresh.report(each));
      }
    });
  }

  it('reports the same in any order of files', async () => {
    const next = numbers(7);
    const files = { 'go.mod': 'module m\n', ...Object.fromEntries(PATHS.map((path) => [path, text(path, Array.from({ length: FUNCTIONS }, () => body(path, next)))])) };
    const reports = async (order: readonly string[]): Promise<unknown> => {
      const engine = engineOver(await memorySources(files));
      return [...order.map((path) => [path, engine.report(path)] as const)].sort(([a], [b]) => (a < b ? -1 : 1));
    };
    const forward = await reports(PATHS);
    expect(await reports([...PATHS].reverse())).toEqual(forward);
    for (let i = 0; i < 6; i++) expect(await reports(PATHS.map((path) => [next(1000), path] as const).sort(([a], [b]) => a - b).map(([, path]) => path))).toEqual(forward);
  });
});

describe('edits of declarations', () => {
  it('leave a program as large as it was, when what was typed is taken back', async () => {
    const original = { 'go.mod': 'module m\n', 'p/a.go': 'package p\ntype T struct{ n, m int }\nfunc (t *T) Add() { t.n += t.m }\nfunc F(t *T) { t.Add(); _ = &t.n }\n', 'p/b.go': 'package p\nvar kept *T\nfunc G(t *T) { kept = t; t.Add() }\n' };
    const sources = await memorySources(original);
    const session = new GoSession({ sources, facts: noFacts, options: testOptions }, { solveFunctions: escapeSolver(judgeBatch), analyzeBody });
    const show = (path: string, now: string): void => {
      sources.set(path, now);
      session.changed({ kind: 'text', path }, 'p');
      session.refresh();
      const unit = session.units.ofFile(path);
      const steps = session.solver.solve(session.loader.loadWhole(unit?.id ?? '')?.bodies ?? []);
      while (!steps.next().done);
    };
    const sizes: number[][] = [];
    for (let round = 0; round < 6; round++) {
      show('p/a.go', original['p/a.go'].replace('n, m int', 'n, m, k int'));
      show('p/a.go', original['p/a.go'].replace('package p', 'package px'));
      show('p/b.go', original['p/b.go'].replace('var kept *T', ''));
      show('p/b.go', original['p/b.go']);
      show('p/a.go', original['p/a.go']);
      const { program } = session;
      sizes.push([program.files.length, program.packages.length, program.selections.entries.length, program.types.count, program.objects.count]);
    }
    expect(sizes[5]).toEqual(sizes[1]);
  });
});
