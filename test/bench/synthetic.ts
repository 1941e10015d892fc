// What the benchmarks share: plain parsers to compare with, quantiles, and files of a wanted length out of a corpus' own functions.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Language, Parser } from 'web-tree-sitter';
import type { LanguagePlugin } from '../../server/src/analysis/language.js';
import { startRuntime } from '../../server/src/syntax/runtime.js';

const require = createRequire(import.meta.url);

/** The value below which a share of the values lies; 0 for none. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0;
}

/** The bare parser of a language. */
export async function plainParser(language: LanguagePlugin['id']): Promise<Parser> {
  await startRuntime();
  const parser = new Parser();
  parser.setLanguage(await Language.load(readFileSync(require.resolve(`tree-sitter-${language}/tree-sitter-${language}.wasm`))));
  return parser;
}

/** Offsets behind names in bodies of functions: where single characters are typed. */
export function typingPlaces(parser: Parser, text: string): readonly number[] {
  const tree = parser.parse(text);
  if (tree === null) return [];
  const isInBody = (at: number): boolean => {
    let node = tree.rootNode.descendantForIndex(at);
    while (node !== null && node.type !== 'block') node = node.parent;
    return node !== null;
  };
  const places = [...text.matchAll(/(?<=[ (,])[a-z]{3,}(?=[.,)])/g)].map((match) => match.index + match[0].length).filter(isInBody);
  tree.delete();
  return places;
}

/** Strokes before those that are measured, so that the code is warm: fewer where a file was edited before in the same process. */
export function warmUpStrokes(isFirst: boolean): number {
  return isFirst ? 300 : 30;
}

/** A file of about `lines` lines out of whole files of the corpus' own functions, without package clauses or inner attributes: valid code, as the parser sees it. */
export function synthesise(language: LanguagePlugin['id'], parser: Parser, texts: readonly string[], lines: number): string {
  const start = language === 'go' ? /^func /m : /^(?:pub(?:\([a-z]+\))? )?(?:async )?fn /m;
  const parts: string[] = language === 'go' ? ['package bench\n'] : [''];
  const valid = new Map<string, boolean>();
  const isValid = (body: string): boolean => { // what stands in a raw string only looks like a function
    let known = valid.get(body);
    if (known === undefined) {
      const tree = parser.parse(`${parts[0] ?? ''}${body}`);
      valid.set(body, (known = tree !== null && !tree.rootNode.hasError));
      tree?.delete();
    }
    return known;
  };
  let count = 1;
  for (let round = 0; count < lines && round < 400; round++) {
    for (const text of texts) {
      for (const piece of text.split(/\n(?=(?:func |fn |pub fn |async fn ))/)) {
        const end = piece.indexOf('\n}\n');
        if (count >= lines || end < 0 || !start.test(piece.slice(0, 40)) || !/^(?:func |fn |pub fn |async fn )/.test(piece)) continue;
        const body = `${piece.slice(0, end + 3)}\n`;
        if (!isValid(body)) continue;
        parts.push(body);
        count += body.split('\n').length - 1;
      }
    }
    if (parts.length < 2) break;
  }
  return parts.join('');
}
