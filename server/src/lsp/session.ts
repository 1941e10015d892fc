// A language server session over any connection. Wires the protocol to the workspace and the features; holds no knowledge of either.
import {
  DidChangeConfigurationNotification, DidChangeWatchedFilesNotification, FileChangeType, TextDocumentSyncKind,
  type Connection, type InitializeParams, type InitializeResult,
} from 'vscode-languageserver';
import { functionLenses } from '../features/counts.js';
import { allocationHover, sitesMarkdown } from '../features/hover.js';
import { allocationHints, sitesOfHint } from '../features/inlayHints.js';
import type { ReportView } from '../features/reportView.js';
import type { InitializationOptions } from '../../../protocol/src/messages.js';
import { differIn } from '../../../protocol/src/readSettings.js';
import { Announcer } from './announcer.js';
import { Configuration } from './configuration.js';
import { cancellationOf, guarded, say } from './guard.js';
import { pathOfUri } from './paths.js';
import type { Platform } from './platform.js';
import { SessionState } from './sessionState.js';
import { handleViewRequests } from './viewRequests.js';

const WATCHED = ['**/*.{rs,go}', '**/{Cargo.toml,Cargo.lock,go.mod,go.work,heaplight.json}'];

interface HintData {
  readonly uri: string;
  readonly offset: number;
  readonly version: number | null;
}

/** Starts a session: registers all handlers and listens. */
export function startSession(connection: Connection, platform: Platform): void {
  const configuration = new Configuration(connection, (settings) => platform.settingsProblems?.(settings) ?? []);
  const state = new SessionState(platform, configuration);
  const announcer = new Announcer(connection, state);
  const { paths, workspace, reports } = state;
  const log = connection.console;
  let client: InitializeParams['capabilities'] = {};

  connection.onInitialize((params): InitializeResult => {
    client = params.capabilities;
    const options = (typeof params.initializationOptions === 'object' && params.initializationOptions !== null ? params.initializationOptions : {}) as InitializationOptions;
    configuration.initialize(params, options.settings);
    if (typeof options.documentation === 'string') state.setDocumentation(options.documentation);
    if (typeof options.storage === 'string') state.setStorage(options.storage);
    announcer.setAbilities({ hints: client.workspace?.inlayHint?.refreshSupport === true, lenses: client.workspace?.codeLens?.refreshSupport === true });
    const folders = params.workspaceFolders?.map((folder) => folder.uri) ?? [];
    state.all.setRoots(folders.map((uri) => pathOfUri(uri).replace(/(.)\/$/, '$1')));
    state.ready = platform.loadGrammars(typeof options.assets === 'string' ? options.assets : null).then(({ parsers, failures }) => {
      state.setParsers(parsers);
      if (failures.length > 0) say(connection, 'error', `Heaplight: ${failures.join(' ')}`);
    });
    return {
      serverInfo: { name: 'heaplight', version: platform.version },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        inlayHintProvider: { resolveProvider: true },
        hoverProvider: true,
        codeLensProvider: { resolveProvider: false },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  });

  let said: string | null = null; // about heaplight.json, as it is now
  const configure = async (pushed: unknown, always: boolean): Promise<void> => {
    const before = configuration.settings;
    const settings = await configuration.update(pushed);
    if (always || differIn(before, settings, ['go.goos', 'go.goarch', 'go.goroot', 'go.modcache', 'go.toolchain', 'rust.registry', 'analysis.maxFileSize'])) {
      const problem = state.configure();
      if (problem !== null && problem !== said) say(connection, 'warning', `Heaplight: ${problem}`);
      said = problem;
    }
    announcer.refresh();
    announcer.soon();
  };

  connection.onInitialized(() => {
    const loading = state.ready;
    state.ready = guarded('initialized', log, undefined, async () => {
      await loading;
      if (client.workspace?.didChangeWatchedFiles?.dynamicRegistration === true) {
        void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: WATCHED.map((globPattern) => ({ globPattern })) }).catch(() => undefined);
      }
      if (client.workspace?.didChangeConfiguration?.dynamicRegistration === true) void connection.client.register(DidChangeConfigurationNotification.type).catch(() => undefined);
      if (client.workspace?.workspaceFolders === true) {
        connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
          const gone = new Set(removed.map((folder) => pathOfUri(folder.uri)));
          state.all.setRoots([...state.all.roots.filter((root) => !gone.has(root)), ...added.map((folder) => pathOfUri(folder.uri))]);
          void configure(null, true);
        });
      }
      await configure(null, true);
    }).then(() => undefined);
    void guarded('warm-up', log, undefined, () => state.warmUp());
  });

  connection.onDidChangeConfiguration(({ settings }) => void guarded('didChangeConfiguration', log, undefined, async () => {
    await state.ready;
    await configure(settings, false);
  }));

  connection.onDidOpenTextDocument(({ textDocument: { uri, languageId, text, version } }) => {
    const path = paths.open(uri, languageId);
    workspace.open(path, text, version);
    changed(path);
  });
  connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) => {
    const path = paths.path(uri);
    workspace.change(path, contentChanges, version);
    changed(path);
  });
  connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
    const path = paths.path(uri);
    workspace.close(path);
    paths.close(uri);
    announcer.closed(path, uri);
    reports.forget(path);
    changed(path);
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    const events = changes.map(({ uri, type }) => ({ path: paths.path(uri), kind: type === FileChangeType.Created ? 'created' as const : type === FileChangeType.Deleted ? 'deleted' as const : 'changed' as const }));
    workspace.filesChanged(events.filter(({ path, kind }) => kind !== 'changed' || workspace.sources.document(path) === null));
    for (const { path } of events) changed(path);
    if (events.some(({ path }) => path.endsWith('/heaplight.json'))) void configure(null, true);
  });
  const changed = (path: string): void => {
    reports.invalidate();
    state.all.changed(path);
    state.lastChange = platform.host.now();
    announcer.soon();
  };

  connection.languages.inlayHint.on((params, token) => guarded('inlayHint', log, [], async () => {
    await state.ready;
    const { uri } = params.textDocument;
    const path = paths.path(uri);
    const cancellation = cancellationOf(token);
    const view = await (announcer.canRefreshHints ? reports.early(path, cancellation, (first) => { announcer.shown(path, first); }) : reports.view(path, cancellation));
    if (view === null) return [];
    const version = workspace.versionOf(path);
    return allocationHints(view, params.range, configuration.settings).map(({ position, label, paddingLeft, offset }) => ({
      position, label, paddingLeft, data: { uri, offset, version } satisfies HintData,
    }));
  }));

  connection.languages.inlayHint.resolve((hint, token) => guarded('inlayHint/resolve', log, hint, async () => {
    const data = hint.data as HintData | undefined;
    if (data === undefined) return hint;
    const path = paths.path(data.uri);
    const view = await reports.view(path, cancellationOf(token));
    if (view === null || workspace.versionOf(path) !== data.version) return hint;
    const sites = sitesOfHint(view, data.offset, configuration.settings);
    return sites.length === 0 ? hint : { ...hint, tooltip: { kind: 'markdown', value: sitesMarkdown(sites, view, state.hoverContext) } };
  }));

  connection.onHover((params, token) => guarded('hover', log, null, async () => {
    await state.ready;
    const path = paths.path(params.textDocument.uri);
    const cancellation = cancellationOf(token);
    const over = (view: ReportView | null): ReturnType<typeof allocationHover> => (view === null ? null : allocationHover(view, params.position, state.hoverContext));
    const hover = over(await reports.early(path, cancellation, () => undefined)) ?? over(await reports.view(path, cancellation));
    return hover === null ? null : { contents: hover.contents, range: hover.range };
  }));

  connection.onCodeLens((params, token) => guarded('codeLens', log, [], async () => {
    await state.ready;
    if (!configuration.settings['codeLens.enabled']) return [];
    const view = await reports.view(paths.path(params.textDocument.uri), cancellationOf(token));
    return view === null ? [] : functionLenses(view);
  }));

  handleViewRequests(connection, state);
  connection.onShutdown(() => { announcer.stop(); });
  connection.listen();
}
