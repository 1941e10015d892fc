// The Go engine: answers the workspace, and runs the stages when something is asked.
import type { EngineEnvironment, LanguageEngine } from '../../analysis/language.js';

/** An engine over an environment. */
export function createGoEngine(environment: EngineEnvironment): LanguageEngine {
  const directoryOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
  return {
    unitOf: (path) => (path.endsWith('.go') ? directoryOf(path) : null),
    importsOf: () => [],
    filesOf: (unit) => environment.sources.list(unit).filter((e) => e.kind === 'file' && e.name.endsWith('.go')).map((e) => `${unit}/${e.name}`),
    prepare: () => [].values(),
    report: (path) => {
      const file = environment.sources.file(path);
      return file === null ? null : { path, language: 'go', text: file.tree.text, sites: [], free: [], notes: [], problems: [], functions: [] };
    },
    factsOf: () => null,
    changed: () => undefined,
    release: () => undefined,
  };
}
