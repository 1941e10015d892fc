// Facts of a unit: its exported names, and every type that decides what they allocate. One line a name, sorted; the format is in factsReader.ts.
import type { UnitFacts } from '../../../analysis/language.js';
import type { LoadedUnit } from '../resolve/loader.js';
import { ObjectKind, type ObjectId } from '../resolve/objects.js';
import type { Program } from '../resolve/program.js';
import type { FunctionSummary } from '../solve/escapeContract.js';
import { ConstantKind } from '../types/constants.js';
import { FACTS_VERSION } from './standardFacts.js';
import { encodeType, type TypeCodeNames } from './typeCode.js';

/** Writes the facts of a unit that was solved. */
export function writeUnitFacts(program: Program, loaded: LoadedUnit, summaryOf: (object: ObjectId) => FunctionSummary | null): UnitFacts {
  return { language: 'go', unit: loaded.unit.id, version: FACTS_VERSION, body: factsText(program, loaded, summaryOf) };
}

/** `path name imports…`, then one line a name. */
export function factsText(program: Program, loaded: LoadedUnit, summaryOf: (object: ObjectId) => FunctionSummary | null): string {
  const { objects, symbols, types, packages } = program;
  const own = loaded.package;
  const imported: number[] = [own.id];
  const waiting: ObjectId[] = [];
  const known = new Set<ObjectId>();
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
  const params = (object: ObjectId): string => program.typeParamsOf(object).map((param) => code(types.constraint(param))).join(' ');
  const effects = (object: ObjectId): string => {
    const summary = summaryOf(object);
    if (summary === null) return '\t';
    const { level, kind, what, via } = summary.effect;
    const named = via !== 0 && (objects.package[via] !== own.id || program.isExported(objects.name[via] ?? 0));
    const link = named ? `${names.packageIndex(objects.package[via] ?? 0)}.${objects.receiver[via] ? `${text(objects.name[objects.receiver[via] as number])}.` : ''}${text(objects.name[via])}` : '';
    return `${summary.leaks.join(',')}\t${level};${kind ?? ''};${(what ?? '').replaceAll(/[;\t\n]/g, ' ')};${link}`;
  };
  const lines: string[] = [];
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
  for (let object = waiting.pop(); object !== undefined; object = waiting.pop()) {
    const name = text(objects.name[object]);
    const type = types.named(object);
    lines.push(`t${name}\t0\t${params(object)}\t${code(types.underlying(type))}`);
    for (const [symbol, method] of program.methods.get(object) ?? []) {
      if (!program.isExported(symbol)) continue;
      program.resolve(method);
      lines.push(`m${name}\t${text(symbol)}\t${objects.flag[method] ?? 0}\t${code(objects.type[method])}\t${effects(method)}`);
    }
  }
  lines.sort();
  const head = imported.slice(1).map((pkg) => packages[pkg]?.path ?? '');
  return `${own.path} ${[text(own.name), ...head].join(' ')}\n${lines.join('\n')}`;
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
