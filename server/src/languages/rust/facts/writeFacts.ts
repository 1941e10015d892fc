// Makes the facts of a loaded crate: declarations of all its files, and the costs of what others can call.
import type { LoadedCrate } from '../resolve/crates.js';
import type { LoadedFile } from '../resolve/definitions.js';
import { HEADER } from '../resolve/definitions.js';
import { encode, NameList, packFiles } from '../resolve/pack.js';
import type { World } from '../resolve/world.js';
import { Level, type EffectSummary } from '../solve/effects/cost.js';
import type { DefId } from '../types/typeTable.js';
import { ItemKind, Visibility } from '../declare/facts.js';
import { implParts } from '../declare/factsReader.js';
import { crateFactsText, writePlaces, writeSpans, type CrateHeader, type FileRecord } from './crateFacts.js';
import { detailsOf } from './fileDetails.js';
import { SummaryWriter } from './summaryCode.js';

/** Facts of a crate as text. Without `summaryOf` only its declarations. `relative` gives paths from the directory of its package. */
export function writeCrateFacts(world: World, crate: LoadedCrate, header: CrateHeader, relative: (path: string) => string, summaryOf: ((def: DefId) => EffectSummary | null) | null): string {
  const { defs } = world;
  const names = new NameList(world);
  const paths: string[] = [];
  const loaded = crate.files.map((at) => defs.files[at] as LoadedFile);
  const codes = packFiles(names, loaded);
  const files = loaded.map((file, i): FileRecord => {
    const path = relative(file.path);
    let at = paths.indexOf(path);
    if (at < 0) at = paths.push(path) - 1;
    const details = detailsOf(world, file);
    const call = file.expansionOf;
    return [codes[i] as FileRecord[0], at, writePlaces(details?.places ?? new Int32Array(0)), [...(details?.macros ?? [])].flat(), call === 0 ? null : [loaded.indexOf(defs.fileOf(call)), defs.ordinalOf(call)], summaryOf === null && details !== null ? writeSpans(details.spans) : ''];
  });
  const summaries = new SummaryWriter(world, crate, names);
  if (summaryOf !== null) {
    for (const file of loaded) {
      for (const def of file.defs) {
        if (!isCallable(world, def)) continue;
        const summary = summaryOf(def);
        if (summary !== null && summary.level !== Level.None) summaries.add(def, summary);
      }
    }
  }
  const { texts, crates, code } = summaries;
  return crateFactsText({ ...header, names: names.names, paths, files, effects: summaryOf === null ? null : { texts, crates, code: encode(code) } });
}

/** Whether code of another crate can come to call a function: it is visible somewhere, or belongs to a trait or to an impl of one. */
export function isCallable(world: World, def: DefId): boolean {
  const { defs } = world;
  if (defs.kind(def) !== ItemKind.Function) return false;
  if (defs.visibility(def) !== Visibility.Private) return true;
  const parent = defs.parent(def);
  const kind = parent === 0 ? 0 : defs.kind(parent);
  return kind === ItemKind.Trait || (kind === ItemKind.Impl && implParts(defs.fileOf(parent).facts.code, defs.offsetOf(parent), HEADER).trait >= 0);
}
