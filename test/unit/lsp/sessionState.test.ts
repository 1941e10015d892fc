import { describe, expect, it } from 'vitest';
import { Configuration } from '../../../server/src/lsp/configuration.js';
import type { Platform } from '../../../server/src/lsp/platform.js';
import { SessionState } from '../../../server/src/lsp/sessionState.js';
import { parserOf, testOptions } from '../../support/engine.js';
import { memoryHost } from '../workspace/memoryHost.js';

/** A session whose clock moves only by waiting. */
function stateAt(clock: { now: number; onWait?: () => void }): SessionState {
  const platform: Platform = {
    version: '0', host: { ...memoryHost(new Map()), now: () => clock.now }, plugins: [], loadGrammars: () => Promise.resolve({ parsers: new Map(), failures: [] }),
    languageOptions: () => testOptions, projector: () => () => ({ json: '', extra: '', totals: '' }), executor: () => null, engine: '', storage: () => null, documentation: null,
    after(milliseconds, run) {
      clock.now += milliseconds;
      clock.onWait?.();
      queueMicrotask(run);
      return () => undefined;
    },
  };
  return new SessionState(platform, new Configuration({} as ConstructorParameters<typeof Configuration>[0]));
}

describe('a session', () => {
  it('does not wait when nobody types', async () => {
    const clock = { now: 5000 };
    await stateAt(clock).quiet();
    expect(clock.now).toBe(5000);
  });

  it('waits for a moment without changes, anew after each one', async () => {
    const clock: { now: number; onWait?: () => void } = { now: 1000 };
    const state = stateAt(clock);
    state.lastChange = 1000;
    let strokes = 3;
    clock.onWait = () => { if (strokes-- > 0) state.lastChange = clock.now - 100; };
    await state.quiet();
    expect(clock.now - state.lastChange).toBeGreaterThanOrEqual(300);
    expect(strokes).toBeLessThan(0);
  });

  it('warms up what parsers it has', async () => {
    const state = stateAt({ now: 0 });
    const parser = await parserOf('go');
    let parsed = 0;
    state.setParsers(new Map([['go', new Proxy(parser, { get: (target, key) => key === 'parseOnce' ? (text: string) => { parsed++; return target.parseOnce(text); } : target[key as keyof typeof target] })]]));
    await state.warmUp();
    expect(parsed).toBeGreaterThan(0);
  });
});
