// Fetches the parser's runtime, the grammars and the assets from where the extension lies. What cannot be had turns its language off.
import type { LanguageId } from '../syntax/grammar.js';
import { SourceParser } from '../syntax/parser.js';
import { profileOf } from '../syntax/profiles.js';
import { startRuntime } from '../syntax/runtime.js';

/** Parsers that could be loaded, and a sentence for each that could not. Never rejects. */
export async function fetchGrammars(base: string, languages: readonly LanguageId[]): Promise<{ readonly parsers: ReadonlyMap<LanguageId, SourceParser>; readonly failures: readonly string[] }> {
  const parsers = new Map<LanguageId, SourceParser>();
  const failures: string[] = [];
  try {
    await startRuntime({ wasmBinary: await bytes(`${base}/web-tree-sitter.wasm`) });
  } catch (error) {
    return { parsers, failures: [`The parser cannot be started: ${messageOf(error)}`] };
  }
  for (const language of languages) {
    try {
      parsers.set(language, await SourceParser.load(profileOf(language), await bytes(`${base}/grammars/tree-sitter-${language}.wasm`)));
    } catch (error) {
      failures.push(`${language === 'rust' ? 'Rust' : 'Go'} is turned off: ${messageOf(error)}`);
    }
  }
  return { parsers, failures };
}

async function bytes(address: string): Promise<Uint8Array> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
