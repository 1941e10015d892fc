import type { UnitFacts } from '../../../analysis/language.js';
import type { LoadedUnit } from '../resolve/loader.js';
import type { ObjectId } from '../resolve/objects.js';
import type { Program } from '../resolve/program.js';
import type { FunctionSummary } from '../solve/escapeContract.js';
export function writeUnitFacts(_program: Program, loaded: LoadedUnit, _summaryOf: (object: ObjectId) => FunctionSummary | null): UnitFacts {
  return { language: 'go', unit: loaded.unit.id, version: 1, body: '' };
}
