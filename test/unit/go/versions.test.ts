// What differs between Go 1.24 and 1.27, as the compilers of these versions were seen to do it.
import { describe, expect, it } from 'vitest';
import { goPlugin } from '../../../server/src/languages/go/plugin.js';
import { memorySources, noFacts, testOptions } from '../../support/engine.js';

/** Sites of a function as `rule certainty`, by toolchain. */
async function verdicts(source: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const toolchain of ['1.24', '1.25', '1.26', '1.27']) {
    const sources = await memorySources({ 'go.mod': 'module m\n\ngo 1.24\n', 'a.go': `package m\n\nvar sink any\n\ntype point struct{ x, y int }\n\n${source}\n` });
    const report = goPlugin.createEngine({ sources, facts: noFacts, options: { ...testOptions, go: { ...testOptions.go, toolchain } } }).report('a.go');
    found[toolchain] = (report?.sites ?? []).map((site) => `${site.rule} ${site.certainty}`).join(', ');
  }
  return found;
}

const same = (text: string): Record<string, string> => ({ '1.24': text, '1.25': text, '1.26': text, '1.27': text });

describe('Go versions', () => {
  it('keep a make of variable length on the stack since 1.25, when it is small', async () => {
    expect(await verdicts('func f(n int) int { s := make([]int, n); return len(s) }')).toEqual({ ...same('go/make-slice conditional'), '1.24': 'go/make-slice always' });
  });
  it('follow a constant through a local since 1.25', async () => {
    expect(await verdicts('func f() { n := 1000; sink = n }')).toEqual({ ...same(''), '1.24': 'go/interface-boxing conditional' });
    expect(await verdicts('func f() int { n := 10; s := make([]int, n); return s[0] }')).toEqual({ ...same(''), '1.24': 'go/make-slice always' });
  });
  it('follow the length of a literal since 1.26', async () => {
    expect(await verdicts('func f() int { xs := []string{"a", "b", "c", "d", "e"}; s := make([]int, len(xs)); return len(s) }')).toEqual({ ...same(''), '1.24': 'go/make-slice always', '1.25': 'go/make-slice conditional' });
  });
  it('keep literals of constants as read-only data since 1.25', async () => {
    expect(await verdicts('func f() { sink = point{1, 2} }')).toEqual({ ...same(''), '1.24': 'go/interface-boxing always' });
  });
  it('agree on the rest', async () => {
    expect(await verdicts('func f() *int { n := 1; return &n }')).toEqual(same('go/moved-variable always'));
    expect(await verdicts('func f(n int) []int { return make([]int, n) }')).toEqual(same('go/make-slice always'));
    expect(await verdicts('func f(a, b string) []byte { return []byte(a + b) }')).toEqual(same('go/string-conversion always'));
  });
});

describe('A file\'s build line', () => {
  /** Rules of the sites of a function in a module of a version, in a file with a build line. */
  async function rules(language: string, line: string): Promise<string> {
    const sources = await memorySources({ 'go.mod': `module m\n\ngo ${language}\n`, 'a.go': `${line}\n\npackage m\n\nfunc f(fs []func() int) { for i := range fs { fs[0] = func() int { return i } } }\n` });
    const report = goPlugin.createEngine({ sources, facts: noFacts, options: testOptions }).report('a.go');
    return (report?.sites ?? []).map((site) => site.rule).join(', ');
  }

  it('chooses the language version in the place of go.mod', async () => {
    expect(await rules('1.18', '//go:build go1.23')).toBe('go/closure');
    expect(await rules('1.18', '//go:build linux && (go1.22 || go1.24)')).toBe('go/closure');
    expect(await rules('1.24', '//go:build go1.18')).toBe('go/moved-variable, go/closure');
  });
  it('leaves it to go.mod where it asks for none', async () => {
    expect(await rules('1.18', '//go:build !go1.99 || go1.22')).toBe('go/moved-variable, go/closure');
    expect(await rules('1.24', '//go:build linux')).toBe('go/closure');
  });
});
