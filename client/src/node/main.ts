// The extension where Node is: the server is a process of its own, which the client starts again when it ends.
import type * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { start } from '../common/extension.js';

/** Called by the editor when a Rust or Go document is opened, or a command is run. */
export function activate(context: vscode.ExtensionContext): Promise<void> {
  const module = context.asAbsolutePath('dist/server/node.js');
  const storage = context.storageUri?.scheme === 'file' ? context.storageUri.fsPath : null; // of this workspace alone; null without a folder
  return start(context, (id, name, options) => new LanguageClient(id, name, { module, transport: TransportKind.ipc }, options), storage === null ? {} : { storage });
}
