// The Allocations view: a tree whose nodes the server makes level by level. It holds no analysis, only what is shown.
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { METHODS, type AllocationNode, type ExportParams, type Grouping, type ReportsChanged, type Scope, type TreeAnswer, type TreeParams } from '../../../protocol/src/messages.js';
import { toRange } from './convert.js';

const VIEW = 'heaplight.allocations';
const ICONS: Readonly<Record<AllocationNode['role'], string>> = { group: 'symbol-namespace', site: 'symbol-event', callees: 'call-outgoing', muted: 'mute', note: 'info', problem: 'warning' };

/** The tree view and what it is about. */
export class AllocationsView implements vscode.TreeDataProvider<AllocationNode>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #disposables: vscode.Disposable[] = [];
  readonly #tree: vscode.TreeView<AllocationNode>;
  #scope: 'file' | 'workspace' = 'file';
  #grouping: Grouping = 'function';
  #filter = '';
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(private readonly client: BaseLanguageClient) {
    this.#tree = vscode.window.createTreeView(VIEW, { treeDataProvider: this, showCollapseAll: true });
    this.#disposables.push(
      this.#tree,
      this.#changed,
      vscode.window.onDidChangeActiveTextEditor(() => { if (this.#scope === 'file') this.refresh(); }),
      client.onNotification(METHODS.reportsChanged, (changed: ReportsChanged) => { this.#reportsChanged(changed); }),
      this.#tree.onDidChangeVisibility(({ visible }) => { if (visible) this.refresh(); }),
    );
  }

  /** Shows the allocations of the active file or of the workspace, and brings the view to the front. */
  async show(scope: 'file' | 'workspace'): Promise<void> {
    this.#scope = scope;
    this.refresh();
    await vscode.commands.executeCommand(`${VIEW}.focus`);
  }

  /** Groups the tree anew. */
  group(grouping: Grouping): void {
    this.#grouping = grouping;
    this.refresh();
  }

  /** Words that must occur in a site; empty for all. */
  get filter(): string {
    return this.#filter;
  }

  set filter(words: string) {
    this.#filter = words;
    this.refresh();
  }

  /** What is shown, as the server exports it. Null without an active file. */
  async export(format: ExportParams['format']): Promise<string | null> {
    const scope = this.#scopeNow();
    if (!scope) return null;
    const params: ExportParams = { scope, format, grouping: this.#grouping, filter: this.#filter };
    return this.client.sendRequest<string>(METHODS.export, params);
  }

  /** Asks the server for the tree again. */
  refresh(): void {
    this.#changed.fire(undefined);
  }

  async getChildren(parent?: AllocationNode): Promise<AllocationNode[]> {
    const scope = this.#scopeNow();
    if (!scope || !this.client.isRunning()) return [];
    const params: TreeParams = { scope, grouping: this.#grouping, filter: this.#filter, parent: parent?.id ?? null };
    const answer = await this.client.sendRequest<TreeAnswer>(METHODS.tree, params);
    if (!parent) this.#tree.message = this.#filter === '' ? answer.summary : `${answer.summary} · with ${this.#filter}`;
    return [...answer.nodes];
  }

  getTreeItem(node: AllocationNode): vscode.TreeItem {
    const state = node.children === 'none' ? vscode.TreeItemCollapsibleState.None : node.children === 'open' ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
    const item = new vscode.TreeItem(node.label, state);
    item.id = node.id;
    item.description = node.description;
    item.tooltip = node.tooltip;
    item.contextValue = node.role;
    item.iconPath = new vscode.ThemeIcon(ICONS[node.role]);
    if (node.target) {
      const selection = toRange(node.target.span);
      item.command = { command: 'vscode.open', title: 'Show in Editor', arguments: [vscode.Uri.parse(node.target.uri), { selection, preserveFocus: false }] };
    }
    return item;
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #reportsChanged({ uri }: ReportsChanged): void {
    if (!this.#tree.visible) return;
    const scope = this.#scopeNow();
    if (uri === null || scope?.kind === 'workspace' || (scope?.kind === 'file' && scope.uri === uri)) this.refresh();
  }

  #scopeNow(): Scope | null {
    if (this.#scope === 'workspace') return { kind: 'workspace' };
    const document = vscode.window.activeTextEditor?.document;
    return document && (document.languageId === 'rust' || document.languageId === 'go') ? { kind: 'file', uri: this.client.code2ProtocolConverter.asUri(document.uri) } : null;
  }
}
