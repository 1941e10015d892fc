// The custom requests of protocol/: the Allocations view, exports, the run over the workspace, next and previous allocation.
import type { CancellationToken, Connection } from 'vscode-languageserver';
import { neighbour } from '../features/navigation.js';
import { SCHEMA_VERSION, totalsOf, type ReportJson } from '../features/report/document.js';
import { sarifOf } from '../features/report/sarif.js';
import { allocationTree, treeMarkdown, type AllocationTree } from '../features/tree.js';
import {
  METHODS, type AnalyzeWorkspaceParams, type ExportParams, type Grouping, type NeighbourParams, type Scope, type Span, type TreeAnswer, type TreeParams, type WorkspaceSummary,
} from '../../../protocol/src/messages.js';
import { joinPath } from '../workspace/host.js';
import { cancellationOf, guarded } from './guard.js';
import type { SessionState } from './sessionState.js';
import type { ProjectedFile } from './workspaceReports.js';

/** Registers the handlers. */
export function handleViewRequests(connection: Connection, state: SessionState): void {
  const files = async (scope: Scope, token: CancellationToken): Promise<readonly ProjectedFile[]> => {
    await state.ready;
    const cancellation = cancellationOf(token);
    if (scope.kind === 'workspace') return state.all.files(cancellation);
    const file = await state.all.file(state.paths.path(scope.uri), cancellation);
    return file === null ? [] : [file];
  };
  let last: { readonly key: string; readonly files: readonly ProjectedFile[]; readonly tree: AllocationTree } | null = null;
  const treeOf = async (scope: Scope, grouping: Grouping, filter: string, token: CancellationToken): Promise<AllocationTree> => {
    const key = JSON.stringify([scope, grouping, filter]);
    const present = await files(scope, token);
    if (last?.key === key && last.files.length === present.length && last.files.every((file, at) => file.file === present[at]?.file)) return last.tree;
    const uriOf = (path: string): string => (scope.kind === 'file' ? scope.uri : state.paths.uri(path.startsWith('/') ? path : joinPath(state.all.root, path)));
    last = { key, files: present, tree: allocationTree({ files: present.map(({ file }) => file), grouping, filter, uriOf }) };
    return last.tree;
  };

  connection.onRequest(METHODS.tree, (params: TreeParams, token: CancellationToken) => guarded<TreeAnswer>(METHODS.tree, connection.console, { nodes: [], summary: '' }, async () => {
    const tree = await treeOf(params.scope, params.grouping, params.filter, token);
    return { nodes: tree.children(params.parent), summary: tree.summary };
  }));

  connection.onRequest(METHODS.export, (params: ExportParams, token: CancellationToken) => guarded(METHODS.export, connection.console, '', async () => {
    if (params.format === 'markdown') return treeMarkdown(await treeOf(params.scope, params.grouping ?? 'file', params.filter ?? '', token));
    const present = await files(params.scope, token);
    const report = reportOf(present, state.platform.version);
    const value = params.format === 'json' ? report : sarifOf(report, present.flatMap(({ findings }) => findings), state.platform.plugins.flatMap((plugin) => plugin.rules));
    return `${JSON.stringify(value, null, 2)}\n`;
  }));

  connection.onRequest(METHODS.neighbour, (params: NeighbourParams, token: CancellationToken) => guarded<Span | null>(METHODS.neighbour, connection.console, null, async () => {
    await state.ready;
    const view = await state.reports.view(state.paths.path(params.uri), cancellationOf(token));
    return view === null ? null : neighbour(view, params.position, params.direction, state.configuration.settings);
  }));

  connection.onRequest(METHODS.analyzeWorkspace, (params: AnalyzeWorkspaceParams | null, token: CancellationToken) =>
    guarded<WorkspaceSummary>(METHODS.analyzeWorkspace, connection.console, { files: 0, sites: 0, cancelled: false }, async () => {
      await state.ready;
      const progress = params?.workDoneToken === undefined ? null : connection.window.attachWorkDoneProgress(params.workDoneToken);
      progress?.begin('Allocations', 0, 'Looking for files', true);
      let shown = -1;
      try {
        return await state.runWorkspace(cancellationOf(token), ({ done, total }) => {
          const percentage = total === 0 ? 100 : Math.floor((done / total) * 100);
          if (percentage !== shown) progress?.report((shown = percentage), `${done} of ${total} files`);
        });
      } finally {
        progress?.done();
      }
    }));
}

function reportOf(files: readonly ProjectedFile[], version: string): ReportJson {
  const lines = files.reduce((sum, file) => sum + file.lines, 0);
  const shown = files.map(({ file }) => file);
  return {
    schemaVersion: SCHEMA_VERSION, tool: { name: 'heaplight', version }, root: '.', files: shown, totals: totalsOf(shown, lines),
    timings: { totalMs: 0, readMs: 0, parseMs: 0, analyzeMs: 0, linesPerSecond: 0 },
  };
}
