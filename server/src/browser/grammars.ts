// Fetches the parser's runtime, the grammars and the facts of the standard libraries from where the extension lies.
// A grammar that cannot be had turns its language off; without its facts a language goes on and knows less.
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

/** Fetches texts into `texts`; the result is a sentence for each that could not be had. Never rejects. */
export async function fetchAssets(base: string, names: readonly string[], texts: Map<string, string>): Promise<readonly string[]> {
  const failures = await Promise.all(names.map(async (name) => {
    try {
      texts.set(name, new TextDecoder('utf-8').decode(await bytes(`${base}/assets/${name}`)));
      return [];
    } catch (error) {
      return [`Calls into the standard library are not known: ${messageOf(error)}.`];
    }
  }));
  return failures.flat();
}

async function bytes(address: string): Promise<Uint8Array> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
