// A key stroke asks nothing of the disk: no listing, no manifest, no look at another file.
import { expect, it } from 'vitest';
import type { LanguagePlugin } from '../../../server/src/analysis/language.js';
import { goPlugin } from '../../../server/src/languages/go/plugin.js';
import { rustPlugin } from '../../../server/src/languages/rust/plugin.js';
import type { Host } from '../../../server/src/workspace/host.js';
import { Workspace } from '../../../server/src/workspace/workspace.js';
import { memorySources, parserOf, testOptions } from '../../support/engine.js';
import { memoryHost } from './memoryHost.js';

const GO = 'package a\n\nfunc f(n int) []int { return make([]int, n) }\n';
const RUST = 'pub fn f(n: usize) -> Vec<u8> { Vec::with_capacity(n) }\n';

it.each<[string, LanguagePlugin, string, string, Record<string, string>]>([
  ['Go', goPlugin, '/w/a.go', GO, { '/w/go.mod': 'module w\n\ngo 1.26\n', '/w/a.go': GO, '/w/b.go': 'package a\n\nfunc g() *int { return new(int) }\n' }],
  ['Rust', rustPlugin, '/w/src/lib.rs', RUST, { '/w/Cargo.toml': '[package]\nname = "w"\nversion = "0.1.0"\nedition = "2024"\n', '/w/src/lib.rs': RUST }],
])('leaves the disk alone: %s', async (_, plugin, path, text, entries) => {
  const asked: string[] = [];
  const assets = await memorySources({});
  const host = new Proxy<Host>({ ...memoryHost(new Map(Object.entries(entries))), asset: (name) => assets.asset(name) }, {
    get(target, key: keyof Host) {
      const member = target[key];
      return (...values: never[]): unknown => {
        if (key === 'read' || key === 'stat' || key === 'list' || key === 'asset') asked.push(`${key} ${String(values[0])}`);
        return (member as (...given: never[]) => unknown).apply(target, values);
      };
    },
  });
  const workspace = new Workspace({ host, plugins: [plugin], parsers: new Map([[plugin.id, await parserOf(plugin.id)]]), languageOptions: testOptions });
  workspace.open(path, text, 1);
  expect(workspace.report(path)?.report.sites).toHaveLength(1);
  expect(asked).not.toEqual([]);
  asked.length = 0;
  const at = { line: 0, character: 0 };
  workspace.change(path, [{ range: { start: at, end: at }, text: '\n' }], 2);
  const moved = workspace.report(path)?.report;
  expect(moved?.sites[0]?.start).toBe(text.search(/make|Vec::/) + 1);
  expect(asked).toEqual([]);
});
