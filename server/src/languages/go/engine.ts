// The Go engine: answers the workspace, and runs the stages when something is asked. Nothing is done in `changed` but marking.
import type { Change, EngineEnvironment, LanguageEngine, UnitId } from '../../analysis/language.js';
import { parentOf } from './layout/modules.js';
import { GoSession } from './session.js';
import { analyzeBody } from './rules/index.js';
import { judgeBatch } from './rules/judgement.js';
import { escapeSolver } from './solve/escape/index.js';

/** An engine over an environment. */
export function createGoEngine(environment: EngineEnvironment): LanguageEngine {
  const fresh = (): GoSession => new GoSession(environment, { solveFunctions: escapeSolver(judgeBatch), analyzeBody });
  let session = fresh();
  const solved = new Set<UnitId>(); // since the last change: `report` after `prepare` has nothing left to do
  let changes = 0;
  /** A program has a unit from facts or from sources, never both: when its sources are asked for after its facts were read, a new one is begun. */
  const fromSources = (unit: UnitId): void => {
    if (!session.isFromFacts(unit)) return;
    session = fresh();
    solved.clear();
  };
  const solveUnit = function* (unit: UnitId): Generator<void, void, void> {
    fromSources(unit);
    session.refresh();
    const before = changes;
    const loaded = session.loader.loadWhole(unit);
    if (loaded === null || (solved.has(unit) && !session.solver.lostFindings(unit))) return;
    yield* session.solver.solve(loaded.bodies);
    for (const file of loaded.package.files) session.solver.markVerified(file);
    if (changes === before) solved.add(unit);
  };
  const drain = (steps: Iterator<void>): void => {
    while (!steps.next().done);
  };
  return {
    unitOf: (path) => (path.endsWith('.go') ? (session.units.ofFile(path)?.id ?? null) : null),
    importsOf: (unit) => session.importsOf(unit),
    missingImportsOf: (unit) => session.missingImportsOf(unit),
    filesOf: (unit) => session.units.filesOf(unit),
    prepare: (unit) => solveUnit(unit),
    report: (path) => {
      const source = environment.sources.file(path);
      if (source === null || !path.endsWith('.go')) return null;
      session.refresh();
      const unit = session.units.ofFile(path);
      if (unit !== null) fromSources(unit.id);
      const loaded = unit === null ? null : session.loader.load(unit.id);
      if (loaded === null) return null;
      drain(solveUnit(loaded.unit.id));
      const file = loaded.package.files.find((f) => f.path === path);
      const present = session.loader.load(loaded.unit.id);
      return file === undefined || present === null ? null : session.reports.build(file, source.problems);
    },
    factsOf: (unit) => {
      drain(solveUnit(unit));
      return session.factsOf(unit);
    },
    changed: (change: Change) => {
      changes++;
      solved.clear();
      session.changed(change, parentOf(change.path) ?? '');
    },
    release: (unit) => {
      solved.delete(unit);
      session.release(unit);
    },
  };
}
