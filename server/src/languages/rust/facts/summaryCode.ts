// Costs of functions as integers, and back. Definitions are named by crate, file, ordinal and name, types by their parts; so the code says the same
// wherever and whenever it is read. What it names and is not there any more becomes "no definition", never another one.
import type { AllocationKind } from '../../../analysis/site.js';
import type { LoadedCrate } from '../resolve/crates.js';
import type { LoadedFile } from '../resolve/definitions.js';
import type { NameList } from '../resolve/pack.js';
import type { World } from '../resolve/world.js';
import type { EffectSummary, OpenUse, SummaryLink } from '../solve/effects/cost.js';
import { TypeTag, UNKNOWN, type DefId, type TypeId } from '../types/typeTable.js';
import type { ReadEffects } from './crateFacts.js';

const MAX_DEPTH = 40;

/** Tags whose head is a definition. */
const DEFINED = new Set<TypeTag>([TypeTag.Adt, TypeTag.FnDef, TypeTag.Closure, TypeTag.Future, TypeTag.Opaque, TypeTag.Param, TypeTag.Projection, TypeTag.Bound]);

/** Writes summaries of the functions of one crate. */
export class SummaryWriter {
  readonly code: number[] = [];
  readonly texts: string[] = [];
  readonly crates: string[] = [];
  readonly #texts = new Map<string, number>();
  readonly #crates = new Map<number, number>();
  readonly #files = new Map<LoadedFile, number>();

  constructor(private readonly world: World, private readonly own: LoadedCrate, private readonly names: NameList) {}

  /** Adds the summary of a function of the crate. */
  add(def: DefId, summary: EffectSummary): void {
    const { code } = this;
    this.#reference(def);
    const hole = code.push(0) - 1;
    this.#summary(summary);
    code[hole] = code.length - hole - 1;
  }

  #summary(summary: EffectSummary): void {
    const { code } = this;
    code.push(summary.level, this.#text(summary.kind), this.#text(summary.what), summary.awaited ? 1 : 0, summary.chain.length);
    for (const link of summary.chain) {
      this.#reference(link.def);
      code.push(this.#text(link.function), link.at, link.end, link.what === null ? -1 : this.#text(link.what));
    }
    code.push(summary.open?.uses.length ?? 0);
    if (summary.open === null) return;
    for (const { call, straight } of summary.open.uses) {
      code.push(straight ? 1 : 0);
      this.#reference(call.method);
      this.#type(call.on, 0);
      this.#type(call.argument, 0);
    }
    this.#summary(summary.open.rest);
  }

  #text(text: string): number {
    let at = this.#texts.get(text);
    if (at === undefined) {
      at = this.texts.push(text) - 1;
      this.#texts.set(text, at);
    }
    return at;
  }

  #reference(def: DefId): void {
    if (def === 0) {
      this.code.push(-1);
      return;
    }
    const { defs } = this.world;
    const crate = this.world.crateOf(def);
    const file = defs.fileOf(def);
    this.code.push(this.#crate(crate), this.#fileNumber(crate, file), defs.ordinalOf(def), this.names.at(defs.name(def)));
  }

  #crate(crate: LoadedCrate): number {
    if (crate === this.own) return 0;
    let at = this.#crates.get(crate.index);
    if (at === undefined) {
      at = this.crates.push(crate.source.key);
      this.#crates.set(crate.index, at);
    }
    return at;
  }

  #fileNumber(crate: LoadedCrate, file: LoadedFile): number {
    let at = this.#files.get(file);
    if (at === undefined) {
      crate.files.forEach((index, i) => this.#files.set(this.world.defs.files[index] as LoadedFile, i));
      at = this.#files.get(file) ?? 0;
    }
    return at;
  }

  #type(type: TypeId, depth: number): void {
    const { types } = this.world;
    const tag = types.tag(type);
    if (depth > MAX_DEPTH || tag === TypeTag.Infer) {
      this.code.push(TypeTag.Unknown);
      return;
    }
    this.code.push(tag);
    if (tag === TypeTag.Unknown) return;
    if (DEFINED.has(tag)) this.#reference(types.head(type));
    else this.code.push(tag === TypeTag.Assoc ? this.names.at(types.head(type)) : types.head(type));
    this.code.push(tag === TypeTag.Projection ? this.names.at(types.extra(type)) : types.extra(type));
    const args = types.args(type);
    this.code.push(args.length);
    for (const arg of args) this.#type(arg, depth + 1);
  }
}

/** Reads summaries of the functions of one loaded crate, each when it is asked for. */
export class SummaryReader {
  readonly #at = new Map<DefId, number>();
  readonly #read = new Map<DefId, EffectSummary>();
  #next = 0;

  /** `crateOf` finds another crate by its key; null when it is not loaded. */
  constructor(private readonly world: World, private readonly own: LoadedCrate, private readonly effects: ReadEffects, private readonly crateOf: (key: string) => LoadedCrate | null) {
    const { code } = effects;
    while (this.#next < code.length) {
      const def = this.#reference();
      const length = this.#take();
      if (def !== 0) this.#at.set(def, this.#next);
      this.#next += length;
    }
  }

  /** Summary of a function; null when the facts hold none, because it allocates nothing or is not told of. */
  of(def: DefId): EffectSummary | null {
    const known = this.#read.get(def);
    if (known !== undefined) return known;
    const at = this.#at.get(def);
    if (at === undefined) return null;
    this.#next = at;
    const summary = this.#summary(0);
    this.#read.set(def, summary);
    return summary;
  }

  /** Everything that can be read, by function. */
  *all(): Generator<readonly [DefId, EffectSummary]> {
    for (const def of this.#at.keys()) yield [def, this.of(def) as EffectSummary];
  }

  #take(): number {
    return this.effects.code[this.#next++] ?? 0;
  }

  #text(): string {
    return this.effects.texts[this.#take()] ?? '';
  }

  #summary(depth: number): EffectSummary {
    const level = this.#take();
    const kind = this.#text() as AllocationKind;
    const what = this.#text();
    const awaited = this.#take() === 1;
    const chain: SummaryLink[] = [];
    for (let left = this.#take(); left > 0; left--) {
      const def = this.#reference();
      const name = this.#text();
      const at = this.#take();
      const end = this.#take();
      const text = this.#take();
      chain.push({ def, function: name, path: def === 0 ? null : this.world.defs.fileOf(def).path, at, end, what: text < 0 ? null : (this.effects.texts[text] ?? '') });
    }
    const count = this.#take();
    if (count === 0 || depth > MAX_DEPTH) return { level, kind, what, chain, awaited, open: null };
    const uses: OpenUse[] = [];
    for (let left = count; left > 0; left--) {
      const straight = this.#take() === 1;
      const named = (this.effects.code[this.#next] ?? -1) >= 0;
      const call = { method: this.#reference(), on: this.#type(), argument: this.#type() };
      // a method that is not there any more is not to be taken for `From::from`
      if (!named || call.method !== 0) uses.push({ call, straight });
    }
    const rest = this.#summary(depth + 1);
    return { level, kind, what, chain, awaited, open: uses.length === count ? { uses, rest } : null };
  }

  #reference(): DefId {
    const number = this.#take();
    if (number < 0) return 0;
    const at = this.#take();
    const ordinal = this.#take();
    const name = this.effects.names[this.#take()];
    const crate = number === 0 ? this.own : this.crateOf(this.effects.crates[number - 1] ?? '');
    const index = crate?.files[at];
    const def = index === undefined ? 0 : (this.world.defs.files[index]?.defs[ordinal] ?? 0);
    return def !== 0 && this.world.defs.name(def) === name ? def : 0;
  }

  #type(): TypeId {
    const tag = this.#take() as TypeTag;
    if (tag === TypeTag.Unknown) return UNKNOWN;
    const defined = DEFINED.has(tag);
    const head = defined ? this.#reference() : tag === TypeTag.Assoc ? (this.effects.names[this.#take()] ?? 0) : this.#take();
    const extra = tag === TypeTag.Projection ? (this.effects.names[this.#take()] ?? 0) : this.#take();
    const args: TypeId[] = [];
    for (let left = this.#take(); left > 0; left--) args.push(this.#type());
    return defined && head === 0 ? UNKNOWN : this.world.types.make(tag, head, extra, args);
  }
}
