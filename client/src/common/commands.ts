// The commands of the palette. Each does one thing through the server or the view; none analyses.
import * as vscode from 'vscode';
import { WorkDoneProgress, type BaseLanguageClient } from 'vscode-languageclient';
import { GROUPINGS, METHODS, type AnalyzeWorkspaceParams, type Grouping, type NeighbourParams, type Span, type WorkspaceSummary } from '../../../protocol/src/messages.js';
import type { AllocationsView } from './allocationsView.js';
import { toRange } from './convert.js';

/** Registers all commands. */
export function registerCommands(client: BaseLanguageClient, view: AllocationsView): vscode.Disposable[] {
  const commands: Readonly<Record<string, () => Promise<void>>> = {
    showAllocations: () => view.show('file'),
    showWorkspaceAllocations: () => showWorkspace(client, view),
    toggleHints,
    nextAllocation: () => jump(client, 'next'),
    previousAllocation: () => jump(client, 'previous'),
    explainAllocation: () => explain(client),
    groupAllocations: () => group(view),
    filterAllocations: () => filter(view),
    copyAllocations: () => copy(view),
    exportAllocations: () => save(view),
    restartServer: async () => {
      await client.stop();
      await client.start();
    },
  };
  return Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(`heaplight.${name}`, run));
}

/** Analyses the workspace; the server's progress is shown, and what a cancelled run has found so far stays. */
async function showWorkspace(client: BaseLanguageClient, view: AllocationsView): Promise<void> {
  await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: 'Heaplight: reading the workspace', cancellable: true }, async (progress, token) => {
    const workDoneToken = `heaplight-${Date.now()}`;
    let shown = 0;
    const listening = client.onProgress(WorkDoneProgress.type, workDoneToken, (value) => {
      if (value.kind !== 'report') return;
      const increment = Math.max(0, (value.percentage ?? shown) - shown);
      shown += increment;
      progress.report({ increment, ...(value.message === undefined ? {} : { message: value.message }) });
    });
    try {
      await client.sendRequest<WorkspaceSummary>(METHODS.analyzeWorkspace, { workDoneToken } satisfies AnalyzeWorkspaceParams, token);
    } catch (error) {
      if (!token.isCancellationRequested) throw error;
    } finally {
      listening.dispose();
    }
  });
  await view.show('workspace');
}

async function toggleHints(): Promise<void> {
  const settings = vscode.workspace.getConfiguration('heaplight');
  const inspected = settings.inspect('hints.enabled');
  const target = inspected?.workspaceValue !== undefined ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
  await settings.update('hints.enabled', !settings.get('hints.enabled', true), target);
}

async function jump(client: BaseLanguageClient, direction: NeighbourParams['direction']): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return;
  const { line, character } = editor.selection.active;
  const params: NeighbourParams = { uri: client.code2ProtocolConverter.asUri(editor.document.uri), position: { line, character }, direction };
  const span = await client.sendRequest<Span | null>(METHODS.neighbour, params);
  if (!span) {
    vscode.window.setStatusBarMessage('Heaplight: no allocation in this file', 3000);
    return;
  }
  const range = toRange(span);
  editor.selection = new vscode.Selection(range.start, range.start);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Shows the hover of the allocation at the cursor, or of the next one when there is none there. */
async function explain(client: BaseLanguageClient): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return;
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', editor.document.uri, editor.selection.active);
  const ours = hovers.some((hover) => hover.contents.some((content) => (typeof content === 'string' ? content : content.value).includes('heaplight')));
  if (!ours) await jump(client, 'next');
  await vscode.commands.executeCommand('editor.action.showHover');
}

async function group(view: AllocationsView): Promise<void> {
  const picked = await vscode.window.showQuickPick(GROUPINGS.map((grouping) => ({ label: `By ${grouping}`, grouping })), { placeHolder: 'Group allocations' });
  if (picked) view.group(picked.grouping satisfies Grouping);
}

async function filter(view: AllocationsView): Promise<void> {
  const words = await vscode.window.showInputBox({ prompt: 'Show allocations with these words: file, function, kind, certainty, rule', value: view.filter });
  if (words !== undefined) view.filter = words.trim();
}

async function copy(view: AllocationsView): Promise<void> {
  const markdown = await view.export('markdown');
  if (markdown === null) return;
  await vscode.env.clipboard.writeText(markdown);
  vscode.window.setStatusBarMessage('Heaplight: copied as Markdown', 3000);
}

/** Opens the report in an editor, from where it can be saved anywhere. */
async function save(view: AllocationsView): Promise<void> {
  const picked = await vscode.window.showQuickPick([{ label: 'JSON', format: 'json' as const }, { label: 'SARIF', format: 'sarif' as const }], { placeHolder: 'Export allocations' });
  const content = picked ? await view.export(picked.format) : null;
  if (content !== null) await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content, language: 'json' }));
}
