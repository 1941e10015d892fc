// `heaplight show`: prints the report.
import { placedReport } from '../features/report/document.js';
import { markdownOf } from '../features/report/markdown.js';
import { githubOf, sarifOf } from '../features/report/sarif.js';
import { COLOURED, PLAIN, textOf } from '../features/report/text.js';
import { analyse, excerptsOf, type Analysis } from './analysis.js';
import type { CliEnvironment } from './environment.js';
import { joinedReport } from './facts.js';
import type { CliOptions } from './options.js';

/** Prints the sites of what is named. */
export async function show(environment: CliEnvironment, options: CliOptions): Promise<number> {
  if (options.facts.length > 0) {
    environment.out(`${JSON.stringify(joinedReport(environment, options))}\n`);
    return 0;
  }
  environment.out(rendered(environment, options, await analyse(environment, options)));
  return 0;
}

/** The report in the format that is asked for. */
export function rendered(environment: CliEnvironment, options: CliOptions, analysis: Analysis): string {
  if (options.format === 'json') return `${JSON.stringify(analysis.report)}\n`;
  const report = placedReport(analysis.report);
  const excerpts = excerptsOf(analysis);
  switch (options.format) {
    case 'markdown': return markdownOf(report);
    case 'sarif': return `${JSON.stringify(sarifOf(report, [], environment.plugins.flatMap((plugin) => plugin.rules)), null, 2)}\n`;
    case 'github': return githubOf(report, []);
    case 'text': return textOf(report, (file, line) => excerpts.get(file.path)?.[line] ?? null, environment.outIsTerminal && !environment.noColor ? COLOURED : PLAIN);
  }
}
