// Damages real texts as editors, merges and disks do. The same draw gives the same damage.
import { readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { languageOptions, NO_TOOLCHAIN_SETTINGS } from '../../server/src/node/toolchains.js';
import { textsBelow } from '../support/readers.js';
import { FULL, type Draw } from './effort.js';

/** Largest text that is damaged: what is looked for are states, not sizes. */
const LONGEST = 60_000;

/** Real texts of a language: fixtures and samples, and in a full run also the Go installation's tests and crates of cargo's registry where there are any. */
export function realTexts(language: 'go' | 'rust'): string[] {
  const root = new URL('../../', import.meta.url).pathname;
  const folders = [`${root}test/fixtures/${language}`, `${root}samples/${language}`];
  if (FULL) folders.push(...(language === 'go' ? goFolders() : crateFolders()));
  const texts: string[] = [];
  for (const { text } of textsBelow(folders, language === 'go' ? '.go' : '.rs')) if (text.length <= LONGEST) texts.push(text);
  return texts;
}

function goFolders(): string[] {
  const { goroot } = languageOptions(NO_TOOLCHAIN_SETTINGS, []).go;
  return goroot === null ? [] : ['test', 'src/go/types', 'src/net/http', 'src/internal/types/testdata'].map((name) => join(goroot, name));
}

function crateFolders(): string[] {
  try {
    const registries = join(homedir(), '.cargo', 'registry', 'src');
    return readdirSync(registries).flatMap((registry) => readdirSync(join(registries, registry)).slice(0, 60).map((crate) => join(registries, registry, crate, 'src')));
  } catch {
    return [];
  }
}

const TOKEN = /[\p{L}_][\p{L}\p{N}_]*|\d[\w.]*|"(?:[^"\\\n]|\\.)*"|\s+|[^\s\p{L}\p{N}_]/gu;

/** One to four damages of a text; `others` are texts to splice with. */
export function mutated(text: string, others: readonly string[], draw: Draw): string {
  let result = text;
  for (let rounds = 1 + draw.below(4); rounds > 0; rounds--) result = mutatedOnce(result, others, draw);
  return result;
}

function mutatedOnce(text: string, others: readonly string[], draw: Draw): string {
  const kind = draw.below(9);
  if (kind === 0) return text.slice(0, draw.below(text.length + 1));
  if (kind === 1) return text.slice(draw.below(text.length + 1));
  if (kind === 2) {
    const other = draw.of(others);
    return text.slice(0, draw.below(text.length + 1)) + other.slice(draw.below(other.length + 1));
  }
  if (kind === 3) return flipped(text, draw);
  const tokens = text.match(TOKEN) ?? [];
  if (tokens.length < 3) return text;
  const at = draw.below(tokens.length);
  const to = draw.below(tokens.length);
  const [one = '', two = ''] = [tokens[at], tokens[to]];
  switch (kind) {
    case 4: tokens.splice(at, 1 + draw.below(3)); break;
    case 5: tokens.splice(at, 0, ...Array.from({ length: 1 + draw.below(20) }, () => one)); break;
    case 6: tokens[at] = two; tokens[to] = one; break;
    case 7: tokens.splice(at, 0, ...tokens.slice(to, to + draw.below(200))); break;
    default: tokens[at] = draw.of(others).match(TOKEN)?.[0] ?? '';
  }
  return tokens.join('');
}

/** Bits of its bytes turned, read back as a file is. */
function flipped(text: string, draw: Draw): string {
  const bytes = Buffer.from(text, 'utf8');
  for (let count = 1 + draw.below(6); count > 0 && bytes.length > 0; count--) {
    const at = draw.below(bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << draw.below(8));
  }
  return new TextDecoder().decode(bytes);
}

/** A text of `test/reliability` for messages of failed tests: the shortest that says what failed. */
export function shown(text: string): string {
  return JSON.stringify(text.length > 4000 ? `${text.slice(0, 4000)}…` : text);
}
