// What the extension is, whichever host runs it: a language client, the Allocations view, commands and a status item.
// Not here: how the server is started (node/main.ts, browser/main.ts).
import * as vscode from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import type { InitializationOptions } from '../../../protocol/src/messages.js';
import { AllocationsView } from './allocationsView.js';
import { registerCommands } from './commands.js';
import { AllocationStatus } from './status.js';

/** Makes the client of a host. */
export type ClientFactory = (id: string, name: string, options: LanguageClientOptions) => BaseLanguageClient;

/** Languages whose documents the server reads. */
export const LANGUAGES = ['rust', 'go'] as const;

/** Starts the extension. Resolves when the server answers; everything it made is disposed with `context`. */
export async function start(context: vscode.ExtensionContext, createClient: ClientFactory, options: InitializationOptions = {}): Promise<void> {
  const assets = vscode.Uri.joinPath(context.extensionUri, 'dist').toString();
  const documentation = vscode.Uri.joinPath(context.extensionUri, 'docs', 'rules.md').toString();
  const client = createClient('heaplight', 'Heaplight', {
    documentSelector: LANGUAGES.flatMap((language) => [{ language, scheme: 'file' }, { language, scheme: 'untitled' }, { language, scheme: 'vscode-vfs' }, { language, scheme: 'vscode-test-web' }]),
    initializationOptions: { assets, documentation, ...options } satisfies InitializationOptions,
    markdown: { isTrusted: false, supportHtml: false },
  });
  const view = new AllocationsView(client);
  const status = new AllocationStatus(client);
  context.subscriptions.push(client, view, status, ...registerCommands(client, view));
  await client.start();
}
