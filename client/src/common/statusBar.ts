// The status-bar item: allocations of the active editor, as the server counted them.
import { MarkdownString, StatusBarAlignment, window, workspace, type Disposable, type StatusBarItem, type Uri } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { METHODS, type Counts } from '../../../protocol/src/messages.js';

/** Shows counts; hidden where there are none to show. */
export class StatusBar implements Disposable {
  readonly #item: StatusBarItem = window.createStatusBarItem('heaplight.count', StatusBarAlignment.Right, 100);
  readonly #counts = new Map<string, Counts>();
  readonly #listeners: Disposable[];

  constructor(client: BaseLanguageClient) {
    this.#item.name = 'Heaplight';
    this.#item.command = 'heaplight.showAllocations';
    this.#listeners = [
      client.onNotification(METHODS.counts, (counts: Counts) => {
        this.#counts.set(counts.uri, counts);
        this.update();
      }),
      window.onDidChangeActiveTextEditor(() => { this.update(); }),
      workspace.onDidCloseTextDocument((document) => { this.#counts.delete(client.code2ProtocolConverter.asUri(document.uri)); }),
    ];
    this.#of = (uri) => this.#counts.get(client.code2ProtocolConverter.asUri(uri));
  }

  readonly #of: (uri: Uri) => Counts | undefined;

  update(): void {
    const editor = window.activeTextEditor;
    const counts = editor ? this.#of(editor.document.uri) : undefined;
    if (!counts || !workspace.getConfiguration('heaplight').get<boolean>('statusBar.enabled', true)) {
      this.#item.hide();
      return;
    }
    const word = counts.sites === 1 ? 'allocation' : 'allocations';
    const loops = counts.inLoops > 0 ? `, ${counts.inLoops} in ${counts.inLoops === 1 ? 'a loop' : 'loops'}` : '';
    this.#item.text = `⬢ ${counts.sites}`;
    this.#item.tooltip = new MarkdownString().appendText(`${counts.sites} ${word}${loops}. ${counts.muted} muted, ${counts.callees} in called functions.`);
    this.#item.accessibilityInformation = { label: `${counts.sites} ${word}${loops}` };
    this.#item.show();
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
    this.#item.dispose();
  }
}
