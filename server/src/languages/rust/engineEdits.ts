// What an edit changes: a text is taken in, and the functions that it concerns are solved again when they are asked for.
import type { FlatTree } from '../../syntax/flatTree.js';
import { ItemKind, type DeclaredFile } from './declare/facts.js';
import { sameDeclarations, sameItem } from './engineChange.js';
import type { UnitAnalysis } from './engineUnit.js';
import type { LoadedFile } from './resolve/definitions.js';
import { sameEffect } from './solve/effects/cost.js';
import type { DefId } from './types/typeTable.js';

/** Trees of one file that its functions may hold on to. */
const MAX_TREES = 8;
/** Functions whose macros are read one by one; of more, those of the whole file are. */
const MAX_ALONE = 24;

/** Takes a changed text in. False when the analysis has to start over from the declarations. */
export function takeText(analysis: UnitAnalysis, path: string): boolean {
  const { world, provider, environment } = analysis;
  const files = world.defs.filesAt(path);
  const source = environment.sources.file(path);
  if (source === null || files.length === 0) return false;
  const declared = provider.declareTree(source.tree);
  for (const file of files) {
    const before = file.declared;
    const old = before === null ? null : provider.treeOf(before);
    if (before === null || old === null || !sameDeclarations(before, old, declared, source.tree)) return false;
  }
  for (const file of files) replaceBodies(analysis, file, declared, source.tree);
  return true;
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
    else if (known) {
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
