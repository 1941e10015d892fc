// Bodies of an engine: which function has which tree, and its types, inferred when they are asked for. Not here: where
// the text of a body is read (engineSources.ts), and what it costs (engineEffects.ts).
import type { EngineEnvironment } from '../../analysis/language.js';
import { NO_NODE, type FlatTree, type NodeIndex } from '../../syntax/flatTree.js';
import { isolate, ISOLATED } from '../../syntax/isolate.js';
import { RustField } from '../../syntax/kinds/rust.generated.js';
import { ItemFlag, ItemKind } from './declare/facts.js';
import { expandTree, type ExpandedTree } from './declare/macroTree.js';
import { macroExpander } from './engineMacros.js';
import { BodySources, type BodySource } from './engineSources.js';
import type { SourceProvider } from './layout/sourceProvider.js';
import type { LoadedFile } from './resolve/definitions.js';
import type { RustProgram } from './resolve/program.js';
import type { Signatures } from './resolve/signatures.js';
import type { SolvedFunction } from './solve/contract.js';
import { inferBody } from './solve/infer/inferBody.js';
import { InherentIndex } from './solve/infer/methods.js';
import type { Traits } from './types/traits.js';
import type { DefId } from './types/typeTable.js';

/** Bodies of one dependency that may be asked for; beyond, their effects stay unknown. */
const MAX_DEPENDENCY_BODIES = 20_000;

/** Functions with their types. */
export class Bodies {
  readonly index: InherentIndex;
  readonly #functions = new Map<DefId, SolvedFunction | null>();
  #expanded = new WeakMap<FlatTree, ExpandedTree>();
  /** Functions whose text changed: they are taken out of their file's tree, of which each edit makes another. */
  readonly #edited = new Set<DefId>();
  readonly #sources: BodySources;
  readonly #dependencyBodies = new Map<number, number>();
  readonly #ofDependencies: DefId[] = [];

  constructor(
    private readonly environment: EngineEnvironment, provider: SourceProvider, private readonly signatures: Signatures,
    private readonly traits: Traits, private readonly program: RustProgram,
  ) {
    this.index = new InherentIndex(signatures);
    this.#sources = new BodySources(environment, provider, signatures.world);
  }

  /** The function, constant or static with its types; null without a body at hand. */
  functionOf(def: DefId): SolvedFunction | null {
    if (def === 0) return null;
    let fn = this.#functions.get(def);
    if (fn !== undefined) return fn;
    this.#functions.set(def, null);
    fn = this.#infer(def);
    this.#functions.set(def, fn);
    return fn;
  }

  /** A function that was inferred before; null for others. */
  known(def: DefId): SolvedFunction | null {
    return this.#functions.get(def) ?? null;
  }

  /** Functions that were inferred. */
  *all(): Generator<SolvedFunction> {
    for (const fn of this.#functions.values()) if (fn !== null) yield fn;
  }

  /** Lets go of the bodies of dependencies: their summaries are all that is asked for from now on. */
  forgetDependencies(): void {
    for (const def of this.#ofDependencies) if (this.#functions.get(def) !== null) this.#functions.delete(def);
    this.#ofDependencies.length = 0;
  }

  /** Whether a function has a tree of its own. */
  isAlone(def: DefId): boolean {
    return this.#edited.has(def);
  }

  /** Infers a function anew when it is asked for; `alone` in a tree of its own. */
  forget(def: DefId, alone = false): void {
    this.#functions.delete(def);
    if (alone) this.#edited.add(def);
    else this.#edited.delete(def);
  }

  /** Functions, constants and statics written in a file. */
  functionsIn(file: LoadedFile): DefId[] {
    const found: DefId[] = [];
    const { code, items } = file.facts;
    for (let ordinal = 0; ordinal < items.length; ordinal++) {
      const kind = code[items[ordinal] as number];
      if ((kind === ItemKind.Function || kind === ItemKind.Const || kind === ItemKind.Static) && ((code[(items[ordinal] as number) + 2] as number) & ItemFlag.HasBody) !== 0) found.push(file.defs[ordinal] as number);
    }
    return found;
  }

  #infer(def: DefId): SolvedFunction | null {
    const { world } = this.signatures;
    const { defs } = world;
    const kind = defs.kind(def);
    if (kind !== ItemKind.Function && kind !== ItemKind.Const && kind !== ItemKind.Static) return null;
    if ((defs.flags(def) & ItemFlag.HasBody) === 0) return null;
    const file = defs.fileOf(def);
    const crate = world.crateOf(def);
    const workspace = crate.source.origin === 'workspace';
    if (!workspace) {
      const asked = (this.#dependencyBodies.get(crate.index) ?? 0) + 1;
      if (asked > MAX_DEPENDENCY_BODIES) return null;
      this.#dependencyBodies.set(crate.index, asked);
      this.#ofDependencies.push(def);
    }
    const source = this.#sources.of(def);
    if (source === null) return null;
    if (source.tree.childByField(source.node, kind === ItemKind.Function ? RustField.Body : RustField.Value) === NO_NODE) return null;
    const { tree, node, scopes } = this.#edited.has(def) ? isolated(source) : source;
    const expanded = this.#expandedOf(tree, file, file.declared !== null && world.treeOf(file.declared) === tree ? 0 : def);
    const body = inferBody(this.signatures, this.traits, this.index, expanded, def, node, scopes);
    return {
      def, name: this.program.pathOf(def), path: file.path, node, body, test: (defs.flags(def) & ItemFlag.Test) !== 0 || /(?:^|\/)(?:tests|benches|examples)\//.test(file.path),
      initialiser: kind !== ItemKind.Function, reported: workspace && file.expansionOf === 0,
    };
  }

  /** Takes what macros make of the same text for something else from now on: macros changed. */
  forgetExpansions(): void {
    this.#expanded = new WeakMap();
  }

  /** The tree of a file, or of one item alone, with its macros. */
  #expandedOf(tree: FlatTree, file: LoadedFile, alone: DefId): ExpandedTree {
    let expanded = this.#expanded.get(tree);
    if (expanded === undefined) {
      const parse = this.environment.parseFragment;
      expanded = expandTree(tree, parse === undefined ? null : (text) => parse('rust', text), macroExpander(this.signatures.world, file, tree, alone));
      this.#expanded.set(tree, expanded);
    }
    return expanded;
  }
}

/** A body in a tree of its own. */
function isolated({ tree, node, scopes }: BodySource): BodySource {
  const moved = new Map<NodeIndex, DefId>();
  const end = tree.next[node] as number;
  for (const [block, scope] of scopes) if (block >= node && block < end) moved.set(block - node + ISOLATED, scope);
  return { tree: isolate(tree, node), node: ISOLATED, scopes: moved };
}
