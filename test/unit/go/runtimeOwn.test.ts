// Memory that the runtime keeps for itself is nobody's allocation.
import { describe, expect, it } from 'vitest';
import { goPlugin } from '../../../server/src/languages/go/plugin.js';
import { memorySources, noFacts, testOptions } from '../../support/engine.js';

const TEXT = `package runtime

type sudog struct{ next *sudog }

var cache []*sudog

func acquireSudog() *sudog {
	cache = append(cache, new(sudog))
	return cache[0]
}

func semacquire() { acquireSudog() }

func Blocks() []byte {
	semacquire()
	return make([]byte, 10)
}
`;

async function calls(module: string): Promise<readonly string[]> {
  const sources = await memorySources({ 'r/go.mod': `module ${module}\n\ngo 1.26\n`, 'r/a.go': TEXT });
  const report = goPlugin.createEngine({ sources, facts: noFacts, options: testOptions }).report('r/a.go');
  return (report?.sites ?? []).filter(({ rule }) => rule === 'go/callee').map(({ callee }) => callee ?? '');
}

describe('memory of the runtime itself', () => {
  it('is not told of those that call it', async () => {
    expect(await calls('runtime')).toEqual([]);
    expect(await calls('example.org/runtime')).toEqual(['example.org/runtime.acquireSudog', 'example.org/runtime.semacquire']);
  });
});
