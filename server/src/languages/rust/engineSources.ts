// Where a body is read: in the tree of its file, and where that was let go, in the text of the item alone. Not here: what a body means (engineBodies.ts).
import type { EngineEnvironment } from '../../analysis/language.js';
import type { FlatTree, NodeIndex } from '../../syntax/flatTree.js';
import { ItemKind, type DeclaredFile } from './declare/facts.js';
import { sameFacts } from './engineChange.js';
import type { SourceProvider } from './layout/sourceProvider.js';
import type { LoadedFile } from './resolve/definitions.js';
import { tokenTreeIn, tokenTreeText, type World } from './resolve/world.js';
import type { DefId } from './types/typeTable.js';

/** Files whose trees, and files whose texts are kept at a time, of those that let their trees go. */
const MAX_TREES = 64;
const MAX_TEXTS = 16;
/** Macros that made a macro call that made the body. */
const MAX_NESTED = 8;

/** A function, constant or static in a tree: that of its file or of its text alone. */
export interface BodySource {
  readonly tree: FlatTree;
  readonly node: NodeIndex;
  /** Scopes of the items inside of bodies, by block node of `tree`. */
  readonly scopes: ReadonlyMap<NodeIndex, DefId>;
}

interface FileSource {
  readonly declared: DeclaredFile;
  readonly tree: FlatTree;
}

/** Trees of bodies. */
export class BodySources {
  /** Two crates may have a file in common. */
  readonly #scopes = new WeakMap<DeclaredFile, Map<LoadedFile, ReadonlyMap<NodeIndex, DefId>>>();
  /** Files without a tree of their own that were read again, the latest last. */
  readonly #files = new Map<LoadedFile, FileSource>();
  readonly #texts = new Map<string, string | null>();

  constructor(private readonly environment: EngineEnvironment, private readonly provider: SourceProvider, private readonly world: World) {}

  /** Where the body of a definition stands; null when it cannot be read or its file does not declare it any more. */
  of(def: DefId): BodySource | null {
    const file = this.world.defs.fileOf(def);
    const alone = file.declared === null ? this.#alone(def, file) : null;
    if (alone !== null) return alone;
    const source = this.#fileSource(file, 0);
    return source === null ? null : { tree: source.tree, node: source.declared.nodes[this.world.defs.ordinalOf(def)] as number, scopes: this.#scopesOf(file, source.declared) };
  }

  /** The item's own text, parsed: node for node what the tree of the file had. */
  #alone(def: DefId, file: LoadedFile): BodySource | null {
    const { defs } = this.world;
    const spans = file.details?.spans;
    const ordinal = defs.ordinalOf(def);
    const start = spans?.[ordinal * 3] ?? -1;
    const parse = this.environment.parseFragment;
    const text = start < 0 || parse === undefined ? null : this.#textOf(file.path);
    if (spans === undefined || parse === undefined || text === null) return null;
    const places = file.details?.places;
    if (text.slice(places?.[ordinal * 2], places?.[ordinal * 2 + 1]) !== this.world.symbols.text(defs.name(def))) return null;
    const own = text.slice(start, spans[ordinal * 3 + 1] as number);
    const tree = parse('rust', own);
    const item = 1;
    if (tree === null || tree.errors.length > 0 || tree.count < 2 || tree.next[item] !== tree.count) return null;
    const shift = item - (spans[ordinal * 3 + 2] as number);
    const scopes = new Map<NodeIndex, DefId>();
    const { code, items } = file.facts;
    for (let other = ordinal + 1; other < items.length && code[(items[other] as number) + 5] !== 0; other++) {
      if (code[items[other] as number] !== ItemKind.BlockScope) continue;
      const node = (spans[other * 3 + 2] as number) + shift;
      if (node >= tree.count) break;
      scopes.set(node, file.defs[other] as number);
    }
    return { tree, node: item, scopes };
  }

  /** Declarations and tree of a file: its own, else read again from the sources when those still declare the same. */
  #fileSource(file: LoadedFile, depth: number): FileSource | null {
    if (file.declared !== null) {
      const tree = this.world.treeOf(file.declared);
      return tree === null ? null : { declared: file.declared, tree };
    }
    if (file.details === null || depth > MAX_NESTED) return null;
    let source = this.#files.get(file);
    if (source !== undefined) {
      this.#files.delete(file);
      this.#files.set(file, source);
      return source;
    }
    const declared = file.expansionOf === 0 ? this.#declaredAgain(file.path) : this.#expandedAgain(file, depth);
    const tree = declared === null ? null : this.world.treeOf(declared);
    if (declared === null || tree === null || !sameFacts(declared.facts, file.facts)) return null;
    source = { declared, tree };
    this.#files.set(file, source);
    if (this.#files.size > MAX_TREES) {
      for (const oldest of this.#files.keys()) {
        this.#files.delete(oldest);
        this.environment.sources.release?.([oldest.path]);
        break;
      }
    }
    return source;
  }

  #declaredAgain(path: string): DeclaredFile | null {
    const source = this.environment.sources.file(path);
    return source === null ? null : this.provider.declareTree(source.tree, path);
  }

  #expandedAgain(file: LoadedFile, depth: number): DeclaredFile | null {
    const { defs } = this.world;
    const call = file.expansionOf;
    const around = defs.fileOf(call);
    const at = defs.ordinalOf(call) * 3;
    const start = around.declared === null ? (around.details?.spans[at] ?? -1) : -1;
    const text = start < 0 ? null : this.#textOf(around.path);
    if (text !== null) return this.world.expandAgain(file, tokenTreeIn(text.slice(start, around.details?.spans[at + 1])));
    const source = this.#fileSource(around, depth + 1);
    return source === null ? null : this.world.expandAgain(file, tokenTreeText(source.tree, source.declared.nodes[defs.ordinalOf(call)] as number));
  }

  #textOf(path: string): string | null {
    let text = this.#texts.get(path);
    if (text === undefined) {
      if (this.#texts.size >= MAX_TEXTS) for (const oldest of this.#texts.keys()) {
        this.#texts.delete(oldest);
        break;
      }
      text = this.environment.sources.sourceText(path);
      this.#texts.set(path, text);
    }
    return text;
  }

  #scopesOf(file: LoadedFile, declared: DeclaredFile): ReadonlyMap<NodeIndex, DefId> {
    let known = this.#scopes.get(declared);
    if (known === undefined) this.#scopes.set(declared, (known = new Map()));
    let scopes = known.get(file);
    if (scopes === undefined) {
      const made = new Map<NodeIndex, DefId>();
      const { code, items } = file.facts;
      for (let ordinal = 0; ordinal < items.length; ordinal++) if (code[items[ordinal] as number] === ItemKind.BlockScope) made.set(declared.nodes[ordinal] ?? -1, file.defs[ordinal] as number);
      known.set(file, (scopes = made));
    }
    return scopes;
  }
}
