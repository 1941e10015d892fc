// Declare: the package-level names of one file, as its syntax says them. Nothing is resolved; nodes are those of the given tree.
import { type FlatTree, type NodeIndex, NO_NODE } from '../../../syntax/flatTree.js';
import { GoField, GoKind } from '../../../syntax/kinds/go.generated.js';
import type { SymbolTable } from '../../../syntax/symbolTable.js';
import { languageOf } from './buildConstraint.js';
import { fileHead } from './fileHead.js';
import { unquoted } from './literals.js';

/** An import of a file. */
export interface DeclaredImport {
  readonly path: string;
  /** Symbol of the written name, 0 for none; `.` and `_` are symbols too. */
  readonly name: number;
  readonly node: NodeIndex;
}

/** A package-level constant, variable or type. */
export interface DeclaredName {
  readonly name: number;
  /** const_spec, var_spec, type_spec or type_alias. */
  readonly node: NodeIndex;
  /** Position among the names of its spec. */
  readonly index: number;
  /** Of a constant: the spec whose type and values hold for it (an earlier one where its own has none), and its iota. */
  readonly valueNode: NodeIndex;
  readonly iota: number;
}

/** A function or method. */
export interface DeclaredFunction {
  readonly name: number;
  readonly node: NodeIndex;
  /** Of a method: name of the receiver's type (0 when unreadable), and whether the receiver is a pointer. */
  readonly receiver: number;
  readonly pointer: boolean;
}

/** What a file declares. */
export interface DeclaredFile {
  readonly path: string;
  readonly tree: FlatTree;
  readonly packageName: number;
  readonly imports: readonly DeclaredImport[];
  readonly constants: readonly DeclaredName[];
  readonly variables: readonly DeclaredName[];
  readonly types: readonly DeclaredName[];
  readonly functions: readonly DeclaredFunction[];
  /** var_specs with values. */
  readonly initialisers: readonly NodeIndex[];
  /** Minor version of the language that its `//go:build` line chooses; null when that is for its module to say. */
  readonly language: number | null;
  /** Hash of the version and of everything outside of function bodies and comments: equal hashes declare the same. */
  readonly hash: string;
}

/** Reads the declarations of a file. */
export function declareFile(path: string, tree: FlatTree, symbols: SymbolTable): DeclaredFile {
  const { kind, next } = tree;
  const imports: DeclaredImport[] = [];
  const constants: DeclaredName[] = [];
  const variables: DeclaredName[] = [];
  const types: DeclaredName[] = [];
  const functions: DeclaredFunction[] = [];
  const initialisers: NodeIndex[] = [];
  const bodies: number[] = [];
  let packageName = 0;
  const end = tree.count > 0 ? (next[0] as number) : 0;
  const item = (node: NodeIndex): void => {
    switch (kind[node] as GoKind) {
      case GoKind.PackageClause: {
        const name = tree.firstChild(node);
        if (name !== NO_NODE && packageName === 0) packageName = tree.symbolOf(name, symbols);
        break;
      }
      case GoKind.ImportDeclaration:
        readImports(tree, node, symbols, imports);
        break;
      case GoKind.ConstDeclaration:
        readConstants(tree, node, symbols, constants);
        break;
      case GoKind.VarDeclaration:
        readVariables(tree, node, symbols, variables, initialisers);
        break;
      case GoKind.TypeDeclaration:
        for (let spec = tree.firstChild(node); spec !== NO_NODE; spec = tree.nextSibling(spec)) {
          const name = tree.childByField(spec, GoField.Name);
          if (name !== NO_NODE) types.push({ name: tree.symbolOf(name, symbols), node: spec, index: 0, valueNode: spec, iota: 0 });
        }
        break;
      case GoKind.FunctionDeclaration:
      case GoKind.MethodDeclaration: {
        const body = tree.childByField(node, GoField.Body);
        if (body !== NO_NODE) bodies.push(tree.start[body] as number, tree.end[body] as number);
        functions.push(readFunction(tree, node, symbols));
        break;
      }
      case GoKind.Error: // declarations that survive inside broken syntax
        for (let child = node + 1; child < (next[node] as number); child = next[child] as number) item(child);
        break;
      default:
    }
  };
  for (let node = 1; node < end; node = next[node] as number) item(node);
  const { constraint } = fileHead(tree.text);
  const language = constraint === null ? null : languageOf(constraint);
  const hash = declarationHash(tree, bodies);
  return { path, tree, packageName, imports, constants, variables, types, functions, initialisers, language, hash: language === null ? hash : `${hash} ${language}` };
}

function readImports(tree: FlatTree, declaration: NodeIndex, symbols: SymbolTable, into: DeclaredImport[]): void {
  const end = tree.next[declaration] as number;
  for (let node = declaration + 1; node < end; node++) {
    if (tree.kind[node] !== GoKind.ImportSpec) continue;
    const path = tree.childByField(node, GoField.Path);
    const name = tree.childByField(node, GoField.Name);
    if (path !== NO_NODE) into.push({ path: unquoted(tree.textOf(path)), name: name === NO_NODE ? 0 : tree.symbolOf(name, symbols), node });
  }
}

function readConstants(tree: FlatTree, declaration: NodeIndex, symbols: SymbolTable, into: DeclaredName[]): void {
  let iota = 0;
  let valueNode: NodeIndex = NO_NODE;
  for (let spec = tree.firstChild(declaration); spec !== NO_NODE; spec = tree.nextSibling(spec)) {
    if (tree.kind[spec] !== GoKind.ConstSpec) continue;
    if (tree.childByField(spec, GoField.Value) !== NO_NODE) valueNode = spec;
    let index = 0;
    for (let child = tree.firstChild(spec); child !== NO_NODE; child = tree.nextSibling(child)) {
      if (tree.kind[child] !== GoKind.Identifier || tree.field[child] === GoField.Type) continue;
      into.push({ name: tree.symbolOf(child, symbols), node: spec, index: index++, valueNode: valueNode === NO_NODE ? spec : valueNode, iota });
    }
    iota++;
  }
}

function readVariables(tree: FlatTree, declaration: NodeIndex, symbols: SymbolTable, into: DeclaredName[], initialisers: NodeIndex[]): void {
  for (let child = tree.firstChild(declaration); child !== NO_NODE; child = tree.nextSibling(child)) {
    if (tree.kind[child] === GoKind.VarSpecList) {
      readVariables(tree, child, symbols, into, initialisers);
      continue;
    }
    if (tree.kind[child] !== GoKind.VarSpec) continue;
    let index = 0;
    for (let name = tree.firstChild(child); name !== NO_NODE; name = tree.nextSibling(name)) {
      if (tree.field[name] !== GoField.Name || tree.kind[name] !== GoKind.Identifier) continue;
      into.push({ name: tree.symbolOf(name, symbols), node: child, index: index++, valueNode: child, iota: 0 });
    }
    if (tree.childByField(child, GoField.Value) !== NO_NODE) initialisers.push(child);
  }
}

function readFunction(tree: FlatTree, node: NodeIndex, symbols: SymbolTable): DeclaredFunction {
  const name = tree.childByField(node, GoField.Name);
  const symbol = name === NO_NODE ? 0 : tree.symbolOf(name, symbols);
  let receiver = 0;
  let pointer = false;
  const list = tree.childByField(node, GoField.Receiver);
  if (list !== NO_NODE && tree.kind[node] === GoKind.MethodDeclaration) {
    const parameter = tree.firstChild(list);
    let type = parameter === NO_NODE ? NO_NODE : tree.childByField(parameter, GoField.Type);
    for (let steps = 0; type !== NO_NODE && steps < 8; steps++) {
      const kind = tree.kind[type] as GoKind;
      if (kind === GoKind.TypeIdentifier) {
        receiver = tree.symbolOf(type, symbols);
        break;
      }
      if (kind === GoKind.PointerType) pointer = true;
      type = kind === GoKind.GenericType ? tree.childByField(type, GoField.Type) : tree.firstChild(type);
      if (type !== NO_NODE && tree.kind[type] === GoKind.Star) type = tree.nextSibling(type);
    }
  }
  return { name: symbol, node, receiver, pointer };
}

/** Hash of the text outside of `bodies` (start, end, … ascending) and of comments. */
function declarationHash(tree: FlatTree, bodies: readonly number[]): string {
  const { text, comments } = tree;
  let low = 0x811c9dc5;
  let high = 0x1b873593;
  let at = 0;
  let body = 0;
  let comment = 0;
  while (at < text.length) {
    while (body < bodies.length && (bodies[body] as number) < at) body += 2;
    while (comment < comments.length && (comments[comment] as number) < at) comment += 2;
    const bodyStart = bodies[body] ?? text.length;
    const commentStart = comments[comment] ?? text.length;
    const stop = Math.min(bodyStart, commentStart);
    for (; at < stop; at++) {
      const unit = text.charCodeAt(at);
      if (unit === 32 || unit === 9 || unit === 13) continue; // new lines stay: a directive's place and a semicolon depend on them
      low = Math.imul(low ^ unit, 0x01000193);
      high = Math.imul(high ^ (unit + (low >>> 7)), 0x5bd1e995);
    }
    if (stop < text.length) at = Math.max(at + 1, stop === bodyStart ? (bodies[body + 1] as number) : (comments[comment + 1] as number));
  }
  return `${(low >>> 0).toString(36)}.${(high >>> 0).toString(36)}`;
}
