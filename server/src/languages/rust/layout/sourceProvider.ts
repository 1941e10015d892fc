// Gives a world its crates from sources: files are declared once per text, item macros are expanded into files of their own.
import type { EngineEnvironment } from '../../../analysis/language.js';
import type { FlatTree } from '../../../syntax/flatTree.js';
import { parsePartial } from '../../../syntax/partial.js';
import { RustField, RustKind } from '../../../syntax/kinds/rust.generated.js';
import { expandBuiltin } from '../declare/builtinMacros.js';
import type { Configuration } from '../declare/cfg.js';
import type { Declarer } from '../declare/declareFile.js';
import { ItemFlag, type DeclaredFile } from '../declare/facts.js';
import { leftOut } from '../declare/outline.js';
import { expandMacro } from '../declare/macroRules.js';
import type { CrateProvider, CrateSource, MacroCallText } from '../resolve/crates.js';
import type { PackedFile } from '../resolve/pack.js';
import { checksum, type CrateFacts } from '../facts/crateFacts.js';
import { ImportedFacts } from '../facts/importedFacts.js';
import { CargoLayout } from './cargoLayout.js';
import { OutlinedCrates } from './outlinedCrates.js';
import { join, joinedPath } from './paths.js';

const STD: readonly string[] = ['core', 'alloc', 'std'];

/** Crates of the standard library in another form than sources: facts that ship with Heaplight, or a harness. */
export interface StandardLibrary {
  crate(name: string): CrateSource | null;
  packed?(name: string): readonly PackedFile[] | null;
  declare(crate: CrateSource, path: string): DeclaredFile | null;
  moduleFile?(crate: CrateSource, parentFile: string, parentIsRoot: boolean, inline: readonly string[], name: string, explicit: string | null): string | null;
}

/** What a macro call made, and the definitions of further macros on the way, joined. */
interface KeptExpansion {
  readonly made: { readonly declared: DeclaredFile; readonly path: string } | null;
  readonly followed: readonly (readonly [name: string, texts: string])[];
}

/** A provider over the sources of an engine. */
export class SourceProvider implements CrateProvider {
  readonly layout: CargoLayout;
  readonly imported: ImportedFacts;
  readonly #outlines: OutlinedCrates;
  readonly #declared = new WeakMap<FlatTree, { readonly declared: DeclaredFile; readonly configuration: Configuration }>();
  readonly #trees = new WeakMap<DeclaredFile, FlatTree>();
  /** Files of one library, declared before it is loaded. */
  readonly #ahead = new Map<string, DeclaredFile>();
  #aheadOf = '';
  #expansions = new Map<string, KeptExpansion>();
  #lastExpansions = new Map<string, KeptExpansion>();

  /** Packages that are read from sources even where facts of them are at hand: their reports were asked for. */
  readonly fromSources = new Set<string>();

  constructor(readonly environment: EngineEnvironment, readonly declarer: Declarer, readonly standard: StandardLibrary) {
    this.#outlines = new OutlinedCrates(environment, declarer.symbols, declarer);
    this.imported = new ImportedFacts(environment.facts, declarer.symbols);
    this.layout = new CargoLayout(environment.sources, environment.options.rust.registry, this.imported, environment.options.rust.asked);
  }

  /** Facts of a library that come in place of its sources; null when it is read from those. */
  factsOf(crate: CrateSource): CrateFacts | null {
    if (crate.origin === 'std' || crate.unit === crate.root || this.fromSources.has(crate.unit)) return null;
    const facts = this.imported.find(crate.unit, crate.name)?.facts ?? null;
    if (facts === null || facts.header.origin !== crate.origin || joinedPath(crate.unit, facts.header.root) !== crate.root) return null;
    return crate.origin === 'workspace' || facts.header.inputs === this.inputsOf(crate) ? facts : null;
  }

  /** Hash of what says which sources of a dependency these are, and of which crates it sees macros: cargo never changes an unpacked package, whose manifest holds its version. */
  inputsOf(crate: CrateSource): string {
    return checksum(`${this.environment.sources.text(join(crate.unit, 'Cargo.toml')) ?? ''}\0${JSON.stringify(this.layout.externFacts(crate))}`);
  }

  /** The tree that a file was declared from; null for facts without sources. */
  treeOf(declared: DeclaredFile): FlatTree | null {
    return this.#trees.get(declared) ?? null;
  }

  /** Declares the tree of a file; the same tree gives the same object. */
  declareTree(tree: FlatTree, path: string, configuration: Configuration = this.layout.configurationOf(path)): DeclaredFile {
    const known = this.#declared.get(tree);
    if (known?.configuration === configuration) return known.declared;
    const declared = this.declarer.declare(tree, 0, 0, configuration);
    this.#declared.set(tree, { declared, configuration });
    this.#trees.set(declared, tree);
    return declared;
  }

  crate(id: string): CrateSource | null {
    return STD.includes(id) ? this.standard.crate(id) : (OutlinedCrates.owns(id) ? this.#outlines.crate(id) : this.layout.crate(id));
  }

  outlineOf(crate: CrateSource, name: string): string | null {
    return this.#outlines.idOf(this.layout.libraryOf(crate, name));
  }

  packed(crate: CrateSource): readonly PackedFile[] | null {
    return crate.origin === 'std' ? (this.standard.packed?.(crate.id) ?? null) : (this.#outlines.packed(crate) ?? this.factsOf(crate)?.files ?? null);
  }

  declareAhead(crate: CrateSource, path: string): DeclaredFile | null {
    if (this.#aheadOf !== crate.id) this.#ahead.clear();
    this.#aheadOf = crate.id;
    const declared = this.declare(crate, path);
    if (declared !== null && crate.origin === 'dependency') this.#ahead.set(path, declared); // the store of sources keeps the others
    return declared;
  }

  declare(crate: CrateSource, path: string): DeclaredFile | null {
    const ahead = this.#ahead.get(path);
    if (ahead !== undefined) {
      this.#ahead.delete(path);
      return ahead;
    }
    if (crate.origin === 'std') {
      const declared = this.standard.declare(crate, path);
      return declared;
    }
    const { sources } = this.environment;
    // bodies of dependencies are read one by one, where they are wanted
    const file = crate.origin === 'dependency' && sources.outline !== undefined ? sources.outline(path, leftOut) : sources.file(path);
    return file === null ? null : this.declareTree(file.tree, path);
  }

  /** Lets a harness declare std from trees. */
  remember(declared: DeclaredFile, tree: FlatTree): void {
    this.#trees.set(declared, tree);
  }

  moduleFile(crate: CrateSource, parentFile: string, parentIsRoot: boolean, inline: readonly string[], name: string, explicit: string | null): string | null {
    if (crate.origin === 'std') return this.standard.moduleFile?.(crate, parentFile, parentIsRoot, inline, name, explicit) ?? null;
    return this.layout.moduleFile(parentFile, parentIsRoot, inline, name, explicit);
  }

  expand(crate: CrateSource, call: MacroCallText, member: boolean): { readonly declared: DeclaredFile; readonly path: string } | null {
    if (crate.origin !== 'workspace') return this.#expand(crate, call, member);
    // after an edit the same calls come again: the same text makes the same items, as the same object
    const key = `${member ? 'm' : 'i'}${call.flags} ${call.name} ${call.input}\0${call.definition ?? ''}`;
    const known = this.#expansions.get(key) ?? this.#lastExpansions.get(key);
    const isSame = known?.followed.every(([name, texts]) => call.definitions(name).join('\0') === texts) ?? false;
    const kept = known !== undefined && isSame ? known : this.#recorded(crate, call, member);
    this.#expansions.set(key, kept);
    return kept.made;
  }

  /** An expansion with the other macros that it was made by. */
  #recorded(crate: CrateSource, call: MacroCallText, member: boolean): KeptExpansion {
    const followed: (readonly [name: string, texts: string])[] = [];
    const definitions = (name: string): readonly string[] => {
      const texts = call.definitions(name);
      followed.push([name, texts.join('\0')]);
      return texts;
    };
    return { made: this.#expand(crate, { ...call, definitions }, member), followed };
  }

  /** What macros made of texts that do not come up again until the next call of this is let go. */
  forgetOldExpansions(): void {
    this.#lastExpansions = this.#expansions;
    this.#expansions = new Map();
  }

  /** Lets go of all that macros made. */
  forgetExpansions(): void {
    this.#expansions.clear();
    this.#lastExpansions.clear();
  }

  #expand(crate: CrateSource, call: MacroCallText, member: boolean): { readonly declared: DeclaredFile; readonly path: string } | null {
    const parse = this.environment.parseFragment;
    if (parse === undefined) return null;
    const configuration = this.layout.configurationOf(crate.root);
    const builtin = (holds: (cfg: string) => boolean): string | null => expandBuiltin(call.name, call.input, holds);
    let text = call.definition !== null ? expandMacro(call.definition, call.input, call.definitions) : builtin((cfg) => holdsByDefault(configuration, cfg));
    if (text === '' && call.definition === null) text = builtin((cfg) => configuration.judge(cfg).active);
    if (text === null || text.trim() === '') return null;
    const whole = member ? `impl X {${text}}` : text;
    const tree = parsePartial(whole, call.outline ? leftOut(whole) : [], (part) => parse('rust', part));
    if (tree === null) return null;
    let root = 0;
    if (member) {
      const impl = tree.childByKind(0, RustKind.ImplItem);
      root = impl < 0 ? -1 : tree.childByField(impl, RustField.Body);
      if (root < 0) return null;
    }
    const declared = this.declarer.declare(tree, root, call.flags | ItemFlag.Expanded);
    this.#trees.set(declared, tree);
    return { declared, path: crate.root };
  }
}

function holdsByDefault(configuration: Configuration, cfg: string): boolean {
  const verdict = configuration.judge(cfg);
  return verdict.active && !verdict.optional;
}
