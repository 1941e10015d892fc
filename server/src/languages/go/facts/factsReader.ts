// Reads facts: packages when they are imported, names when they are asked for. A line is, tab separated,
//   tNAME alias constraints type · mTYPE NAME pointer signature leaks effect · fNAME constraints signature leaks effect · vNAME type · cNAME type value
// Damaged lines give unknown types and no effects, never an error.
import type { AllocationKind } from '../../../analysis/site.js';
import { ObjectKind, Resolution, type FuncId, type ObjectId, type PackageId } from '../resolve/objects.js';
import type { FactsResolver, Program } from '../resolve/program.js';
import { UNKNOWN_EFFECT, type EffectLevel, type FunctionSummary } from '../solve/escapeContract.js';
import type { TypeId } from '../types/typeKind.js';
import type { StandardFacts } from './standardFacts.js';
import { TypeDecoder, type TypeCodeTargets } from './typeCode.js';

interface FactsPackage {
  readonly index: PackageId;
  readonly imports: readonly string[];
  /** Lines of package-level names: sort letter and the rest. */
  readonly lines: ReadonlyMap<string, string>;
  readonly methods: ReadonlyMap<string, readonly string[]>;
  readonly targets: TypeCodeTargets;
}

const KINDS: Readonly<Record<string, ObjectKind>> = { t: ObjectKind.Type, f: ObjectKind.Func, v: ObjectKind.Var, c: ObjectKind.Const };

/** Brings facts of the standard library into a program. */
export class FactsReader implements FactsResolver {
  readonly #packages = new Map<string, FactsPackage | null>();
  readonly #fields = new Map<ObjectId, { readonly of: FactsPackage; readonly words: readonly string[] }>();
  readonly #summaries = new Map<FuncId, FunctionSummary | null>();
  readonly #withMethods = new Set<ObjectId>();

  constructor(private readonly program: Program, private readonly standard: StandardFacts) {}

  /** The package of an import path; -1 when there are no facts of it. */
  package(path: string): PackageId {
    return this.#load(path)?.index ?? -1;
  }

  #load(path: string): FactsPackage | null {
    if (path === 'unsafe') return null;
    const known = this.#packages.get(path);
    if (known !== undefined) return known;
    const body = this.standard.body(path);
    this.#packages.set(path, null);
    if (body === null) return null;
    const all = body.split('\n');
    const [, name = '', ...imports] = (all[0] ?? '').split(' ');
    const lines = new Map<string, string>();
    const methods = new Map<string, string[]>();
    for (let i = 1; i < all.length; i++) {
      const line = all[i] as string;
      const tab = line.indexOf('\t');
      const key = line.slice(1, tab < 0 ? undefined : tab);
      if (line.startsWith('m')) {
        const list = methods.get(key);
        if (list) list.push(line);
        else methods.set(key, [line]);
      } else lines.set(key, line);
    }
    const { program } = this;
    const added = program.addPackage({ path, name, base: null, unit: null, importer: () => -1, language: null, isTest: false, find: (symbol) => this.#member(of, symbol) });
    const at = (index: number): FactsPackage | null => (index === 0 ? of : this.#load(imports[index - 1] ?? ''));
    const of: FactsPackage = {
      index: added.index, imports, lines, methods,
      targets: {
        types: program.types,
        intern: (text) => program.symbols.intern(text),
        packageAt: (index) => at(index)?.index ?? 0,
        named: (index, text) => {
          if (index > 0 && imports[index - 1] === 'unsafe') return 0;
          const target = at(index);
          const object = target === null ? 0 : this.#member(target, program.symbols.intern(text));
          return object === 0 || program.objects.kind[object] !== ObjectKind.Type ? 0 : program.types.named(object);
        },
      },
    };
    this.#packages.set(path, of);
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

  #read(of: FactsPackage, text: string | undefined, owner: ObjectId): TypeId {
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
        if (objects.flag[object] === 1) objects.type[object] = this.#read(of, words[3], object);
        return;
      case ObjectKind.Func:
        objects.typeParams[object] = params(words[1]);
        objects.type[object] = this.#read(of, words[2], object);
        return;
      case ObjectKind.Method:
        objects.type[object] = this.#read(of, words[3], objects.receiver[object] as ObjectId);
        return;
      case ObjectKind.Const:
        objects.type[object] = this.#read(of, words[1], object);
        objects.value[object] = this.#constant(words.slice(2).join('\t'));
        return;
      default:
        objects.type[object] = this.#read(of, words[1], object);
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
    return facts ? this.#read(facts.of, facts.words[3], object) : 0;
  }

  constraint(object: ObjectId, index: number): TypeId {
    const facts = this.#fields.get(object);
    const list = facts?.words[this.program.objects.kind[object] === ObjectKind.Type ? 2 : 1];
    return facts && list ? this.#read(facts.of, list.split(' ')[index], object) : 0;
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
        effect: level === '1' ? UNKNOWN_EFFECT : { level: Number(level) as EffectLevel, kind: kind === '' ? null : (kind as AllocationKind), what: what === '' ? null : what, via: this.#linked(facts.of, link), start: -1, end: -1 },
      };
    }
    this.#summaries.set(object, summary);
    return summary;
  }

  #linked(of: FactsPackage, link: string): FuncId {
    const [pkg = '', first = '', second] = link.split('.');
    const target = link === '' ? null : pkg === '0' ? of : this.#load(of.imports[Number(pkg) - 1] ?? '');
    if (target === null) return 0;
    const member = this.#member(target, this.program.symbols.intern(first));
    if (second === undefined || member === 0) return member;
    this.declareMethods(member);
    return this.program.methods.get(member)?.get(this.program.symbols.intern(second)) ?? 0;
  }
}
