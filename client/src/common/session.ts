// What the client's parts share: a language client that is running, and the questions they ask it. Knows no platform.
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import type { ExtensionContext } from 'vscode';
import { Uri } from 'vscode';
import type { InitializationOptions } from '../../../protocol/src/messages.js';

/** Makes a client that is not started yet. */
export type ClientFactory = (context: ExtensionContext, options: LanguageClientOptions) => BaseLanguageClient;

/** Options that every platform's client has. */
export function clientOptions(context: ExtensionContext): LanguageClientOptions {
  const initializationOptions: InitializationOptions = {
    documentation: Uri.joinPath(context.extensionUri, 'docs', 'rules').toString(),
    assets: Uri.joinPath(context.extensionUri, 'dist').toString(true),
  };
  return {
    documentSelector: [{ language: 'rust' }, { language: 'go' }],
    initializationOptions,
    connectionOptions: { maxRestartCount: 10 },
    markdown: { isTrusted: false, supportHtml: false },
  };
}
