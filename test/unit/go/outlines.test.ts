// What is imported and not reported is parsed without bodies: reports stay what they are, and a body that is asked for is parsed then.
import { describe, expect, it } from 'vitest';
import type { SourceFile } from '../../../server/src/analysis/language.js';
import { goPlugin } from '../../../server/src/languages/go/plugin.js';
import { MemorySources, noFacts, parserOf, testOptions } from '../../support/engine.js';

const FILES = {
  'go.mod': 'module example.com/m\n',
  'main.go': 'package main\n\nimport (\n\t"example.com/m/dep"\n\t"example.com/m/other"\n)\n\nfunc f() (int, other.T) {\n\tx := 1\n\tdep.Keep(&x)\n\ty := 2\n\treturn dep.Use(&y), other.T{}\n}\n',
  'dep/dep.go': 'package dep\n\nvar kept *int\n\nfunc Keep(p *int) {\n\t// said twice, so that the body is long enough to be left out\n\tkept = p\n}\n\nfunc Use(p *int) int { return helper(p) + helper(p) + helper(p) }\n',
  'dep/helper.go': 'package dep\n\nfunc helper(p *int) int {\n\tif p == nil {\n\t\treturn 0\n\t}\n\treturn *p\n}\n',
  'other/other.go': 'package other\n\ntype T struct{ a, b int }\n\nfunc (t T) Sum() int {\n\ttotal := t.a\n\ttotal += t.b\n\treturn total\n}\n',
};

class Outlining extends MemorySources {
  readonly whole = new Set<string>();
  readonly #outlines = new Map<string, SourceFile>();

  override file(path: string): SourceFile | null {
    this.whole.add(path);
    return super.file(path);
  }

  declarations(path: string, blank: (text: string) => string): SourceFile | null {
    if (path === 'main.go') return this.file(path);
    let known = this.#outlines.get(path);
    const text = this.text(path);
    const tree = text === null ? null : parser.parseOnce(blank(text));
    if (!known && tree !== null) this.#outlines.set(path, (known = { path, tree, problems: [], outline: true }));
    return known ?? null;
  }

  override sourceText(path: string): string | null {
    return this.text(path);
  }
}

const parser = await parserOf('go');

describe('outlines', () => {
  it('report the same as whole files, and only what is called is parsed whole', () => {
    const reportOver = (sources: MemorySources): string => {
      const engine = goPlugin.createEngine({ sources, facts: noFacts, options: testOptions });
      const report = engine.report('main.go');
      expect(report?.sites.map(({ rule }) => rule)).toContain('go/moved-variable');
      return JSON.stringify({ ...report, text: '' });
    };
    const outlining = new Outlining(FILES, { go: parser });
    expect(reportOver(outlining)).toBe(reportOver(new MemorySources(FILES, { go: parser })));
    expect([...outlining.whole].sort()).toEqual(['dep/dep.go', 'dep/helper.go', 'main.go']);
  });
});
