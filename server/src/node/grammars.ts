// Loads the parser's runtime and grammars that ship beside the bundles. A grammar that is missing or damaged turns its language off.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startRuntime } from '../syntax/runtime.js';
import { SourceParser } from '../syntax/parser.js';
import { profileOf } from '../syntax/profiles.js';
import type { LanguageId } from '../syntax/grammar.js';

/** Parsers that could be loaded, and a sentence for each that could not. */
export interface LoadedGrammars {
  readonly parsers: ReadonlyMap<LanguageId, SourceParser>;
  readonly failures: readonly string[];
}

/** Loads the grammars of a distribution's directory. Never rejects. */
export async function loadGrammars(distribution: string, languages: readonly LanguageId[]): Promise<LoadedGrammars> {
  const parsers = new Map<LanguageId, SourceParser>();
  const failures: string[] = [];
  try {
    await startRuntime({ wasmBinary: readFileSync(join(distribution, 'web-tree-sitter.wasm')) });
  } catch (error) {
    return { parsers, failures: [`The parser cannot be started: ${messageOf(error)}`] };
  }
  for (const language of languages) {
    try {
      parsers.set(language, await SourceParser.load(profileOf(language), grammarOf(distribution, language)));
    } catch (error) {
      failures.push(`${language === 'rust' ? 'Rust' : 'Go'} is turned off: ${messageOf(error)}`);
    }
  }
  return { parsers, failures };
}

/** The bytes of a grammar. Throws when they are not those that the distribution was built with: a damaged grammar may load and read code wrongly. */
function grammarOf(distribution: string, language: LanguageId): Uint8Array {
  const name = `tree-sitter-${language}.wasm`;
  const bytes = readFileSync(join(distribution, 'grammars', name));
  const { files } = JSON.parse(readFileSync(join(distribution, 'grammars', 'manifest.json'), 'utf8')) as { readonly files: readonly { readonly file: string; readonly sha256: string }[] };
  if (createHash('sha256').update(bytes).digest('hex') !== files.find(({ file }) => file === name)?.sha256) throw new Error(`${name} is not the grammar that this version was built with; install Heaplight again`);
  return bytes;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
