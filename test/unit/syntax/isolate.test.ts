// An item taken out of its tree reads like its own text parsed alone.
import { expect, test } from 'vitest';
import { isolate, ISOLATED } from '../../../server/src/syntax/isolate.js';
import { NO_NODE } from '../../../server/src/syntax/flatTree.js';
import { RustKind } from '../../../server/src/syntax/kinds/rust.generated.js';
import { parserOf } from '../../support/engine.js';

const TEXT = 'struct Before;\n\nfn wanted<T: Clone>(all: &[T]) -> Vec<T> {\n    // a note\n    let mut kept = Vec::new();\n    for one in all { kept.push(one.clone()); }\n    kept\n}\n\nfn after() {}\n';

test('an isolated item is its own text parsed', async () => {
  const parser = await parserOf('rust');
  const tree = parser.parseOnce(TEXT);
  expect(tree).not.toBeNull();
  if (tree === null) return;
  const node = tree.childByKind(0, RustKind.FunctionItem);
  expect(node).not.toBe(NO_NODE);
  const alone = isolate(tree, node);
  const parsed = parser.parseOnce(TEXT.slice(tree.start[node], tree.end[node]));
  expect(alone.text).toBe(parsed?.text);
  expect(alone.count).toBe(parsed?.count);
  for (const column of ['kind', 'field', 'start', 'end', 'parent', 'next'] as const) expect([...alone[column]], column).toEqual([...(parsed?.[column] ?? [])]);
  expect(alone.textOf(ISOLATED)).toBe(alone.text);
});

test('what is broken in an item stays marked', async () => {
  const parser = await parserOf('rust');
  const tree = parser.parseOnce('fn fine() {}\nfn broken() { let x = ; }\n');
  if (tree === null) throw new Error('no tree');
  const [first, second] = [1, tree.next[1] as number];
  expect(isolate(tree, first).errors).toHaveLength(0);
  expect(isolate(tree, second).errors.length).toBe(tree.errors.length);
  expect(tree.errors.length).toBeGreaterThan(0);
});
