// Reads facts: packages when they are imported, names when they are asked for. A line is, tab separated,
//   tNAME alias constraints type · mTYPE NAME pointer signature leaks effect · fNAME constraints signature leaks effect · vNAME type · cNAME type value
// and, in the facts that units hand to each other, further pNAME names of type parameters · dNAME details (unitDetails.ts) · # paths of files.
// Damaged lines give unknown types and no effects, never an error.
import type { AllocationKind } from '../../../analysis/site.js';
import { ObjectKind, Resolution, type FuncId, type ObjectId, type PackageId } from '../resolve/objects.js';
import type { FactsResolver, Program } from '../resolve/program.js';
import { UNKNOWN_EFFECT, type EffectLevel, type FunctionSummary } from '../solve/escapeContract.js';
import type { TypeId } from '../types/typeKind.js';
import { readDetails, referencedUnit, type FunctionDetails, type StepDetails } from './unitDetails.js';
import type { StandardFacts } from './standardFacts.js';
import { TypeDecoder, type TypeCodeTargets } from './typeCode.js';

interface FactsPackage {
  readonly index: PackageId;
  readonly imports: readonly string[];
  /** Lines of package-level names: sort letter and the rest. */
  readonly lines: ReadonlyMap<string, string>;
  readonly methods: ReadonlyMap<string, readonly string[]>;
  readonly targets: TypeCodeTargets;
  /** Lines of names of type parameters, of details, and the paths; empty in embedded facts. */
  readonly further: ReadonlyMap<string, string>;
}

/** Where a function known from facts is, and why its parameters leak. */
export interface FunctionPlace {
  readonly path: string;
  /** Of the nearest allocation or call that allocates; -1 when not known. */
  readonly start: number;
  readonly end: number;
  readonly details: FunctionDetails;
}

/** Where the facts of units come from. */
export interface UnitFactsSource {
  /** Body of a unit's facts; null when there are none. */
  body(unit: string): string | null;
  /** Package of a unit, from facts or from sources; -1 when there is no such unit. */
  package(unit: string): PackageId;
}

const KINDS: Readonly<Record<string, ObjectKind>> = { t: ObjectKind.Type, f: ObjectKind.Func, v: ObjectKind.Var, c: ObjectKind.Const };

/** Brings facts of the standard library, and of units that were analysed elsewhere, into a program. */
export class FactsReader implements FactsResolver {
  readonly #packages = new Map<string, FactsPackage | null>();
  readonly #fields = new Map<ObjectId, { readonly of: FactsPackage; readonly words: readonly string[] }>();
  readonly #summaries = new Map<FuncId, FunctionSummary | null>();
  readonly #withMethods = new Set<ObjectId>();
  readonly #units = new Map<string, FactsPackage>();

  constructor(private readonly program: Program, private readonly standard: StandardFacts, private readonly unitFacts: UnitFactsSource) {}

  /** The package of an import path; -1 when there are no embedded facts of it. */
  package(path: string): PackageId {
    return this.#load(path)?.index ?? -1;
  }

  /** Whether a unit was brought in from facts. */
  hasUnit(unit: string): boolean {
    return this.#units.has(unit);
  }

  /** The unit whose facts a package was read from; null for none. */
  unitOf(pkg: PackageId): string | null {
    for (const [unit, of] of this.#units) if (of.index === pkg) return unit;
    return null;
  }

  /** The package of a unit's facts; -1 when there are none. */
  unitPackage(unit: string): PackageId {
    const known = this.#units.get(unit);
    if (known !== undefined) return known.index;
    const body = this.unitFacts.body(unit);
    if (body === null) return -1;
    const read = this.#read(body);
    this.#units.set(unit, read);
    return read.index;
  }

  #load(path: string): FactsPackage | null {
    if (path === 'unsafe') return null;
    const known = this.#packages.get(path);
    if (known !== undefined) return known;
    const body = this.standard.body(path);
    const read = body === null ? null : this.#read(body);
    this.#packages.set(path, read);
    return read;
  }

  /** Index of the package that an entry of a list of imports names; 0 for none. */
  #packageNamed(reference: string): PackageId {
    const unit = referencedUnit(reference);
    return Math.max(0, unit === null ? this.package(reference) : this.unitFacts.package(unit));
  }

  #read(body: string): FactsPackage {
    const all = body.split('\n');
    const [path = '', name = '', ...imports] = (all[0] ?? '').split(' ');
    const lines = new Map<string, string>();
    const further = new Map<string, string>();
    const methods = new Map<string, string[]>();
    for (let i = 1; i < all.length; i++) {
      const line = all[i] as string;
      const tab = line.indexOf('\t');
      const key = line.slice(1, tab < 0 ? undefined : tab);
      if (line.startsWith('m')) {
        const list = methods.get(key);
        if (list) list.push(line);
        else methods.set(key, [line]);
      } else if (/^[pd#]/.test(line)) further.set(tab < 0 ? line : line.slice(0, tab), line.slice(tab + 1));
      else lines.set(key, line);
    }
    const { program } = this;
    const added = program.addPackage({ path: unescaped(path), name, base: null, unit: null, importer: () => -1, language: null, isTest: false, find: (symbol) => this.#member(of, symbol) });
    const at = (index: number): PackageId => (index === 0 ? added.index : this.#packageNamed(imports[index - 1] ?? ''));
    const of: FactsPackage = {
      index: added.index, imports, lines, methods, further,
      targets: {
        types: program.types,
        intern: (text) => program.symbols.intern(text),
        packageAt: (index) => program.packages[at(index)]?.id ?? 0,
        named: (index, text) => {
          if (index > 0 && imports[index - 1] === 'unsafe') return 0;
          const pkg = at(index);
          const object = index > 0 && pkg === 0 ? 0 : program.memberOf(pkg, program.symbols.intern(text));
          return object === 0 || program.objects.kind[object] !== ObjectKind.Type ? 0 : program.types.named(object);
        },
      },
    };
    return of;
  }

  #member(of: FactsPackage, symbol: number): ObjectId {
    const pkg = this.program.packages[of.index];
    const known = pkg?.members.get(symbol);
    if (known !== undefined) return known;
    const line = of.lines.get(this.program.symbols.text(symbol));
    if (line === undefined || pkg === undefined) return 0;
    const object = this.program.objects.add(KINDS[line.charAt(0)] ?? ObjectKind.None, symbol, of.index);
    pkg.members.set(symbol, object);
    this.#fields.set(object, { of, words: line.split('\t') });
    if (line.startsWith('t') && line.split('\t', 2)[1] === '1') this.program.objects.flag[object] = 1;
    return object;
  }

  #type(of: FactsPackage, text: string | undefined, owner: ObjectId): TypeId {
    return text === undefined || text === '' ? 0 : new TypeDecoder(text, of.targets, owner).read();
  }

  resolve(object: ObjectId): void {
    const facts = this.#fields.get(object);
    if (!facts) return;
    const { objects, types } = this.program;
    const { of, words } = facts;
    const params = (text: string | undefined): readonly TypeId[] => (text ? text.split(' ').map((_, i) => types.typeParam(object, i)) : []);
    switch (objects.kind[object] as ObjectKind) {
      case ObjectKind.Type:
        objects.typeParams[object] = params(words[2]);
        if (objects.flag[object] === 1) objects.type[object] = this.#type(of, words[3], object);
        return;
      case ObjectKind.Func:
        objects.typeParams[object] = params(words[1]);
        objects.type[object] = this.#type(of, words[2], object);
        return;
      case ObjectKind.Method:
        objects.type[object] = this.#type(of, words[3], objects.receiver[object] as ObjectId);
        return;
      case ObjectKind.Const:
        objects.type[object] = this.#type(of, words[1], object);
        objects.value[object] = this.#constant(words.slice(2).join('\t'));
        return;
      default:
        objects.type[object] = this.#type(of, words[1], object);
    }
  }

  #constant(text: string): number {
    const { constants } = this.program;
    const rest = text.slice(1);
    try {
      if (text.startsWith('b')) return constants.bool(rest === '1');
      if (text.startsWith('i')) return constants.int(BigInt(rest));
      if (text.startsWith('d')) return constants.float(Number(rest));
      return text.startsWith('s') ? constants.string(String(JSON.parse(rest))) : 0;
    } catch {
      return 0;
    }
  }

  underlying(object: ObjectId): TypeId {
    const facts = this.#fields.get(object);
    return facts ? this.#type(facts.of, facts.words[3], object) : 0;
  }

  constraint(object: ObjectId, index: number): TypeId {
    const facts = this.#fields.get(object);
    const list = facts?.words[this.program.objects.kind[object] === ObjectKind.Type ? 2 : 1];
    return facts && list ? this.#type(facts.of, list.split(' ')[index], object) : 0;
  }

  declareMethods(object: ObjectId): void {
    if (this.#withMethods.has(object)) return;
    this.#withMethods.add(object);
    const facts = this.#fields.get(object);
    if (!facts) return;
    const { objects, symbols } = this.program;
    const own = new Map<number, FuncId>();
    for (const line of facts.of.methods.get(symbols.text(objects.name[object] as number)) ?? []) {
      const words = line.split('\t');
      const name = symbols.intern(words[1] ?? '');
      const method = objects.add(ObjectKind.Method, name, facts.of.index);
      objects.receiver[method] = object;
      objects.flag[method] = words[2] === '1' ? 1 : 0;
      objects.state[method] = Resolution.Pending;
      this.#fields.set(method, { of: facts.of, words });
      own.set(name, method);
    }
    this.program.methods.set(object, own);
  }

  /** Summary of a function that facts know. */
  summaryOf(object: FuncId): FunctionSummary | null {
    const known = this.#summaries.get(object);
    if (known !== undefined) return known;
    const facts = this.#fields.get(object);
    const from = facts?.words[0]?.startsWith('m') ? 4 : 3;
    const effect = facts?.words[from + 1] ?? '';
    let summary: FunctionSummary | null = null;
    if (facts && effect !== '') {
      const [level = '1', kind = '', what = '', link = ''] = effect.split(';');
      summary = {
        leaks: (facts.words[from] ?? '').split(','),
        effect: level === '1' ? UNKNOWN_EFFECT : { level: Number(level) as EffectLevel, kind: kind === '' ? null : (kind as AllocationKind), what: this.#detailsOf(object)?.[3] ?? (what === '' ? null : what), via: this.#linked(facts.of, link), start: -1, end: -1 },
      };
    }
    this.#summaries.set(object, summary);
    return summary;
  }

  /** Where a function is that facts of a unit tell of; null when they do not. */
  placeOf(object: FuncId): FunctionPlace | null {
    const details = this.#detailsOf(object);
    const paths = this.#fields.get(object)?.of.further.get('#')?.split('\t');
    const path = details === null ? undefined : paths?.[details[0]];
    return details === null || path === undefined ? null : { path, start: details[1], end: details[2], details };
  }

  /** Name of a parameter; '' when facts do not tell it. */
  parameterName(object: FuncId, position: number): string {
    return this.#detailsOf(object)?.[5][position] ?? '';
  }

  /** Path of a file that details of a function name. */
  pathIn(object: FuncId, index: number): string {
    return this.#fields.get(object)?.of.further.get('#')?.split('\t')[index] ?? '';
  }

  /** The function that a step of a function's details goes through; 0 for none. */
  through(object: FuncId, step: StepDetails): FuncId {
    const facts = this.#fields.get(object);
    return facts && step.length === 3 ? this.#linked(facts.of, step[0]) : 0;
  }

  /** Name of a type parameter; null when facts do not tell it. */
  typeParamName(owner: ObjectId, index: number): string | null {
    return this.#fields.get(owner)?.of.further.get(`p${this.program.symbols.text(this.program.objects.name[owner] ?? 0)}`)?.split(' ')[index] ?? null;
  }

  #detailsOf(object: FuncId): FunctionDetails | null {
    const facts = this.#fields.get(object);
    if (facts === undefined || facts.of.further.size === 0) return null;
    const { objects, symbols } = this.program;
    const receiver = objects.receiver[object] as number;
    const text = facts.of.further.get(`d${receiver === 0 ? '' : `${symbols.text(objects.name[receiver] as number)}.`}${symbols.text(objects.name[object] as number)}`);
    return text === undefined ? null : readDetails(text);
  }

  #linked(of: FactsPackage, link: string): FuncId {
    const [pkg = '', first = '', second] = link.split('.');
    if (link === '') return 0;
    const { program } = this;
    const target = pkg === '0' ? of.index : this.#packageNamed(of.imports[Number(pkg) - 1] ?? '');
    const member = target === 0 ? 0 : program.memberOf(target, program.symbols.intern(first));
    if (second === undefined || member === 0) return member;
    if ((program.objects.file[member] as number) < 0) this.declareMethods(member);
    return program.methods.get(member)?.get(program.symbols.intern(second)) ?? 0;
  }
}

function unescaped(path: string): string {
  return path.replaceAll('%20', ' ').replaceAll('%25', '%');
}
