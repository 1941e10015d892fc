// Crates without sources: outlines that ship with Heaplight, and what rows of heaplight.json say of types. A crate on disk always wins; this is
// asked when no manifest leads to one.
import type { EngineEnvironment } from '../../../analysis/language.js';
import type { SymbolTable } from '../../../syntax/symbolTable.js';
import { Configuration } from '../declare/cfg.js';
import type { Declarer } from '../declare/declareFile.js';
import { OUTLINED_CRATES, OUTLINES_ASSET } from '../models/outlined.js';
import { userOutlines } from '../models/userOutlines.js';
import { userRows } from '../models/userRows.js';
import type { CrateSource } from '../resolve/crates.js';
import { readOutlines, type Outline } from '../resolve/outlines.js';
import type { PackedFile } from '../resolve/pack.js';

const PREFIX = 'outline:';
const KNOWN: ReadonlySet<string> = new Set(OUTLINED_CRATES);

/** Outlined crates of one engine. */
export class OutlinedCrates {
  readonly #own: ReadonlyMap<string, string>;
  readonly #outlines = new Map<string, Outline | null>();
  #readers: ReadonlyMap<string, () => Outline> | null = null;

  constructor(readonly environment: EngineEnvironment, readonly symbols: SymbolTable, readonly declarer: Declarer) {
    this.#own = userOutlines(userRows(environment.options.models).rows, KNOWN);
  }

  /** Whether an id is one of an outline: never a path. */
  static owns(id: string): boolean {
    return id.startsWith(PREFIX);
  }

  /** Id of the outline of a crate; null when there is none. */
  idOf(name: string): string | null {
    return this.#own.has(name) || (KNOWN.has(name) && this.#outline(name) !== null) ? PREFIX + name : null;
  }

  /** The crate behind an id of {@link idOf}; null for other ids and where the asset is missing. */
  crate(id: string): CrateSource | null {
    if (!OutlinedCrates.owns(id)) return null;
    const name = id.slice(PREFIX.length);
    const outline = this.#outline(name);
    if (outline === null && !this.#own.has(name)) return null;
    return { id, name, edition: outline?.edition ?? 2021, origin: 'dependency', root: id, unit: id, key: `${name} ${outline?.version ?? ''}`, externs: new Map(), configuration: Configuration.everything };
  }

  /** Files of an outlined crate; null for others. */
  packed(crate: CrateSource): readonly PackedFile[] | null {
    if (!OutlinedCrates.owns(crate.id)) return null;
    const files = this.#outline(crate.name)?.files ?? [];
    const own = this.#own.get(crate.name);
    const tree = own === undefined ? null : (this.environment.parseFragment?.('rust', own) ?? null);
    if (tree === null) return files;
    return [...files, { ownerFile: files.length > 0 ? 0 : -1, ownerOrdinal: 0, expansion: files.length > 0, call: null, path: null, details: null, facts: this.declarer.declare(tree).facts }];
  }

  #outline(name: string): Outline | null {
    let outline = this.#outlines.get(name);
    if (outline === undefined) {
      if (this.#readers === null) {
        const text = KNOWN.has(name) ? this.environment.sources.asset(OUTLINES_ASSET) : null;
        if (text !== null) this.#readers = readOutlines(text, this.symbols);
      }
      outline = this.#readers?.get(name)?.() ?? null;
      this.#outlines.set(name, outline);
    }
    return outline;
  }
}
