// All rows that ship with Heaplight, std's first.
import { ModelTable } from './modelIndex.js';
import type { RustRow } from './row.js';
import { asyncModels } from './crates/async.js';
import { dataModels } from './crates/data.js';
import { boxedModels } from './std/boxed.js';
import { collectionModels } from './std/collections.js';
import { convertModels } from './std/convert.js';
import { countedModels } from './std/counted.js';
import { iterModels } from './std/iter.js';
import { stringModels } from './std/string.js';
import { ioModels, threadModels } from './std/system.js';
import { vecModels } from './std/vec.js';

/** Every built-in row. */
export const rustModels: readonly RustRow[] = [
  ...boxedModels, ...countedModels, ...vecModels, ...stringModels, ...collectionModels, ...iterModels, ...convertModels, ...ioModels, ...threadModels, ...asyncModels, ...dataModels,
];

let builtIn: ModelTable | null = null;

/** A table of the user's rows, which win, and the built-in ones. */
export function modelTable(own: readonly RustRow[]): ModelTable {
  if (own.length > 0) return new ModelTable([...own, ...rustModels]);
  return (builtIn ??= new ModelTable(rustModels));
}
