// What solving escape graphs costs on shapes that invite quadratic work, counted in steps: twice the length, about twice the steps.
import { describe, expect, it } from 'vitest';
import { goPlugin } from '../../../server/src/languages/go/plugin.js';
import { walkSteps } from '../../../server/src/languages/go/solve/escape/index.js';
import { memorySources, noFacts, testOptions } from '../../support/engine.js';

const HEAD = 'package p\n\ntype n struct {\n\tnext *n\n\tv    int\n}\n\nvar sink *n\n';
const repeated = (count: number, line: (i: number) => string): string => Array.from({ length: count }, (_, i) => line(i)).join('\n');

/** A program of a length, and the sites that it has: of them, and per element. */
interface Shape { readonly text: (count: number) => string; readonly sites: (count: number) => number }

const SHAPES: Readonly<Record<string, Shape>> = {
  'copies that are returned': { text: (n) => `func f() *n {\n\ta0 := new(n)\n${repeated(n, (i) => `\ta${i + 1} := a${i}`)}\n\treturn a${n}\n}`, sites: () => 1 },
  'copies that are stored': { text: (n) => `func f() {\n\ta0 := new(n)\n${repeated(n, (i) => `\ta${i + 1} := a${i}`)}\n\tsink = a${n}\n}`, sites: () => 1 },
  'a list that is returned': { text: (n) => `func f() *n {\n\ta0 := &n{}\n${repeated(n, (i) => `\ta${i + 1} := &n{next: a${i}}`)}\n\treturn a${n}\n}`, sites: (n) => n + 1 },
  'a list that stays': { text: (n) => `func f() int {\n\ta0 := &n{}\n${repeated(n, (i) => `\ta${i + 1} := &n{next: a${i}}`)}\n\treturn a${n}.v\n}`, sites: () => 0 },
  'a list in one variable': { text: (n) => `func f(a *n) *n {\n${repeated(n, () => '\ta = &n{next: a}')}\n\treturn a\n}`, sites: (n) => n },
  'a walk down a list': { text: (n) => `func f(a0 *n) *n {\n${repeated(n, (i) => `\ta${i + 1} := a${i}.next`)}\n\treturn a${n}\n}`, sites: () => 0 },
  'closures that call one another': { text: (n) => `func f() func() {\n\tvar f0 func()\n${repeated(n, (i) => `\tf${i + 1} := func() { f${i}() }`)}\n\treturn f${n}\n}`, sites: (n) => n },
  'a ring of functions': { text: (n) => repeated(n, (i) => `func f${i}(p *n) *n { return f${(i + 1) % n}(p) }`), sites: () => 0 },
  'a ring of functions that build a list': { text: (n) => repeated(n, (i) => `func f${i}(p, q *n) *n {\n\tx := &n{next: p}\n\ty := f${(i + 1) % n}(x, q)\n\ty.next = q\n\treturn y\n}`), sites: () => 0 },
  'rings in rings': { text: (n) => repeated(n, (i) => `func f${i}(p, q *n) (*n, *n) {\n\tvar l n\n\tif q == nil {\n\t\treturn f${(i * 7 + 3) % n}(q, &l)\n\t}\n\treturn f${(i + 1) % n}(p, q.next)\n}`), sites: () => 0 },
};

async function solved(text: string): Promise<{ readonly steps: number; readonly sites: number }> {
  const sources = await memorySources({ 'go.mod': 'module p\n\ngo 1.26\n', 'p.go': `${HEAD}\n${text}\n` });
  const engine = goPlugin.createEngine({ sources, facts: noFacts, options: testOptions, parseFragment: () => null });
  const before = walkSteps();
  const report = engine.report('p.go');
  return { steps: walkSteps() - before, sites: report?.sites.filter(({ kind }) => kind !== 'callee').length ?? -1 };
}

describe('the growth of escape analysis', () => {
  for (const [name, { text, sites }] of Object.entries(SHAPES)) {
    it(name, async () => {
      const [short, long] = [await solved(text(300)), await solved(text(600))];
      expect(short.steps).toBeGreaterThan(300);
      expect(long.steps / short.steps).toBeLessThan(2.2);
      expect([short.sites, long.sites]).toEqual([sites(300), sites(600)]);
    });
  }
});
