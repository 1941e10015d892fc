// From a resolved call to its cost: model rows and what they delegate to, derived impls field by field, summaries of functions with a body.
// Not here: which nodes are calls (bodyEffects.ts) and what rules make of a cost.
import type { RustProgram } from '../../resolve/program.js';
import { DefKind } from '../../resolve/program.js';
import type { ModelTable } from '../../models/modelIndex.js';
import type { Delegation, RustRow } from '../../models/row.js';
import { TypeTag, UNKNOWN, type DefId, type TypeId } from '../../types/typeTable.js';
import { CallKind, type Callee } from '../infer/inferredBody.js';
import { ASYNC_TRAIT, CALLEE, FREE, TEXT_WRITER, free, Level, levelOf, libraryCall, onSomeCalls, possible, stronger, type Cost, type EffectSummary, type OpenCall } from './cost.js';
import { isOpen, isWrapper, OF_ITEMS, TRAIT_PATHS, UNSEEN, type FunctionKnowledge } from './traitNames.js';
import { freeByTypes } from './freeTypes.js';
import { onSelf, typeInSlot, type CallTypes } from './slots.js';

/** Where summaries come from: of a function's own body (of whoever implements it, where it has none), and of whoever implements a trait's method. */
export interface SummarySource {
  summaryOf(def: DefId): EffectSummary | null;
  ofCandidates(method: DefId): EffectSummary | null;
}

const MAX_DEPTH = 24;
const MAX_OPEN = 6;

/** Solves costs; one per program. Memoises what does not depend on functions still being solved. */
export class CostSolver {
  readonly #known = new Map<DefId, FunctionKnowledge>();
  readonly #traitCosts = new Map<string, Map<number, Cost>>();
  readonly #traits = new Map<string, { trait: DefId; method: DefId }>();
  #source: SummarySource = { summaryOf: () => null, ofCandidates: () => null };
  /** Counts how often a summary was asked: what was computed in between must not be memoised. */
  #volatile = 0;
  /** Open calls being worked out inside of each other. */
  #openDepth = 0;

  constructor(readonly program: RustProgram, readonly models: ModelTable) {}

  /** Forgets what was made of declarations. */
  clear(): void {
    this.#known.clear();
    this.#traitCosts.clear();
    this.#traits.clear();
  }

  /** Sets where summaries come from for what follows. */
  use(source: SummarySource): void {
    this.#source = source;
  }

  /** The model row that decides a function by itself; null when its body or its types do. */
  rowOf(def: DefId): RustRow | null {
    return this.#knowledge(def).row;
  }

  /** Cost of a call of this written path, when its function could not be told but a row knows the path. */
  costOfPath(segments: readonly string[]): Cost {
    const row = this.models.written(segments);
    return row ? this.#costOfRow(row, { self: UNKNOWN, result: UNKNOWN, argument: () => UNKNOWN }, 0, 0) : FREE;
  }

  /** Cost of a call as it is written; `env` is the calling function. */
  costOf(callee: Callee, call: CallTypes, env: DefId): Cost {
    const { def, kind } = callee;
    if (kind === CallKind.Constructor || kind === CallKind.Builtin || def === 0) return FREE;
    const known = this.#knowledge(def);
    if (known.traitMethod === null && known.row === null && known.origin === 'std') return FREE;
    if (known.asyncTrait) return ASYNC_TRAIT;
    if (known.traitMethod === null) return known.row ? this.#costOfRow(known.row, call, env, 0) : this.#costOfBody(def, known, callee.selfType, env, callee.args);
    const self = this.#implSelf(callee, known);
    return this.#costOfTraitMethod(known, def, self, known.hasImplRows ? this.#firstArgument(callee, def, known.traitMethod, call) : UNKNOWN, call, kind, callee.args, env, 0);
  }

  /** Cost of `<on as trait>::method` as a delegation names it, for the trait's first argument `argument`. */
  traitCost(trait: string, method: string, on: TypeId, argument: TypeId, env: DefId, depth = 0): Cost {
    const name = `${trait}::${method}`;
    const key = on * 0x200000 + argument;
    let memo = this.#traitCosts.get(name);
    if (!memo) this.#traitCosts.set(name, (memo = new Map()));
    const before = memo.get(key);
    if (before) return before;
    const volatile = this.#volatile;
    const plain = this.#computeTraitCost(name, trait, method, on, argument, env, depth);
    const cost = trait === 'From' && plain.level > Level.None && isOpen(this.program.types.tag(argument)) ? { ...plain, open: { method: 0, on, argument } } : plain;
    if (this.#volatile === volatile && depth < MAX_DEPTH) memo.set(key, cost);
    return cost;
  }

  /** Cost of calling a function value: the name of a function, or a closure (which is judged where it is written). */
  costOfValue(type: TypeId, env: DefId, depth = 0): Cost {
    const { types } = this.program;
    if (types.tag(type) !== TypeTag.FnDef) return FREE;
    const def = types.head(type);
    const kind = this.program.kindOf(def);
    if (kind !== DefKind.Function || depth > MAX_DEPTH) return FREE;
    const known = this.#knowledge(def);
    const args = types.args(type);
    const signature = this.program.signature(def, args);
    const call: CallTypes = { self: args[0] ?? UNKNOWN, result: signature?.result ?? UNKNOWN, argument: (i) => signature?.params[i] ?? UNKNOWN };
    if (known.traitMethod === null) return known.row ? this.#costOfRow(known.row, call, env, depth + 1) : this.#costOfBody(def, known, UNKNOWN, env, args);
    const parent = this.program.parentOf(def);
    const self = known.abstract ? (args[0] ?? UNKNOWN) : this.program.subst(this.program.selfTypeOf(parent), args);
    return this.#costOfTraitMethod(known, def, self, signature?.params[0] ?? UNKNOWN, onSelf(call, self), CallKind.Static, args, env, depth + 1);
  }

  /** Cost of awaiting the future of an `async fn`. */
  costOfAwait(def: DefId): Cost {
    const known = this.#knowledge(def);
    // what a row says of an async function is told at its call
    if (known.row !== null) return FREE;
    this.#volatile++;
    const summary = this.#source.summaryOf(def);
    if (!summary || summary.level === Level.None || !summary.awaited) return FREE;
    const own = known.origin === 'workspace';
    return { ...FREE, level: summary.level, ...(own ? CALLEE : libraryCall(summary.kind)), what: summary.what, when: summary.level === Level.Conditional ? 'it takes a path that allocates' : summary.level === Level.Possible ? 'a type that its caller chooses allocates' : null, through: def };
  }

  #costOfTraitMethod(known: FunctionKnowledge, def: DefId, self: TypeId, argument: TypeId, call: CallTypes, kind: CallKind, args: readonly TypeId[], env: DefId, depth: number): Cost {
    const name = known.traitMethod as string;
    const { types } = this.program;
    if (name === 'From::from' && self === argument && self !== UNKNOWN) return FREE;
    if (known.hasImplRows) {
      const row = this.models.impl(name, self, argument, this.program);
      if (row) return this.#costOfRow(row, onSelf(call, self), env, depth);
    }
    if (!known.abstract) {
      if (known.derived) return this.#costOfDerived(name, self, env, depth + 1);
      if (known.origin !== 'std') return this.#costOfBody(def, known, self, env, args);
      if (known.row) return this.#costOfRow(known.row, onSelf(call, self), env, depth);
      return name === 'Clone::clone' || name === 'Default::default' ? this.#computeTraitCost(name, name.slice(0, name.indexOf(':')), known.traitMethod === 'Clone::clone' ? 'clone' : 'default', self, argument, env, depth + 1) : FREE;
    }
    const tag = types.tag(self);
    if (known.row) return this.#costOfRow(known.row, call, env, depth);
    if (kind === CallKind.Generic || kind === CallKind.Dynamic || tag === TypeTag.Param || tag === TypeTag.Dyn || tag === TypeTag.Opaque || tag === TypeTag.Projection) return this.#unseen(name, self, def, env, this.program.genericCount(known.trait) > 1 ? (args[1] ?? UNKNOWN) : UNKNOWN);
    if (known.origin !== 'std') return this.#costOfBody(def, known, self, env, args);
    return depth > 2 ? FREE : this.traitCost(name.slice(0, name.indexOf(':')), name.slice(name.lastIndexOf(':') + 1), self, argument, env, depth + 1);
  }

  #computeTraitCost(name: string, trait: string, method: string, on: TypeId, argument: TypeId, env: DefId, depth: number): Cost {
    const { types } = this.program;
    if (depth > MAX_DEPTH) return FREE;
    if (name === 'From::from' && on === argument && on !== UNKNOWN) return FREE;
    const row = this.models.impl(name, on, argument, this.program);
    if (row) return this.#costOfRow(row, { self: on, result: on, argument: () => argument }, env, depth + 1);
    const tag = types.tag(on);
    switch (tag) {
      case TypeTag.Unknown: case TypeTag.Param: case TypeTag.Projection: case TypeTag.Opaque: return this.#unseen(name, on, 0, env);
      case TypeTag.Prim: case TypeTag.Never: case TypeTag.Ptr: case TypeTag.Ref: case TypeTag.FnDef: case TypeTag.FnPtr: return name === 'From::from' || name === 'TryFrom::try_from' ? this.#resolved(name, trait, method, on, argument, env, depth) : FREE;
      case TypeTag.Tuple: {
        let cost = FREE;
        if (trait === 'Clone' || trait === 'Default' || trait === 'Extend' || trait === 'FromIterator') for (const element of types.args(on)) cost = stronger(cost, this.traitCost(trait, method, element, argument, env, depth + 1));
        return cost;
      }
      case TypeTag.Adt: break;
      default: return FREE;
    }
    if (this.program.originOf(types.head(on)) === 'std') {
      if (trait === 'Clone' && this.program.isCopy(on, env) === 1) return FREE;
      if (trait === 'Clone' && isWrapper(this.program.pathOf(types.head(on)))) {
        let cost = FREE;
        for (const element of types.args(on)) cost = stronger(cost, this.traitCost(trait, method, element, UNKNOWN, env, depth + 1));
        return cost;
      }
      if (trait === 'Clone' || trait === 'Default') return FREE;
    } else if (trait === 'Clone' && this.program.isCopy(on, env) === 1) return FREE;
    return this.#resolved(name, trait, method, on, argument, env, depth);
  }

  /** The impl that runs, with a body or derived. */
  #resolved(name: string, trait: string, method: string, on: TypeId, argument: TypeId, env: DefId, depth: number): Cost {
    const at = this.#traitNamed(trait, method);
    if (at.method === 0) return FREE;
    const given = OF_ITEMS.has(trait) ? this.#itemOf(argument, env) : argument;
    const found = this.program.resolveMethod(at.method, on, given === UNKNOWN ? [] : [given], env);
    if (!found || found.def === 0) return trait === 'From' && this.#mayConvert(at.method, on, argument, env) ? this.#unseen(name, on, 0, env) : FREE;
    const known = this.#knowledge(found.def);
    if (known.derived || (found.impl !== 0 && this.program.isDerived(found.impl))) return this.#costOfDerived(name, on, env, depth + 1);
    if (known.origin === 'std') return known.row && known.abstract && depth < 6 ? this.#costOfRow(known.row, { self: on, result: UNKNOWN, argument: () => argument }, env, depth + 1) : FREE;
    return this.#costOfBody(found.def, known, on, env, found.args);
  }

  /** What an iterator, or what can be made one, yields; UNKNOWN when it cannot be told. */
  #itemOf(iterator: TypeId, env: DefId): TypeId {
    if (iterator === UNKNOWN) return UNKNOWN;
    return this.program.project(iterator, this.#traitNamed('IntoIterator', 'into_iter').trait, this.program.symbols.intern('Item'), [], env);
  }

  /** Whether a conversion that the caller chooses is one of several of which some allocate. */
  #mayConvert(method: DefId, on: TypeId, argument: TypeId, env: DefId): boolean {
    if (!isOpen(this.program.types.tag(argument))) return false;
    if (this.models.allocatesForSome('From::from', on, this.program)) return true;
    this.#volatile++;
    return this.program.implMethods(method, on, env).some((def) => (this.#source.summaryOf(def)?.level ?? Level.None) > Level.None);
  }

  #costOfDerived(name: string, self: TypeId, env: DefId, depth: number): Cost {
    if (name !== 'Clone::clone' && name !== 'Default::default') return FREE;
    const { types } = this.program;
    if (types.tag(self) !== TypeTag.Adt || depth > MAX_DEPTH) return FREE;
    if (name === 'Clone::clone' && this.program.isCopy(self, 0) === 1) return FREE;
    const def = types.head(self);
    const args = types.args(self);
    const method = name === 'Clone::clone' ? 'clone' : 'default';
    const trait = name === 'Clone::clone' ? 'Clone' : 'Default';
    const ofFields = (holder: DefId): Cost => {
      let cost = FREE;
      for (const field of this.program.fields(holder, args)) {
        const one = this.traitCost(trait, method, field.type, UNKNOWN, env, depth + 1);
        if (one.level > cost.level) cost = { ...stronger(cost, one), what: `${one.what} (field ${this.program.symbols.text(field.name)})` };
        else cost = stronger(cost, one);
      }
      return cost;
    };
    const variants = this.program.kindOf(def) === DefKind.Enum ? this.program.variants(def) : [];
    if (variants.length === 0) return { ...ofFields(def), rule: null, size: null };
    if (trait === 'Default') return FREE;
    let cost = FREE;
    let counted = 0;
    for (const variant of variants) {
      const one = ofFields(variant);
      if (one.counts) counted++;
      cost = stronger(cost, one.level > 0 ? { ...one, when: one.when ?? `it is ${this.program.symbols.text(this.program.nameOf(variant))}`, rule: null, size: null } : one);
    }
    return cost.level === Level.None && counted > 0 && counted < variants.length ? { ...cost, when: 'the variant at hand is counted' } : onSomeCalls(cost, 'the variant at hand owns memory');
  }

  #costOfBody(def: DefId, known: FunctionKnowledge, self: TypeId, env: DefId, args: readonly TypeId[] = NO_TYPES): Cost {
    if (known.derived) return this.#costOfDerived(known.traitMethod ?? '', self, env, 1);
    this.#volatile++;
    let summary = this.#source.summaryOf(def);
    let chosen: Cost | null = null;
    let open: OpenCall | null = null;
    let left = false;
    if (summary?.open && args.length > 0) {
      const { uses, rest } = summary.open;
      for (const { call, straight } of uses) {
        const cost = this.#costOfOpen(call, args, env);
        if (cost === null) open ??= this.#stillOpen(call, args);
        else chosen = stronger(chosen ?? FREE, straight ? cost : onSomeCalls(cost, 'it takes a path that allocates'));
        left ||= cost === null;
      }
      if (left && (chosen?.level ?? 0) <= summary.level) chosen = null;
      else if (!left && (chosen?.level ?? 0) <= rest.level) {
        chosen = null;
        summary = rest;
      }
    }
    if (!summary || summary.level === Level.None || summary.awaited) return FREE;
    const own = known.origin === 'workspace';
    const level = chosen?.level ?? summary.level;
    const kind = chosen?.kind ?? summary.kind;
    return {
      ...FREE, level, ...(own ? CALLEE : libraryCall(kind)), what: chosen?.what ?? summary.what, when: level === Level.Conditional ? 'it takes a path that allocates' : level === Level.Possible ? 'a type that its caller chooses allocates' : null,
      through: def, open,
    };
  }

  /** Cost of an open call of a callee for the types of this call; null when they leave it open. */
  #costOfOpen(call: OpenCall, args: readonly TypeId[], env: DefId): Cost | null {
    const on = this.program.subst(call.on, args);
    const argument = this.program.subst(call.argument, args);
    const { types } = this.program;
    if (on === UNKNOWN || isOpen(types.tag(on)) || this.#openDepth > MAX_OPEN) return null;
    if (call.method === 0) return argument === UNKNOWN || isOpen(types.tag(argument)) ? null : this.traitCost('From', 'from', on, argument, env);
    if (types.tag(on) === TypeTag.Dyn) return null;
    const { name, trait, method } = this.#nameOfMethod(call.method);
    this.#openDepth++;
    const cost = Object.hasOwn(TRAIT_PATHS, trait) && UNSEEN[name] !== undefined ? this.traitCost(trait, method, on, argument, env) : this.#costOfChosen(call.method, on, argument, env);
    this.#openDepth--;
    return cost?.open === null ? cost : null;
  }

  /** What really runs for a trait's method; null when that cannot be told. */
  #costOfChosen(method: DefId, on: TypeId, argument: TypeId, env: DefId): Cost | null {
    const found = this.program.resolveMethod(method, on, argument === UNKNOWN ? [] : [argument], env);
    if (!found || found.def === 0) return null;
    const known = this.#knowledge(found.def);
    if (known.origin === 'std') return null;
    return this.#costOfBody(found.def, known, on, env, found.args);
  }

  /** The open call in terms of this call's types, where those are chosen by a caller in turn. */
  #stillOpen(call: OpenCall, args: readonly TypeId[]): OpenCall | null {
    const on = this.program.subst(call.on, args);
    const argument = this.program.subst(call.argument, args);
    const { types } = this.program;
    return isOpen(types.tag(on)) || (call.method === 0 && isOpen(types.tag(argument))) ? { method: call.method, on, argument } : null;
  }

  #nameOfMethod(def: DefId): { name: string; trait: string; method: string } {
    const { symbols } = this.program;
    const trait = symbols.text(this.program.nameOf(this.program.parentOf(def)));
    const method = symbols.text(this.program.nameOf(def));
    return { name: `${trait}::${method}`, trait, method };
  }

  #costOfRow(row: RustRow, call: CallTypes, env: DefId, depth: number): Cost {
    const { effect } = row;
    if (effect.does === 'nothing') return free(effect.reason, row.rule);
    if (effect.does === 'counts') return { ...FREE, counts: true, rule: row.rule };
    const { types } = this.program;
    let cost = FREE;
    if (effect.does === 'allocates') {
      const without = freeByTypes(row, call, this.program);
      if (without !== null) return without;
      cost = {
        ...FREE, level: levelOf(effect.certainty), kind: effect.kind, what: effect.what, when: effect.when, unless: effect.unless, instead: row.instead, rule: row.rule,
        size: row.size ? this.#size(typeInSlot(row.size.of === 'u8' ? 'self' : row.size.of, call, types), row.size, row.size.of === 'u8') : null,
      };
      if (cost.level === Level.Always) return cost;
    }
    if (depth > MAX_DEPTH) return cost;
    for (const delegation of row.also) {
      let part = this.#delegated(delegation, call, env, depth + 1);
      if (row.sometimes) part = onSomeCalls(part, 'calls' in delegation ? 'the function that it is given runs' : 'there is a value');
      if (part.level === Level.Possible && cost.level > 0) continue;
      cost = stronger(cost, part);
    }
    return row.rule !== null && cost.level > 0 ? { ...cost, rule: row.rule } : cost;
  }

  #delegated(delegation: Delegation, call: CallTypes, env: DefId, depth: number): Cost {
    if ('calls' in delegation) return this.costOfValue(call.argument(delegation.calls), env, depth);
    const { types } = this.program;
    const on = typeInSlot(delegation.on, call, types);
    const argument = delegation.with === null ? UNKNOWN : typeInSlot(delegation.with, call, types);
    return this.traitCost(delegation.trait, delegation.method, on, argument, env, depth);
  }

  #size(type: TypeId, size: { readonly plus: number }, byte: boolean): Cost['size'] {
    if (byte) return { bytes: size.plus + 1, exact: true };
    if (type === UNKNOWN) return null;
    const known = this.program.sizeOf(type);
    return known ? { bytes: known.size + size.plus, exact: true } : null;
  }

  /** A trait method whose impl is chosen elsewhere. */
  #unseen(name: string, self: TypeId, def: DefId, env: DefId, argument: TypeId = UNKNOWN): Cost {
    const open = def !== 0 && isOpen(this.program.types.tag(self)) ? { method: def, on: self, argument } : null;
    const when = UNSEEN[name];
    if (when !== undefined) {
      if (self !== UNKNOWN && (name === 'Clone::clone' || name === 'From::from') && this.program.isCopy(self, env) === 1) return FREE;
      if (name.startsWith('Write::') && self !== UNKNOWN && def !== 0 && this.program.pathOf(this.program.parentOf(def)).includes('fmt')) return TEXT_WRITER;
      return { ...possible(name.startsWith('Write') || name.startsWith('Extend') ? 'growth' : name.startsWith('FromIterator') ? 'buffer' : 'copy', name === 'Clone::clone' ? 'copied value' : 'new memory', when), open };
    }
    if (def === 0) return FREE;
    this.#volatile++;
    const summary = this.#source.ofCandidates(def);
    if (!summary || summary.level === Level.None || summary.awaited) return FREE;
    const own = this.program.originOf(def) === 'workspace' || this.program.candidatesOf(def, env).own;
    return { ...FREE, level: summary.level, ...(own ? CALLEE : libraryCall(summary.kind)), what: summary.what, when: 'the implementation that is called allocates', through: def, open };
  }

  #implSelf(callee: Callee, known: FunctionKnowledge): TypeId {
    if (callee.impl === 0 || known.abstract) return callee.selfType;
    const self = this.program.selfTypeOf(callee.impl);
    return self === UNKNOWN ? callee.selfType : this.program.subst(self, callee.args);
  }

  /** Type of the first parameter that is not the receiver: the trait's argument for `From` and its like. */
  #firstArgument(callee: Callee, def: DefId, name: string, call: CallTypes): TypeId {
    // Of several `From` impls the first may have been taken for the call; what is handed over says which one runs.
    if (name === 'From::from') {
      const given = call.argument(0);
      if (given !== UNKNOWN && this.program.types.tag(given) !== TypeTag.Infer) return given;
    }
    const signature = this.program.signature(def, callee.args);
    if (!signature) return UNKNOWN;
    return signature.params[signature.hasSelf ? 1 : 0] ?? UNKNOWN;
  }

  #traitNamed(trait: string, method: string): { trait: DefId; method: DefId } {
    const name = `${trait}::${method}`;
    let at = this.#traits.get(name);
    if (!at) {
      const path = TRAIT_PATHS[trait];
      at = { trait: path === undefined ? 0 : this.program.find(path), method: path === undefined ? 0 : this.program.find(`${path}::${method}`) };
      this.#traits.set(name, at);
    }
    return at;
  }

  #knowledge(def: DefId): FunctionKnowledge {
    const before = this.#known.get(def);
    if (before) return before;
    const { program } = this;
    const parent = program.parentOf(def);
    const parentKind = program.kindOf(parent);
    const trait = parentKind === DefKind.Trait ? parent : parentKind === DefKind.Impl ? program.traitOf(parent) : 0;
    const traitMethod = trait === 0 ? null : `${program.symbols.text(program.nameOf(trait))}::${program.symbols.text(program.nameOf(def))}`;
    const inTrait = parentKind === DefKind.Trait;
    let row = parentKind === DefKind.Impl && trait !== 0 ? undefined : this.models.ofDefinition(def, program);
    if (row === undefined && trait !== 0 && !inTrait && program.originOf(def) === 'std') row = this.models.plain(program.symbols.text(program.nameOf(def)), `${program.pathOf(trait)}::${program.symbols.text(program.nameOf(def))}`);
    const known: FunctionKnowledge = {
      traitMethod, trait, row: row ?? null, origin: program.originOf(def), abstract: inTrait, derived: program.isDerived(def) || (parentKind === DefKind.Impl && program.isDerived(parent)),
      hasImplRows: traitMethod !== null && this.models.hasImpls(traitMethod), asyncTrait: program.isAsyncTrait(def),
    };
    this.#known.set(def, known);
    return known;
  }
}

const NO_TYPES: readonly TypeId[] = [];
