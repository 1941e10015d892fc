// Places of the protocol as the editor's own values.
import * as vscode from 'vscode';
import type { Span } from '../../../protocol/src/messages.js';

/** A span as a range of the editor. */
export function toRange(span: Span): vscode.Range {
  return new vscode.Range(span.start.line, span.start.character, span.end.line, span.end.character);
}
