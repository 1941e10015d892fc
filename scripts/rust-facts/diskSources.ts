// The machine's files as an engine asks for them, for the generators beside it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { DirectoryEntry, SourceFile, Sources } from '../../server/src/analysis/language.js';
import type { SourceParser } from '../../server/src/syntax/parser.js';

/** Files on the disk, parsed once each. */
export class DiskSources implements Sources {
  readonly #files = new Map<string, SourceFile | null>();

  /**
   * @param asset text of an asset that ships, null for none
   * @param prepare what is done to a text before it is parsed; keeps its length
   */
  constructor(private readonly parser: SourceParser, readonly asset: (name: string) => string | null, private readonly prepare = (text: string): string => text) {}

  file(path: string): SourceFile | null {
    let file = this.#files.get(path);
    if (file === undefined) {
      const text = this.text(path);
      const tree = text === null ? null : this.parser.parseOnce(this.prepare(text));
      file = tree ? { path, tree, problems: [] } : null;
      this.#files.set(path, file);
    }
    return file;
  }

  sourceText(path: string): string | null {
    const text = this.text(path);
    return text === null ? null : this.prepare(text);
  }

  text(path: string): string | null {
    return existsSync(path) ? readFileSync(path, 'utf8') : null;
  }

  list(directory: string): readonly DirectoryEntry[] {
    if (!existsSync(directory)) return [];
    return readdirSync(directory, { withFileTypes: true }).map((entry) => ({ name: entry.name, kind: entry.isDirectory() ? 'directory' as const : 'file' as const })).sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}
