// The status item: how many allocations the active editor holds.
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { METHODS, type Counts } from '../../../protocol/src/messages.js';

/** Shows the counts that the server sends for the active document; hidden for others and when switched off. */
export class AllocationStatus implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('heaplight.count', vscode.StatusBarAlignment.Right, 100);
  readonly #counts = new Map<string, Counts>();
  readonly #disposables: vscode.Disposable[];

  constructor(private readonly client: BaseLanguageClient) {
    this.#item.name = 'Heaplight: Allocations';
    this.#item.command = 'heaplight.showAllocations';
    this.#disposables = [
      this.#item,
      client.onNotification(METHODS.counts, (counts: Counts) => {
        this.#counts.set(counts.uri, counts);
        this.#show();
      }),
      vscode.window.onDidChangeActiveTextEditor(() => { this.#show(); }),
      vscode.workspace.onDidCloseTextDocument((document) => this.#counts.delete(client.code2ProtocolConverter.asUri(document.uri))),
      vscode.workspace.onDidChangeConfiguration((change) => { if (change.affectsConfiguration('heaplight.statusBar')) this.#show(); }),
    ];
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #show(): void {
    const document = vscode.window.activeTextEditor?.document;
    const counts = document ? this.#counts.get(this.client.code2ProtocolConverter.asUri(document.uri)) : undefined;
    if (!counts || !vscode.workspace.getConfiguration('heaplight').get('statusBar.enabled', true)) {
      this.#item.hide();
      return;
    }
    const { sites, inLoops, conditional, muted, callees, problems } = counts;
    this.#item.text = inLoops > 0 ? `⬢ ${sites} · ${inLoops} in loops` : `⬢ ${sites}`;
    const lines = [`${sites} allocation ${sites === 1 ? 'site' : 'sites'}, ${conditional} conditional, ${inLoops} in loops`, `${callees} calls that allocate inside · ${muted} muted`];
    if (problems > 0) lines.push(`${problems} ${problems === 1 ? 'part was' : 'parts were'} not analysed`);
    this.#item.tooltip = lines.join('\n');
    this.#item.show();
  }
}
