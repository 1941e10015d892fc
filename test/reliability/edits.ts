// One edit of a workspace at a time: of a document as an editor sends it, of a file behind the editor's back, and of which files there are.
// Pure description and application; what must hold afterwards is said by the tests.
import fc from 'fast-check';
import { LineIndex } from '../../server/src/syntax/lineIndex.js';
import type { Workspace } from '../../server/src/workspace/workspace.js';
import { SNIPPETS } from './programs.js';
import { ROOT, sourcesOf, type Files } from './workspaces.js';

const TEXT_EDITS = ['letter', 'number', 'statement', 'declaration', 'comment', 'removeLine', 'repeatLine', 'removeItem', 'repeatItem', 'parameter', 'junk', 'cut'] as const;
const FILE_EDITS = ['add', 'remove', 'rename'] as const;

/** An edit; the numbers choose what and where, and always fit. */
export interface Edit {
  readonly kind: (typeof TEXT_EDITS)[number] | (typeof FILE_EDITS)[number] | 'mend' | 'toggle';
  readonly file: number;
  readonly place: number;
  readonly pick: number;
}

const number = fc.nat(9999);
/** Edits of texts, mostly such that a valid text stays so. */
export const textEdit: fc.Arbitrary<Edit> = fc.record({ kind: fc.constantFrom(...TEXT_EDITS, 'mend' as const), file: number, place: number, pick: number });
/** Edits of any kind. */
export const anyEdit: fc.Arbitrary<Edit> = fc.record({ kind: fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...TEXT_EDITS) }, { weight: 2, arbitrary: fc.constantFrom(...FILE_EDITS) }, { weight: 2, arbitrary: fc.constantFrom('mend' as const, 'toggle' as const) }), file: number, place: number, pick: number });

/** A workspace that lives through edits, and the texts as they are now. */
export class Edited {
  readonly #open = new Set<string>();
  readonly #whole = new Map<string, string>();
  #version = 1;

  constructor(readonly workspace: Workspace, readonly files: Files, readonly language: 'go' | 'rust', open: boolean) {
    for (const path of sourcesOf(files)) this.#whole.set(path, this.text(path));
    if (open) for (const path of sourcesOf(files).filter((_, at) => at % 2 === 0)) this.toggle(path);
  }

  text(path: string): string {
    return String(this.files.get(path) ?? '');
  }

  /** Opens a closed document, or saves and closes an open one. */
  toggle(path: string): void {
    if (this.#open.delete(path)) return this.workspace.close(path);
    this.#open.add(path);
    this.workspace.open(path, this.text(path), this.#version++);
  }

  /** Replaces `[start, end)`: a change of the document when it is open, else a write to the disk. */
  replace(path: string, start: number, end: number, inserted: string): void {
    const text = this.text(path);
    this.files.set(path, text.slice(0, start) + inserted + text.slice(end));
    if (!this.#open.has(path)) return this.workspace.filesChanged([{ path, kind: 'changed' }]);
    const lines = new LineIndex(text);
    this.workspace.change(path, [{ range: { start: lines.position(start), end: lines.position(end) }, text: inserted }], this.#version++);
  }

  /** Takes back what was done to a file since it was last valid. */
  mend(path: string): void {
    const whole = this.#whole.get(path) ?? '';
    const text = this.text(path);
    if (text === whole) return;
    let start = 0;
    while (start < Math.min(text.length, whole.length) && text[start] === whole[start]) start++;
    if (/[\ud800-\udbff]/.test(text[start - 1] ?? '')) start--;
    this.replace(path, start, text.length, whole.slice(start));
  }

  /** Makes all files valid again. */
  mendAll(isValid: (path: string) => boolean): void {
    for (const path of sourcesOf(this.files)) if (!isValid(path)) this.mend(path);
  }

  /** Remembers texts that are valid. */
  remember(isValid: (path: string) => boolean): void {
    for (const path of sourcesOf(this.files)) if (isValid(path)) this.#whole.set(path, this.text(path));
  }

  apply({ kind, file, place, pick }: Edit): void {
    const sources = sourcesOf(this.files);
    const path = sources[file % sources.length];
    const snippets = SNIPPETS[this.language];
    if (kind === 'add') {
      const made = `${ROOT}/${this.language === 'rust' ? 'src/' : ''}added${pick % 3}.${this.language === 'rust' ? 'rs' : 'go'}`;
      if (this.files.has(made)) return;
      this.files.set(made, `${snippets.head}${snippets.declarations[place % snippets.declarations.length] ?? ''}\n`);
      return this.workspace.filesChanged([{ path: made, kind: 'created' }]);
    }
    if (path === undefined) return;
    const text = this.text(path);
    switch (kind) {
      case 'toggle': return this.toggle(path);
      case 'mend': return this.mend(path);
      case 'remove': case 'rename': {
        if (this.#open.has(path) || sources.length < 3) return;
        this.files.delete(path);
        const to = path.replace(/(\.\w+)$/, `_${pick % 2}$1`);
        if (kind === 'rename') this.files.set(to, text);
        return this.workspace.filesChanged([{ path, kind: 'deleted' }, ...(kind === 'rename' ? [{ path: to, kind: 'created' as const }] : [])]);
      }
      default: {
        const { start, end, inserted } = replacementOf(kind, text, place, pick, snippets);
        if (start !== end || inserted !== '') this.replace(path, start, end, inserted);
      }
    }
  }
}

interface Replacement { readonly start: number; readonly end: number; readonly inserted: string }
type Snippets = (typeof SNIPPETS)['go' | 'rust'];
const NONE: Replacement = { start: 0, end: 0, inserted: '' };
const JUNK = ['{', '}', '"', '/*', ')', '`', '(', '😀', '\0', 'fn ', 'func (', '\r', '#[', "'"];

function replacementOf(kind: string, text: string, place: number, pick: number, snippets: Snippets): Replacement {
  const at = (pattern: RegExp): RegExpExecArray | null => {
    const all = [...text.matchAll(pattern)];
    return all[place % Math.max(1, all.length)] ?? null;
  };
  const insert = (start: number, inserted: string): Replacement => ({ start, end: start, inserted });
  const behind = (match: RegExpExecArray | null, inserted: string): Replacement => (match === null ? NONE : insert(match.index + match[0].length, inserted));
  const of = (values: readonly string[]): string => values[pick % values.length] ?? '';
  const item = /^(?:pub )?(?:func|fn|impl|type|struct)[^\n]*(?:\n(?![}\n])[^\n]*)*\n?\}?\n/gm;
  switch (kind) {
    case 'letter': return behind(at(/\b[a-z]\w{2,}\b/g), of(['x', '_', '7', 'é', 'Z']));
    case 'number': return behind(at(/\b\d+\b/g), of(['0', '1', '_0']));
    case 'statement': return behind(at(/\{\n/g), `${of(snippets.statements)}\n`);
    case 'declaration': return insert(text.length, `${text.endsWith('\n') || text === '' ? '' : '\n'}${of(snippets.declarations)}\n`);
    case 'comment': return behind(at(/\n/g), of(['// why\n', '\n', '/* 😀 */\n', '// heaplight: no-alloc\n', '// heaplight: allow here\n']));
    case 'removeLine': return cut(at(/^[^\n]*\n/gm), '');
    case 'repeatLine': return behind(at(/^[^\n]*\n/gm), at(/^[^\n]*\n/gm)?.[0] ?? '');
    case 'removeItem': return cut(at(item), '');
    case 'repeatItem': return behind(at(item), at(item)?.[0].replace(/(?<=fn |func |type |struct )\w+/, (name) => `${name}${pick}`) ?? '');
    case 'parameter': return behind(at(/(?:fn|func) \w+\(/g), of(snippets.head === '' ? ['more: usize, ', 'text: &str, '] : ['more int, ', 'text string, ']));
    case 'junk': return insert(boundary(text, place % (text.length + 1)), of(JUNK));
    case 'cut': {
      const start = boundary(text, place % (text.length + 1));
      return { start, end: boundary(text, Math.min(text.length, start + (pick % 40))), inserted: '' };
    }
    default: return NONE;
  }
}

function cut(match: RegExpExecArray | null, inserted: string): Replacement {
  return match === null ? NONE : { start: match.index, end: match.index + match[0].length, inserted };
}

/** The offset itself, or the one before when it would part a surrogate pair. */
function boundary(text: string, offset: number): number {
  return /[\ud800-\udbff]/.test(text[offset - 1] ?? '') ? offset - 1 : offset;
}
