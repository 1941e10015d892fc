// A language client over the real server's stdio: the JSON-RPC that an editor speaks. Benches use it too.
import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import {
  createMessageConnection, StreamMessageReader, StreamMessageWriter, type MessageConnection,
} from 'vscode-languageserver/node';
import type { InitializationOptions } from '../../protocol/src/messages.js';

/** The built server. */
export const SERVER = fileURLToPath(new URL('../../dist/server/node.js', import.meta.url));

/** A hint as the server sends it. */
export interface Hint { readonly position: { line: number; character: number }; readonly label: string; readonly data: unknown; readonly tooltip?: { value: string } }

/** A started server and the connection to it. */
export class TestClient {
  readonly messages: string[] = [];
  readonly notifications: { readonly method: string; readonly params: unknown }[] = [];
  settings: unknown = {};
  #version = 1;

  private constructor(readonly process: ChildProcess, readonly connection: MessageConnection) {}

  /** Starts a server over a folder, null for none. */
  static async start(folder: string | null = null, settings: unknown = {}, module = SERVER, initializationOptions: InitializationOptions = {}): Promise<TestClient> {
    const child = spawn(process.execPath, [module, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const connection = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
    const client = new TestClient(child, connection);
    client.settings = settings;
    connection.onRequest('workspace/configuration', (params: { items: unknown[] }) => params.items.map(() => client.settings));
    connection.onRequest('client/registerCapability', () => null);
    connection.onRequest('workspace/inlayHint/refresh', () => { client.notifications.push({ method: 'workspace/inlayHint/refresh', params: null }); return null; });
    connection.onRequest('workspace/codeLens/refresh', () => null);
    connection.onNotification('window/showMessage', (params: { message: string }) => { client.messages.push(params.message); });
    connection.onNotification((method, params) => { client.notifications.push({ method, params }); });
    connection.onUnhandledProgress((params) => { client.notifications.push({ method: '$/progress', params }); });
    connection.listen();
    await connection.sendRequest('initialize', {
      processId: process.pid, rootUri: null, initializationOptions, workspaceFolders: folder === null ? null : [{ uri: `file://${folder}`, name: 'test' }],
      capabilities: { workspace: { configuration: true, workspaceFolders: true, inlayHint: { refreshSupport: true }, didChangeWatchedFiles: { dynamicRegistration: true } }, window: { workDoneProgress: true } },
    });
    await connection.sendNotification('initialized', {});
    return client;
  }

  async open(uri: string, text: string, languageId = uri.endsWith('.go') ? 'go' : 'rust'): Promise<void> {
    await this.connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version: this.#version, text } });
  }

  async change(uri: string, ...contentChanges: readonly object[]): Promise<void> {
    await this.connection.sendNotification('textDocument/didChange', { textDocument: { uri, version: ++this.#version }, contentChanges });
  }

  hints(uri: string, lines = 100_000): Promise<Hint[]> {
    return this.connection.sendRequest('textDocument/inlayHint', { textDocument: { uri }, range: { start: { line: 0, character: 0 }, end: { line: lines, character: 0 } } });
  }

  /** Hints as soon as they satisfy a condition, such as settings that are taken in live. */
  async hintsWhen(uri: string, holds: (hints: readonly Hint[]) => boolean): Promise<Hint[]> {
    for (const end = Date.now() + 10_000; ;) {
      const hints = await this.hints(uri);
      if (holds(hints)) return hints;
      if (Date.now() > end) throw new Error(`hints stayed ${JSON.stringify(hints.map((hint) => hint.label))}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  async hover(uri: string, line: number, character: number): Promise<string | null> {
    const hover = await this.connection.sendRequest<{ contents: { value: string } } | null>('textDocument/hover', { textDocument: { uri }, position: { line, character } });
    return hover?.contents.value ?? null;
  }

  /** Waits until a condition holds; rejects after ten seconds. */
  async until<T>(what: string, read: () => T | undefined): Promise<T> {
    for (const end = Date.now() + 10_000; ;) {
      const value = read();
      if (value !== undefined) return value;
      if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  async stop(): Promise<void> {
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    await new Promise((resolve) => this.process.once('exit', resolve));
    this.connection.dispose();
  }
}
