// The extension in a browser: the server is a module worker.
import * as vscode from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import { start } from '../common/extension.js';

/** Called by the editor when a Rust or Go document is opened, or a command is run. */
export function activate(context: vscode.ExtensionContext): Promise<void> {
  const worker = new Worker(vscode.Uri.joinPath(context.extensionUri, 'dist/server/browser.js').toString(), { type: 'module', name: 'heaplight' });
  return start(context, (id, name, options) => new LanguageClient(id, name, worker, options));
}
