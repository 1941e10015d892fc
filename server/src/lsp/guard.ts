// What every handler is wrapped in: a request is always answered, a failure costs one answer, a cancelled request says that it was.
import { LSPErrorCodes, MessageType, ResponseError, ShowMessageNotification, type CancellationToken, type Connection, type RemoteConsole } from 'vscode-languageserver';
import type { Cancellation } from '../workspace/host.js';

/** Thrown inside a guarded handler to end a cancelled request. */
export class Cancelled extends Error {}

/** A token of the protocol as the workspace asks for it. */
export function cancellationOf(token: CancellationToken): Cancellation {
  return { get cancelled() { return token.isCancellationRequested; } };
}

/** Runs a handler. What it throws is written to the log, and `otherwise` is the answer. */
export async function guarded<T>(name: string, console: Pick<RemoteConsole, 'error'>, otherwise: T, work: () => T | Promise<T>): Promise<T | ResponseError<void>> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Cancelled) return new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
    console.error(`${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return otherwise;
  }
}

/** Shows a message to the user. A notification: it asks for no answer, so that a client that gives none does no harm. */
export function say(connection: Connection, severity: 'error' | 'warning', message: string): void {
  void connection.sendNotification(ShowMessageNotification.type, { type: severity === 'error' ? MessageType.Error : MessageType.Warning, message }).catch(() => undefined);
}
