// Workspaces over files in memory for tests of reliability: the real parsers, languages, documents and guards.
import { projectorFor } from '../../server/src/node/projector.js';
import { plugins } from '../../server/src/node/plugins.js';
import type { Host } from '../../server/src/workspace/host.js';
import { Workspace } from '../../server/src/workspace/workspace.js';
import { LineIndex } from '../../server/src/syntax/lineIndex.js';
import { allocationHints } from '../../server/src/features/inlayHints.js';
import { viewOf } from '../../server/src/features/reportView.js';
import { DEFAULT_SETTINGS } from '../../protocol/src/readSettings.js';
import { memorySources, parserOf, testOptions } from '../support/engine.js';
import { memoryHost } from '../unit/workspace/memoryHost.js';

/** Files by absolute path below {@link ROOT}. */
export type Files = Map<string, string | Uint8Array>;

/** The folder of all files. */
export const ROOT = '/w';

const assets = await memorySources({});
const known = new Map<string, string | null>();
const projector = projectorFor(ROOT);

/** A host over the files as they are whenever it is asked. */
export function hostOf(files: Files): Host {
  return {
    ...memoryHost(files),
    asset(name) {
      let text = known.get(name);
      if (text === undefined) {
        text = assets.asset(name);
        known.set(name, text);
      }
      return text;
    },
  };
}

/** A workspace in which nothing was asked yet. */
export async function workspaceOf(files: Files): Promise<Workspace> {
  const parsers = new Map([['go', await parserOf('go')], ['rust', await parserOf('rust')]] as const);
  return new Workspace({ host: hostOf(files), plugins, parsers, languageOptions: testOptions });
}

/** The sources among files, sorted. */
export function sourcesOf(files: Files): string[] {
  return [...files.keys()].filter((path) => /\.(?:go|rs)$/.test(path)).sort();
}

/** All that a workspace says of a file, as bytes: the JSON report, what other formats need, and the hints. */
export function sayingOf(workspace: Workspace, path: string): string {
  const result = workspace.report(path);
  if (result === null) return 'null';
  const lines = new LineIndex(result.report.text);
  const { json, extra } = projector(result.report, result.findings, lines, (other) => workspace.sources.linesOf(other));
  const hints = allocationHints(viewOf(result.report, result.findings, lines), null, DEFAULT_SETTINGS);
  return `${json}\n${extra}\n${JSON.stringify(hints)}\n${JSON.stringify([result.report.free, result.report.functions])}`;
}

/** Whether all sources parse without an error. */
export function allValid(workspace: Workspace, files: Files): boolean {
  return sourcesOf(files).every((path) => (workspace.sources.file(path)?.tree.errors.length ?? 1) === 0);
}
