// Memory that the runtime keeps for itself is nobody's allocation, nor is that of code that never runs.
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

describe('a wait group', () => {
  it('allocates when it starts a goroutine, not when it counts', async () => {
    const sources = await memorySources({ 'a.go': 'package m\n\nimport "sync"\n\nfunc f(wg *sync.WaitGroup) {\n\twg.Add(1)\n\twg.Done()\n\twg.Wait()\n\twg.Go(func() {})\n}\n' });
    const report = goPlugin.createEngine({ sources, facts: noFacts, options: testOptions }).report('a.go');
    expect((report?.sites ?? []).map(({ callee }) => callee)).toEqual(['sync.(*WaitGroup).Go']);
  });
});
