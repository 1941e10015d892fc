// Checking a whole function, method or package-level initialiser: from an object to its CheckedBody.
import { type NodeIndex, NO_NODE } from '../../../../syntax/flatTree.js';
import { GoField } from '../../../../syntax/kinds/go.generated.js';
import { bindFunctionTypeParameters } from '../declarations.js';
import type { ObjectId } from '../objects.js';
import type { ProgramFile } from '../packages.js';
import type { Program } from '../program.js';
import type { TypeId } from '../../types/typeKind.js';
import { LocalFlag, type CheckedBody, type LocalTable } from '../checkedBody.js';
import { varSpecTypes } from './assignments.js';
import type { Checker } from './checker.js';
import { devirtualize } from './devirtualize.js';
import { declareParameters, openFunction } from './functions.js';
import { block } from './statements.js';
import { signature, typeExpression } from './typeExpressions.js';

/** Checks a function or method. */
export function checkFunction(program: Program, file: ProgramFile, node: NodeIndex, object: ObjectId): CheckedBody {
  program.resolve(object);
  return program.withChecker(file, object, (c) => {
    c.clear(node);
    bindFunctionTypeParameters(c, node, object);
    const opened = openFunction(c, node, -1);
    opened.signature = signature(c, node);
    opened.body = c.child(node, GoField.Body);
    const receiver = c.child(node, GoField.Receiver);
    if (receiver !== NO_NODE) opened.receiver = declareReceiver(c, receiver, object);
    declareParameters(c, node, opened, opened.signature);
    if (opened.body !== NO_NODE) block(c, opened.body);
    return finished(c, file, node, object, false);
  });
}

/** Checks a package-level var_spec with its values. `object` is that of its first variable, 0 when all are blank. */
export function checkInitialiser(program: Program, file: ProgramFile, node: NodeIndex, object: ObjectId): CheckedBody {
  return program.withChecker(file, object, (c) => {
    c.clear(node);
    openFunction(c, node, -1);
    varSpecTypes(c, node);
    return finished(c, file, node, object, true);
  });
}

function declareReceiver(c: Checker, list: NodeIndex, object: ObjectId): number {
  const parameter = c.firstChild(list);
  if (parameter === NO_NODE) return -1;
  const { objects } = c.program;
  const owner = objects.receiver[object] as ObjectId;
  typeExpression(c, c.child(parameter, GoField.Type));
  const params = objects.typeParams[owner] ?? [];
  const base = owner === 0 ? 0 : c.types.named(owner, params);
  const type = objects.flag[object] === 1 ? c.types.pointer(base) : base;
  const name = c.child(parameter, GoField.Name);
  const local = c.declare(name === NO_NODE ? 0 : c.symbol(name), type, name === NO_NODE ? parameter : name, LocalFlag.Param | LocalFlag.Receiver);
  if (name !== NO_NODE) c.ref[name] = -1 - local;
  return local;
}

function finished(c: Checker, file: ProgramFile, node: NodeIndex, object: ObjectId, isInitialiser: boolean): CheckedBody {
  const base = c.tree.start[node] as number;
  const locals: LocalTable = {
    count: c.localName.length, name: c.localName, type: c.localType, node: c.localNode, flags: c.localFlags, owner: c.localOwner,
  };
  c.handedOver = true;
  const body: CheckedBody = {
    id: object, isInitialiser, file: c.program.columnsOf(file), node, base, functions: c.functions, locals,
    callees: c.callees, tupleConversions: c.tupleConversions, instances: c.instances.size === 0 ? NO_INSTANCES : c.instances,
    perIterationLoops: (file.declared.language ?? file.package.language ?? 99) >= 22, uncertain: c.uncertain || c.tree.hasError(node), isTest: file.path.endsWith('_test.go'),
    directives: directivesAbove(file, base),
  };
  if (c.interfaceCalls.length > 0) devirtualize(c, body);
  return body;
}

const NO_INSTANCES: ReadonlyMap<NodeIndex, readonly TypeId[]> = new Map();

/** Names of the `//go:` directives in the comment lines right above an offset. */
export function directivesAbove(file: ProgramFile, start: number): readonly string[] {
  const { comments, text } = file.tree;
  let low = 0;
  let high = comments.length >> 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((comments[middle * 2] as number) < start) low = middle + 1;
    else high = middle;
  }
  let found: string[] | null = null;
  let below = start;
  for (let i = low - 1; i >= 0; i--) {
    const end = comments[i * 2 + 1] as number;
    if (below - end > 3 || text.slice(end, below).trim() !== '' || text.slice(end, below).split('\n').length > 2) break;
    below = comments[i * 2] as number;
    if (text.startsWith('//go:', below)) (found ??= []).unshift(text.slice(below + 2, end).split(/\s/, 1)[0] ?? '');
  }
  return found ?? NO_DIRECTIVES;
}

const NO_DIRECTIVES: readonly string[] = [];
