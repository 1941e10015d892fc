// Facts of a unit: its exported names, and every type that decides what they allocate. One line a name, sorted; the format is in factsReader.ts.
// Facts that units hand to each other also say where a function allocates and why its parameters leak, so that reports that rest on
// facts are those that rest on sources.
import type { UnitFacts, UnitId } from '../../../analysis/language.js';
import { ownSteps, parameterNames, placed, type ExplanationSources } from '../explanations.js';
import type { LoadedUnit } from '../resolve/loader.js';
import { ObjectKind, type ObjectId, type PackageId } from '../resolve/objects.js';
import type { Program } from '../resolve/program.js';
import { LeakTarget, type FunctionSummary } from '../solve/escapeContract.js';
import { ConstantKind } from '../types/constants.js';
import { FACTS_VERSION } from './standardFacts.js';
import { unitReference, type FunctionDetails, type LeakDetails, type StepDetails } from './unitDetails.js';
import { encodeType, type TypeCodeNames } from './typeCode.js';

/** What the details of functions are taken from. */
export interface DetailSource {
  readonly explanations: ExplanationSources;
  /** The unit that a package was read from facts of; null for sources and for embedded facts. */
  unitOfFacts(pkg: PackageId): UnitId | null;
}

/** Writes the facts of a unit that was solved. */
export function writeUnitFacts(program: Program, loaded: LoadedUnit, summaryOf: (object: ObjectId) => FunctionSummary | null, details: DetailSource): UnitFacts {
  return { language: 'go', unit: loaded.unit.id, name: loaded.unit.importPath, version: FACTS_VERSION, body: factsText(program, loaded, summaryOf, details) };
}

/** `path name imports…`, then one line a name. Without details it is what the embedded facts hold of a package. */
export function factsText(program: Program, loaded: LoadedUnit, summaryOf: (object: ObjectId) => FunctionSummary | null, details: DetailSource | null = null): string {
  const { objects, symbols, types, packages } = program;
  const own = loaded.package;
  const imported: number[] = [own.id];
  const waiting: ObjectId[] = [];
  const known = new Set<ObjectId>();
  const hidden: ObjectId[] = [];
  const reached = new Set<ObjectId>();
  const paths: string[] = [];
  const lines: string[] = [];
  const text = (symbol: number | undefined): string => symbols.text(symbol ?? 0);
  const names: TypeCodeNames = {
    symbol: text,
    packageIndex: (pkg) => {
      let at = imported.indexOf(pkg);
      if (at < 0) at = imported.push(pkg) - 1;
      return at;
    },
    packageOf: (object) => objects.package[object] ?? 0,
    nameOf: (object) => text(objects.name[object]),
    mention: (object) => {
      if (objects.package[object] !== own.id) return packages[objects.package[object] ?? 0] !== undefined;
      if (program.memberOf(own.index, objects.name[object] ?? 0) !== object) return false;
      if (!known.has(object)) {
        known.add(object);
        waiting.push(object);
      }
      return true;
    },
  };
  const code = (type: number | undefined): string => encodeType(types, type ?? 0, names);
  const params = (object: ObjectId): string => {
    const all = program.typeParamsOf(object);
    if (details !== null && all.length > 0) lines.push(`p${text(objects.name[object])}\t${all.map((param) => program.typeName(param, false)).join(' ')}`);
    return all.map((param) => code(types.constraint(param))).join(' ');
  };
  /** Position of a function's package and its name; '' when it cannot be named. */
  const reference = (fn: ObjectId): string => {
    const receiver = objects.receiver[fn] as number;
    if (fn === 0) return '';
    if (objects.package[fn] === own.id) {
      if (details === null ? !program.isExported(objects.name[fn] ?? 0) : !isNamed(fn, receiver)) return '';
      if (details !== null && !reached.has(fn)) {
        reached.add(fn);
        if (receiver !== 0) names.mention(receiver);
        if (!program.isExported(objects.name[fn] ?? 0)) hidden.push(fn);
      }
    }
    return `${names.packageIndex(objects.package[fn] ?? 0)}.${receiver !== 0 ? `${text(objects.name[receiver])}.` : ''}${text(objects.name[fn])}`;
  };
  const isNamed = (fn: ObjectId, receiver: ObjectId): boolean => (receiver === 0
    ? own.members.get(objects.name[fn] ?? 0) === fn
    : own.members.get(objects.name[receiver] ?? 0) === receiver && program.methods.get(receiver)?.get(objects.name[fn] ?? 0) === fn);
  const effects = (object: ObjectId): string => {
    const summary = summaryOf(object);
    const receiver = objects.receiver[object] as number;
    if (details !== null) lines.push(`d${receiver === 0 ? '' : `${text(objects.name[receiver])}.`}${text(objects.name[object])}\t${JSON.stringify(detailsOf(object, summary, details))}`);
    if (summary === null) return '\t';
    const { level, kind, what, via } = summary.effect;
    return `${summary.leaks.join(',')}\t${level};${kind ?? ''};${(what ?? '').replaceAll(/[;\t\n]/g, ' ')};${reference(via)}`;
  };
  const pathIndex = (path: string): number => {
    const at = paths.indexOf(path);
    return at >= 0 ? at : paths.push(path) - 1;
  };
  const detailsOf = (object: ObjectId, summary: FunctionSummary | null, source: DetailSource): FunctionDetails => {
    const { explanations } = source;
    const body = explanations.bodyOf(object);
    if (body === null) return [-1, -1, -1, null, [], []];
    const home = placed(body);
    const effect = summary?.effect ?? null;
    const start = effect !== null && effect.start >= 0 ? effect.start + home.base : -1;
    const leaks: LeakDetails[] = [];
    for (const [position, packed] of explanations.keptOf(object) ?? []) {
      const steps = ownSteps(explanations, packed, home).flatMap((step): StepDetails[] => {
        if (!('through' in step)) return [[step.message, pathIndex(step.path), step.start, step.end]];
        const link = reference(step.through);
        return link === '' ? [] : [[link, step.parameter, LeakTarget.Heap]];
      });
      if (steps.length > 0) leaks.push([position, steps]);
    }
    return [pathIndex(home.path), start, start < 0 || effect === null ? -1 : effect.end + home.base, effect?.what ?? null, leaks, parameterNames(body)];
  };
  const methodLine = (name: string, method: ObjectId): void => {
    program.resolve(method);
    lines.push(`m${name}\t${text(objects.name[method])}\t${objects.flag[method] ?? 0}\t${code(objects.type[method])}\t${effects(method)}`);
  };
  const members = [...own.members].map(([symbol, object]) => [text(symbol), object] as const).sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [name, object] of members) {
    if (!program.isExported(objects.name[object] ?? 0)) continue;
    program.resolve(object);
    if (objects.kind[object] === ObjectKind.Type) {
      if (objects.flag[object] === 1) lines.push(`t${name}\t1\t${params(object)}\t${code(objects.type[object])}`);
      else names.mention(object);
    } else if (objects.kind[object] === ObjectKind.Func) lines.push(`f${name}\t${params(object)}\t${code(objects.type[object])}\t${effects(object)}`);
    else if (objects.kind[object] === ObjectKind.Var) lines.push(`v${name}\t${code(objects.type[object])}`);
    else if (objects.kind[object] === ObjectKind.Const) lines.push(`c${name}\t${code(objects.type[object])}\t${constantText(program, objects.value[object] ?? 0)}`);
  }
  for (;;) {
    const object = waiting.pop();
    if (object !== undefined) {
      const name = text(objects.name[object]);
      lines.push(`t${name}\t0\t${params(object)}\t${code(types.underlying(types.named(object)))}`);
      const methods = [...(program.methods.get(object) ?? [])].map(([, method]) => method);
      if (details !== null) methods.sort((a, b) => (text(objects.name[a]) < text(objects.name[b]) ? -1 : 1));
      for (const method of methods) if (program.isExported(objects.name[method] ?? 0)) methodLine(name, method);
      continue;
    }
    const fn = hidden.pop(); // unexported, but on the way from an exported function to an allocation
    if (fn === undefined) break;
    const receiver = objects.receiver[fn] as number;
    program.resolve(fn);
    if (receiver !== 0) methodLine(text(objects.name[receiver]), fn);
    else lines.push(`f${text(objects.name[fn])}\t${params(fn)}\t${code(objects.type[fn])}\t${effects(fn)}`);
  }
  lines.sort();
  if (details !== null) lines.unshift(`#\t${paths.join('\t')}`);
  const head = imported.slice(1).map((pkg) => {
    const unit = packages[pkg]?.unit ?? details?.unitOfFacts(pkg) ?? null;
    return details === null || unit === null ? (packages[pkg]?.path ?? '') : unitReference(unit);
  });
  return `${own.path.replaceAll('%', '%25').replaceAll(' ', '%20')} ${[text(own.name), ...head].join(' ')}\n${lines.join('\n')}`;
}

function constantText(program: Program, value: number): string {
  const { constants } = program;
  switch (constants.kind(value)) {
    case ConstantKind.Bool:
      return constants.value(value) === true ? 'b1' : 'b0';
    case ConstantKind.Int:
      return `i${String(constants.value(value))}`;
    case ConstantKind.Float:
      return `d${String(constants.value(value))}`;
    case ConstantKind.String:
      return `s${JSON.stringify(constants.value(value))}`;
    default:
      return '';
  }
}
