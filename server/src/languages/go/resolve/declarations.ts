// Types and values of package-level objects that are declared in source, one at a time, when they are asked for.
import { type NodeIndex, NO_NODE } from '../../../syntax/flatTree.js';
import { GoField, GoKind } from '../../../syntax/kinds/go.generated.js';
import { constantAt, varSpecTypes } from './check/assignments.js';
import type { Checker } from './check/checker.js';
import { signature, typeExpression } from './check/typeExpressions.js';
import { LocalFlag } from './checkedBody.js';
import { BasicType, TypeKind, type TypeId } from '../types/typeKind.js';
import { ObjectKind, type ObjectId } from './objects.js';
import type { ProgramFile } from './packages.js';
import type { Program } from './program.js';

/** Resolves an object of a source file: sets its type, and a constant's value. */
export function resolveDeclared(program: Program, object: ObjectId): void {
  const { objects } = program;
  const file = program.files[objects.file[object] as number];
  const node = objects.node[object] as number;
  if (!file || node < 0) return;
  program.withChecker(file, object, (c) => {
    switch (objects.kind[object] as ObjectKind) {
      case ObjectKind.Const: {
        c.iota = program.constants.int(objects.flag[object] as number);
        const [type, value] = constantAt(c, node, objects.index[object] as number);
        objects.type[object] = type;
        objects.value[object] = value;
        return;
      }
      case ObjectKind.Var: {
        c.skipLiterals = true;
        const types = varSpecTypes(c, node);
        const type = types(objects.index[object] as number);
        objects.type[object] = type === BasicType.UntypedNil ? 0 : type;
        return;
      }
      case ObjectKind.Type: {
        bindTypeParameters(c, node, object);
        if (objects.flag[object] === 1) objects.type[object] = typeExpression(c, c.child(node, GoField.Type));
        return;
      }
      case ObjectKind.Func:
      case ObjectKind.Method:
        bindFunctionTypeParameters(c, node, object);
        objects.type[object] = signature(c, node);
        return;
      default:
    }
  });
}

/** Underlying type of a type declared in source. */
export function declaredUnderlying(program: Program, object: ObjectId): TypeId {
  const { objects } = program;
  const file = program.files[objects.file[object] as number];
  if (!file) return 0;
  return program.withChecker(file, object, (c) => {
    const node = objects.node[object] as number;
    bindTypeParameters(c, node, object);
    return typeExpression(c, c.child(node, GoField.Type));
  });
}

/** Constraint of a type parameter of an object declared in source: an interface. */
export function declaredConstraint(program: Program, object: ObjectId, index: number): TypeId {
  const { objects } = program;
  const file = program.files[objects.file[object] as number];
  if (!file) return 0;
  return program.withChecker(file, object, (c) => {
    const node = objects.node[object] as number;
    bindTypeParameters(c, node, object);
    const list = c.child(node, GoField.TypeParameters);
    let at = 0;
    for (let child = list + 1; list !== NO_NODE && child < (c.next[list] as number); child = c.next[child] as number) {
      let names = 0;
      for (let name = child + 1; name < (c.next[child] as number); name = c.next[name] as number) if (c.field[name] === GoField.Name && c.kind[name] === GoKind.Identifier) names++;
      if (index < at + names) {
        const type = typeExpression(c, c.child(child, GoField.Type));
        return c.types.underKind(type) === TypeKind.Interface ? type : c.types.interface([], [type]);
      }
      at += names;
    }
    return 0;
  });
}

/** Type parameters that a declaration lists: one TypeParam each, owned by the object. */
export function typeParametersOf(program: Program, file: ProgramFile, node: NodeIndex, object: ObjectId): TypeId[] {
  const params: TypeId[] = [];
  const { tree } = file;
  const list = tree.childByField(node, GoField.TypeParameters);
  if (list === NO_NODE) return params;
  for (let child = list + 1; child < (tree.next[list] as number); child++) {
    if (tree.field[child] === GoField.Name && tree.kind[child] === GoKind.Identifier && tree.kind[tree.parent[child] as number] === GoKind.TypeParameterDeclaration) params.push(program.types.typeParam(object, params.length));
  }
  return params;
}

/** Declares an object's type parameters in the present scope. */
export function bindTypeParameters(c: Checker, node: NodeIndex, object: ObjectId): void {
  const list = c.child(node, GoField.TypeParameters);
  if (list === NO_NODE) return;
  const params = c.program.objects.typeParams[object] ?? [];
  let at = 0;
  for (let child = list + 1; child < (c.next[list] as number); child++) {
    if (c.field[child] !== GoField.Name || c.kind[child] !== GoKind.Identifier || c.kind[c.tree.parent[child] as number] !== GoKind.TypeParameterDeclaration) continue;
    c.ref[child] = -1 - c.declare(c.symbol(child), params[at++] ?? 0, child, LocalFlag.Type);
  }
}

/** Declares a function's own type parameters, and the names its receiver gives to those of its type. */
export function bindFunctionTypeParameters(c: Checker, node: NodeIndex, object: ObjectId): void {
  bindTypeParameters(c, node, object);
  const receiver = c.child(node, GoField.Receiver);
  if (receiver === NO_NODE) return;
  const params = c.program.objects.typeParams[c.program.objects.receiver[object] as number] ?? [];
  if (params.length === 0) return;
  for (let at = receiver + 1; at < (c.next[receiver] as number); at++) {
    if (c.kind[at] !== GoKind.TypeArguments) continue;
    let i = 0;
    for (let arg = at + 1; arg < (c.next[at] as number); arg = c.next[arg] as number) {
      let name = arg;
      while (c.kind[name] === GoKind.TypeElem) name = c.firstChild(name);
      if (name !== NO_NODE) c.declare(c.symbol(name), params[i] ?? 0, name, LocalFlag.Type);
      i++;
    }
    return;
  }
}
