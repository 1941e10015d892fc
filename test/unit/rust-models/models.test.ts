import { describe, expect, it } from 'vitest';
import { rustModels } from '../../../server/src/languages/rust/models/index.js';
import { ModelTable } from '../../../server/src/languages/rust/models/modelIndex.js';
import { holdsInOrder, parsePattern, partsOf } from '../../../server/src/languages/rust/models/pattern.js';
import { userRows } from '../../../server/src/languages/rust/models/userRows.js';
import { rustCatalogue, rustRuleIds } from '../../../server/src/languages/rust/rules/catalogue.js';

describe('rows', () => {
  it('name only rules of the catalogue, and say where they were read', () => {
    const rules = new Set(rustModels.map((row) => row.rule).filter((rule) => rule !== null));
    expect([...rules].filter((rule) => !rustRuleIds.has(rule))).toEqual([]);
    expect(rustModels.filter((row) => row.provenance.source === '' || row.provenance.at === '')).toEqual([]);
  });

  it('say when a conditional allocation happens', () => {
    expect(rustModels.filter((row) => row.effect.does === 'allocates' && row.effect.certainty !== 'always' && row.effect.when === null).map((row) => row.path)).toEqual([]);
  });

  it('name slots that can be read', () => {
    for (const row of rustModels) for (const part of row.also) if ('on' in part) expect(part.on).toMatch(/^(self|result|arg)((\.\d+)|\*)*$/);
  });
});

describe('the table of rows', () => {
  const table = new ModelTable(rustModels);

  it('finds functions by their canonical path, modules between left out', () => {
    expect(table.plain('push', 'alloc::vec::Vec::push')?.effect.does).toBe('allocates');
    expect(table.plain('insert', 'std::collections::hash::map::HashMap::insert')?.rule).toBe('rust/growth');
    expect(table.plain('spawn', 'std::thread::functions::spawn')?.rule).toBe('rust/thread-spawn');
    expect(table.plain('spawn', 'tokio::task::spawn::spawn')?.rule).toBe('rust/task-spawn');
    expect(table.plain('new', 'alloc::vec::Vec::new')?.effect.does).toBe('nothing');
  });

  it('knows which `entry` makes room: that of HashMap does, those of IndexMap and hashbrown leave it to the insert', () => {
    const does = (name: string, path: string): unknown => table.plain(name, `${path}::${name}`)?.effect.does;
    expect(does('entry', 'std::collections::hash::map::HashMap')).toBe('allocates');
    expect(does('or_insert', 'std::collections::hash::map::Entry')).toBe('nothing');
    expect(does('entry', 'indexmap::map::IndexMap')).toBe('nothing');
    expect(does('or_insert', 'indexmap::map::entry::Entry')).toBe('allocates');
    expect(does('entry', 'hashbrown::map::HashMap')).toBe('nothing');
    expect(does('insert', 'hashbrown::map::VacantEntry')).toBe('allocates');
    expect(does('insert', 'hashbrown::map::OccupiedEntry')).toBe('nothing');
  });

  it('does not take a function of one crate for that of another', () => {
    expect(table.plain('push', 'my_crate::vec::Vec::push')).toBeUndefined();
    expect(table.plain('spawn', 'my_crate::thread::spawn')).toBeUndefined();
    expect(holdsInOrder(['std', 'rc', 'Rc', 'new'], 'new', partsOf('alloc::sync::Arc::new'))).toBe(false);
  });

  it('reads patterns of types', () => {
    expect(parsePattern('&str')).toEqual({ is: 'ref', target: { is: 'prim', name: 'str' } });
    expect(parsePattern('Box<[]>')).toEqual({ is: 'adt', segments: ['Box'], argument: { is: 'slice' } });
    expect(parsePattern('std::vec::Vec')).toEqual({ is: 'adt', segments: ['std', 'vec', 'Vec'], argument: { is: 'any' } });
  });
});

describe('the catalogue', () => {
  it('has each rule once, with an example', () => {
    expect(rustRuleIds.size).toBe(rustCatalogue.length);
    expect(rustCatalogue.filter((rule) => rule.example.allocates === '' || rule.why === '')).toEqual([]);
  });
});

describe('rows of heaplight.json', () => {
  it('become rows', () => {
    const { rows, problems } = userRows([{ path: 'my_crate::pool::Pool::take', does: 'allocates', kind: 'buffer', certainty: 'conditional', when: 'the pool is empty' }, { path: '<my_crate::Id as Clone>::clone', does: 'nothing' }, { language: 'go', path: 'x' }]);
    expect(problems).toEqual([]);
    expect(rows.map((row) => row.effect.does)).toEqual(['allocates', 'nothing']);
  });

  it.each([
    [5, 'models[0] is no object.'],
    [{ path: 'a::b', does: 'nothing', colour: 'red' }, 'unknown field "colour"'],
    [{ path: 'a b', does: 'nothing' }, 'models[0].path'],
    [{ path: 'a::b', does: 'magic' }, 'models[0].does'],
    [{ path: 'a::b', does: 'allocates', kind: 'paper' }, 'models[0].kind'],
    [{ path: 'a::b', does: 'allocates', kind: 'box', certainty: 'sure' }, 'models[0].certainty'],
    [{ path: 'a::b', does: 'nothing', rule: 'Box' }, 'models[0].rule'],
    [{ path: 'a::b', does: 'nothing', reason: 4 }, 'models[0].reason'],
  ])('are refused with the reason: %j', (row, message) => {
    const { rows, problems } = userRows([row]);
    expect(rows).toEqual([]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(message);
  });
});
