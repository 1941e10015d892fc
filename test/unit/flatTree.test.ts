import { describe, expect, it } from 'vitest';
import { GoKind, GoField } from '../../server/src/syntax/kinds/go.generated.js';
import { RustKind } from '../../server/src/syntax/kinds/rust.generated.js';
import { parserOf } from '../support/engine.js';

describe('flat tree', () => {
  it('lists nodes in pre-order with parents and next indices', async () => {
    const tree = (await parserOf('go')).parseOnce('package p\n// c\nfunc f() { x := a + b }\n');
    expect(tree).not.toBeNull();
    if (!tree) return;
    expect(tree.comments).toEqual(Uint32Array.of(10, 14));
    for (let i = 1; i < tree.count; i++) {
      const parent = tree.parent[i] as number;
      expect(parent).toBeLessThan(i);
      expect(tree.next[i]).toBeLessThanOrEqual(tree.next[parent] as number);
    }
    let sum = -1;
    for (let i = 0; i < tree.count; i++) if (tree.kind[i] === GoKind.BinaryExpression) sum = i;
    expect(tree.textOf(tree.childByField(sum, GoField.Operator))).toBe('+');
    expect(tree.textOf(tree.childByField(sum, GoField.Right))).toBe('b');
  });

  it('keeps astral characters in UTF-16 columns and knows broken subtrees', async () => {
    const tree = (await parserOf('rust')).parseOnce('fn a() { "😀"; b } fn c( {');
    if (!tree) throw new Error('no tree');
    expect(tree.errors.length).toBeGreaterThan(0);
    const first = tree.childByKind(0, RustKind.FunctionItem);
    expect(tree.textOf(first)).toBe('fn a() { "😀"; b }');
    expect(tree.hasError(first)).toBe(false);
  });
});
