// What an edit changes: a text is taken in, and the functions that it concerns are solved again when they are asked for.
import type { FlatTree } from '../../syntax/flatTree.js';
import { ItemKind, type DeclaredFile } from './declare/facts.js';
import { sameDeclarations, sameItem } from './engineChange.js';
import { compareItems, functionsAround, touch, type Touched } from './engineDeclarations.js';
import { concernedBy, type MentionFile } from './engineMentions.js';
import type { UnitAnalysis } from './engineUnit.js';
import type { LoadedCrate } from './resolve/crates.js';
import type { LoadedFile } from './resolve/definitions.js';
import { sameEffect } from './solve/effects/cost.js';
import type { DefId } from './types/typeTable.js';

/** Trees of one file that its functions may hold on to. */
const MAX_TREES = 8;
/** Functions that are taken out of their file's tree one by one; more of them stay in it. */
const MAX_ALONE = 24;

/** Takes changed texts in. False when the analysis has to start over. */
export function takeTexts(analysis: UnitAnalysis, paths: Iterable<string>): boolean {
  const { world, provider, environment } = analysis;
  const stale = new Set<LoadedCrate>();
  for (const path of paths) {
    const files = world.defs.filesAt(path);
    if (files.some((file) => file.declared === null)) return false;
    const source = environment.sources.file(path);
    const declared = source === null ? null : provider.declareTree(source.tree, path);
    const unchanged = source !== null && declared !== null && files.length > 0 && files.every((file) => {
      const before = file.declared;
      const old = before === null ? null : provider.treeOf(before);
      return before !== null && old !== null && sameDeclarations(before, old, declared, source.tree);
    });
    if (unchanged) {
      for (const file of files) replaceBodies(analysis, file, declared, source.tree);
      continue;
    }
    for (const file of files) stale.add(world.crates[file.crate] as LoadedCrate);
    // a file that no module names yet, of a package that is here
    const unit = files.length > 0 ? null : (provider.layout.packageOf(path)?.directory ?? null);
    if (unit !== null) for (const crate of world.crates) if (crate.source.unit === unit && crate.source.origin === 'workspace') stale.add(crate);
  }
  return stale.size === 0 || reload(analysis, stale);
}

/** Declares crates again, and forgets of the functions those that can see a difference. */
function reload(analysis: UnitAnalysis, stale: ReadonlySet<LoadedCrate>): boolean {
  const { world, provider, bodies, effects, findings, names } = analysis;
  const touched: Touched = { names: new Set(), functions: new Set(), file: false, everything: false };
  const edited = new Set<DefId>();
  const gone: DefId[] = [];
  const pending: { readonly file: LoadedFile; readonly changed: readonly number[] | null }[] = [];
  const drop = (file: LoadedFile): void => {
    if (Array.from(file.defs.keys()).some((ordinal) => isMacro(file.facts, ordinal))) otherMacros.add(file.crate);
    for (let ordinal = 0; ordinal < file.defs.length; ordinal++) {
      touch(file, ordinal, ordinal > 0, touched);
      gone.push(file.defs[ordinal] as number);
    }
  };
  const otherMacros = new Set<number>();
  const isMacro = ({ code, items }: LoadedFile['facts'], ordinal: number): boolean => code[items[ordinal] as number] === ItemKind.MacroRules;
  for (const crate of world.crates.filter((one) => one.source.origin === 'workspace').sort((a, b) => a.rank - b.rank)) {
    if (!stale.has(crate) && (otherMacros.size === 0 || crate.fromFacts || ![...world.seenBy(crate)].some((seen) => otherMacros.has(seen)))) continue;
    if (crate.fromFacts || crate.files.some((at) => world.defs.files[at]?.declared === null)) return false;
    const known = new Set(crate.files);
    const kept = world.reload(crate, (file, declared) => {
      const tree = provider.treeOf(declared) as FlatTree;
      const before = file.declared as DeclaredFile;
      const keep = new Int32Array(declared.facts.items.length);
      const difference = compareItems({ facts: file.facts, declared: before, tree: provider.treeOf(before) as FlatTree }, { facts: declared.facts, declared, tree });
      for (let ordinal = 0; ordinal < keep.length; ordinal++) {
        const old = difference.same[ordinal] as number;
        if (old < 0) continue;
        const def = file.defs[old] as number;
        keep[ordinal] = def;
        if (!sameItem(provider.treeOf(before) as FlatTree, before.nodes[old] as number, tree, declared.nodes[ordinal] as number)) edited.add(def);
      }
      const present = new Set(keep);
      for (const def of file.defs) if (!present.has(def)) gone.push(def);
      for (const old of difference.before) {
        touch(file, old, true, touched);
        for (const one of functionsAround(file.facts, old)) edited.add(file.defs[one] as number);
      }
      if (difference.before.some((old) => isMacro(file.facts, old)) || difference.changed.some((now) => isMacro(declared.facts, now))) otherMacros.add(crate.index);
      pending.push({ file, changed: difference.changed });
      return keep;
    }, drop);
    if (!kept) return false;
    for (const at of crate.files) {
      if (known.has(at)) continue;
      const file = world.defs.files[at] as LoadedFile;
      if (Array.from(file.defs.keys()).some((ordinal) => isMacro(file.facts, ordinal))) otherMacros.add(crate.index);
      pending.push({ file, changed: null });
    }
  }
  for (const { file, changed } of pending) {
    touched.functions.clear();
    for (const ordinal of changed ?? file.defs.keys()) touch(file, ordinal, changed !== null || ordinal > 0, touched);
    for (const ordinal of touched.functions) edited.add(file.defs[ordinal] as number);
    if (touched.file) for (const def of bodies.functionsIn(file)) edited.add(def);
    touched.file = false;
  }
  names.forgetFrom(world.standardEnd);
  analysis.signatures.forgetFrom(world.standardEnd);
  analysis.declarationsChanged();
  provider.forgetOldExpansions();
  if (otherMacros.size > 0) bodies.forgetExpansions();
  const all: MentionFile[] = [];
  for (const file of world.defs.files) {
    const tree = file.declared === null ? null : provider.treeOf(file.declared);
    if (tree !== null && world.crates[file.crate]?.source.origin === 'workspace') all.push({ file, tree });
  }
  const concerned = touched.everything ? null : concernedBy(touched.names, all, world.symbols);
  // packages that let their texts go cannot be searched
  if (world.crates.some((crate) => crate.source.origin === 'workspace' && !crate.fromFacts && crate.files.some((at) => world.defs.files[at]?.declared === null))) return false;
  for (const def of gone) {
    bodies.forget(def);
    findings.delete(def);
  }
  const functions = concerned === null ? all.flatMap(({ file }) => bodies.functionsIn(file)) : [...concerned, ...edited];
  for (const def of functions) bodies.forget(def);
  const dependents = effects.dependents([...functions, ...gone]);
  effects.forget(dependents);
  effects.forgetCrates();
  for (const def of dependents) findings.delete(def);
  for (const { file } of all) limitTrees(analysis, file);
  return true;
}

/** Lets the functions of a file go when they hold on to too many versions of it. */
function limitTrees({ bodies, findings }: UnitAnalysis, file: LoadedFile): void {
  const trees = new Set<FlatTree>();
  const functions = bodies.functionsIn(file);
  for (const def of functions) {
    const known = bodies.known(def);
    if (known !== null && !bodies.isAlone(def)) trees.add(known.body.tree);
  }
  if (trees.size <= MAX_TREES) return;
  for (const def of functions) {
    bodies.forget(def);
    findings.delete(def);
  }
}

/** Gives a file the nodes of its new text and solves the functions again that read otherwise. */
function replaceBodies(analysis: UnitAnalysis, file: LoadedFile, declared: DeclaredFile, tree: FlatTree): void {
  const { bodies, findings, provider, world } = analysis;
  const before = file.declared as DeclaredFile;
  const old = provider.treeOf(before) as FlatTree;
  if (before === declared) return;
  file.declared = declared;
  const edited: DefId[] = [];
  const trees = new Map<FlatTree, DefId[]>();
  for (const def of bodies.functionsIn(file)) {
    const ordinal = world.defs.ordinalOf(def);
    const known = bodies.known(def);
    if (!sameItem(old, before.nodes[ordinal] as number, tree, declared.nodes[ordinal] as number)) edited.push(def);
    else if (known && !bodies.isAlone(def)) {
      const same = trees.get(known.body.tree);
      if (same === undefined) trees.set(known.body.tree, [def]);
      else same.push(def);
    }
  }
  let alone = edited.length <= 3;
  if (trees.size > MAX_TREES) {
    // most functions are still on the tree of the first look; the few of the trees since come to the present one
    const few = [...trees.values()].sort((a, b) => b.length - a.length).slice(MAX_TREES >> 1).flat();
    if (few.length > MAX_ALONE) alone = false;
    for (const def of few) {
      bodies.forget(def, alone);
      findings.delete(def);
    }
  }
  solveAgain(analysis, edited, alone);
}

/** Infers functions anew and solves them; where their callers see a difference, those are solved again when they are asked for. */
export function solveAgain(analysis: UnitAnalysis, edited: readonly DefId[], alone: boolean): void {
  const { bodies, effects, findings } = analysis;
  const summaries = edited.map((def) => effects.summaryOf(def));
  const wereSolved = edited.filter((def) => effects.isSolved(def));
  const callees = new Map(edited.map((def) => [def, new Set(bodies.known(def)?.body.callees)]));
  for (const def of edited) {
    bodies.forget(def, alone);
    findings.delete(def);
  }
  const around = effects.dependents(edited);
  // a function that is in a circle, or enters one, is solved with all of it
  const circular = edited.some((def) => {
    if (effects.isRecursive(def)) return true;
    const before = callees.get(def);
    return (bodies.functionOf(def)?.body.callees ?? []).some((callee) => before?.has(callee) !== true && (around.has(callee) || isTraitMethod(analysis, callee)));
  });
  if (circular) {
    effects.forget(around);
    for (const def of around) findings.delete(def);
    return;
  }
  effects.forget(edited);
  effects.solve(wereSolved);
  const changed = edited.filter((def, i) => {
    const now = effects.summaryOf(def);
    const was = summaries[i] ?? null;
    return now === null ? was !== null : !sameEffect(was, now);
  });
  if (changed.length === 0) return;
  const concerned = effects.dependents(changed);
  for (const def of edited) concerned.delete(def);
  effects.forget(concerned);
  for (const def of concerned) findings.delete(def);
}

/** A method of a trait of the workspace: which functions run behind it is not told by the call. */
function isTraitMethod(analysis: UnitAnalysis, def: DefId): boolean {
  const { defs } = analysis.world;
  const parent = defs.parent(def);
  return analysis.program.originOf(def) === 'workspace' && parent !== 0 && defs.kind(parent) === ItemKind.Trait;
}
