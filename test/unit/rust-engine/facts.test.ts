// A crate analysed from its own files and the facts of what it imports says what it says over everyone's sources; its facts are the same bytes each time.
import { describe, expect, it } from 'vitest';
import type { LanguageEngine, UnitFacts } from '../../../server/src/analysis/language.js';
import { checksum } from '../../../server/src/languages/rust/facts/crateFacts.js';
import { memorySources } from '../../support/engine.js';
import { CRATES, factsStore, filesBelow, rustEngine } from '../../support/rustCrates.js';

const APP = ['app/src/main.rs', 'app/src/work.rs'];

async function over(files: Readonly<Record<string, string>>, ...facts: readonly (UnitFacts | null)[]): Promise<LanguageEngine> {
  return rustEngine(await memorySources(files), factsStore(...facts));
}

/** Facts of `base` and `middle`, each from its own directory and the facts of the one before. */
async function factsOfBoth(): Promise<readonly [UnitFacts, UnitFacts]> {
  const base = (await over(filesBelow(CRATES, 'base'))).factsOf('base');
  const middle = (await over(filesBelow(CRATES, 'middle'), base)).factsOf('middle');
  if (base === null || middle === null) throw new Error('no facts');
  return [base, middle];
}

describe('facts of Rust crates', () => {
  it('give the same reports as the sources', async () => {
    const whole = await over(CRATES);
    const [base, middle] = await factsOfBoth();
    const alone = await over(filesBelow(CRATES, 'app'), base, middle);
    for (const path of APP) {
      const expected = whole.report(path);
      expect(expected?.sites.length, path).toBeGreaterThan(path.endsWith('main.rs') ? 15 : 3);
      expect(alone.report(path), path).toEqual(expected);
    }
    const between = await over(filesBelow(CRATES, 'middle'), base);
    expect(between.report('middle/src/lib.rs')).toEqual(whole.report('middle/src/lib.rs'));
  });

  it('carry chains of callees with their places, conversions that the caller chooses, macros and derived clones', async () => {
    const [base, middle] = await factsOfBoth();
    const alone = await over(filesBelow(CRATES, 'app'), base, middle);
    const report = alone.report('app/src/main.rs');
    const at = (text: string): readonly unknown[] => (report?.sites ?? []).filter((site) => report?.text.slice(site.start, site.end).startsWith(text)).map((site) => site.kind);
    expect(at('middle::relabel')).toEqual(['callee']);
    expect(at('held.shape.clone')).toHaveLength(1);
    expect(at('middle::tag().tag')).toEqual(['callee']);
    expect(at('base_lib::quiet')).toEqual([]);
    expect(at('held.quad.plain')).toEqual([]);
    expect(at('base_lib::owned("a")')).toEqual(['callee']);
    expect(at('base_lib::owned(String::new())')).toEqual([]);
    const chain = report?.sites.find((site) => report.text.slice(site.start).startsWith('middle::relabel'))?.callees ?? [];
    expect(chain.map((link) => link.path)).toEqual(['middle/src/lib.rs', 'base/src/shapes.rs']);
    const last = chain[1];
    expect(CRATES['base/src/shapes.rs']?.slice(last?.start ?? 0, last?.end ?? 0)).toBe('format!("area {}", self.area())');
  });

  it('are the same bytes whatever was asked before, and in whatever order the files came', async () => {
    const [base, middle] = await factsOfBoth();
    const backwards = Object.fromEntries(Object.entries(CRATES).reverse());
    const whole = await over(backwards);
    for (const path of APP) whole.report(path);
    whole.report('base/tests/check.rs');
    expect(whole.factsOf('middle')).toEqual(middle);
    expect(whole.factsOf('base')).toEqual(base);
    whole.release('base', true);
    expect(whole.factsOf('base')).toEqual(base);
  });

  it('hold no path of the machine', async () => {
    const moved = Object.fromEntries(Object.entries(CRATES).map(([path, text]) => [`/elsewhere/${path}`, text]));
    const base = (await over(moved)).factsOf('/elsewhere/base');
    expect(base?.body).toBe((await factsOfBoth())[0].body);
    expect(base?.body).not.toContain('elsewhere');
  });

  it('change with what callers see, and only then except for places', async () => {
    const [base] = await factsOfBoth();
    const text = CRATES['base/src/lib.rs'] ?? '';
    const louder = (await over({ ...filesBelow(CRATES, 'base'), 'base/src/lib.rs': text.replace('{ n + 1 }', '{ vec![n].len() }') })).factsOf('base');
    expect(louder?.body).not.toBe(base.body);
    const same = (await over({ ...filesBelow(CRATES, 'base'), 'base/src/lib.rs': text.replace('{ n + 1 }', '{ n + 2 }') })).factsOf('base');
    expect(same?.body).toBe(base.body);
  });

  it('say what imports what', async () => {
    const whole = await over(CRATES);
    expect(whole.importsOf('app')).toEqual(['base', 'middle']);
    expect(whole.importsOf('middle')).toEqual(['base']);
    expect(whole.importsOf('base')).toEqual([]);
    expect(whole.factsOf('app')).toBeNull();
    expect(whole.factsOf('nowhere')).toBeNull();
    const alone = await over(filesBelow(CRATES, 'app'));
    expect(alone.missingImportsOf?.('app')).toEqual(['base_lib', 'middle']);
    const [base, middle] = await factsOfBoth();
    expect((await over(filesBelow(CRATES, 'app'), base, middle)).missingImportsOf?.('app')).toEqual([]);
  });

  it('give way to the sources when those are asked for', async () => {
    const [base, middle] = await factsOfBoth();
    const engine = await over(CRATES, base, middle);
    const app = engine.report('app/src/main.rs');
    const own = engine.report('base/src/lib.rs');
    expect(own?.sites.length).toBeGreaterThan(3);
    expect(own).toEqual((await over(CRATES)).report('base/src/lib.rs'));
    expect(engine.report('app/src/main.rs')).toEqual(app);
  });
});

describe('facts that cannot be used', () => {
  const cases: readonly (readonly [string, (facts: UnitFacts) => UnitFacts, string])[] = [
    ['cut off', (facts) => ({ ...facts, body: facts.body.slice(0, facts.body.length >> 1) }), 'damaged or cut off'],
    ['one letter changed', (facts) => ({ ...facts, body: facts.body.replace('"names":["', '"names":["x') }), 'damaged or cut off'],
    ['empty', (facts) => ({ ...facts, body: '' }), 'no facts of a crate'],
    ['something else', (facts) => ({ ...facts, body: '{"a":1}\n' }), 'no facts of a crate'],
    ['a later form', (facts) => ({ ...facts, body: facts.body.replace(/^heaplight-rust-facts \d+/, 'heaplight-rust-facts 99') }), 'the form 99'],
    ['a later version', (facts) => ({ ...facts, version: 99 }), 'the form 99'],
    ['whole by its checksum, but no facts', (facts) => ({ ...facts, body: `${facts.body.slice(0, facts.body.indexOf(' ', 22))} ${checksum('{"names":5}')}\n{"names":5}` }), 'damaged'],
  ];
  for (const [name, spoil, reason] of cases) {
    it(`are named with the reason and not used at all: ${name}`, async () => {
      const [base, middle] = await factsOfBoth();
      const engine = await over(filesBelow(CRATES, 'app'), spoil(base), middle);
      const report = engine.report('app/src/main.rs');
      expect(report?.problems.map((problem) => problem.message)).toEqual([expect.stringContaining(`The facts of base cannot be used: they`)]);
      expect(report?.problems[0]?.message).toContain(reason);
      const without = (await over(filesBelow(CRATES, 'app'), null, middle)).report('app/src/main.rs');
      expect(report?.sites).toEqual(without?.sites);
    });
  }

  it('leave the sources in their place', async () => {
    const [base] = await factsOfBoth();
    const engine = await over(CRATES, { ...base, body: base.body.slice(0, 100) });
    expect(engine.report('app/src/main.rs')?.sites).toEqual((await over(CRATES)).report('app/src/main.rs')?.sites);
  });
});
