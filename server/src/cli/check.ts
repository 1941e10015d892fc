// `heaplight check`: contracts in comments, budgets of heaplight.json, and the difference to a git revision.
import { overruns } from '../analysis/contracts/budgets.js';
import { pathFrom, placedReport, placedSite } from '../features/report/document.js';
import type { FileJson, SiteJson } from '../features/report/fileReport.js';
import { count, describe } from '../features/report/markdown.js';
import { githubFile, githubFindings, ruleOf, sarifOf, type FindingJson } from '../features/report/sarif.js';
import { COLOURED, PLAIN, siteText, type Palette } from '../features/report/text.js';
import { analyse, excerptsOf, type Analysis } from './analysis.js';
import { Failure } from './failure.js';
import { directoryOf, isWithin, relativePath } from '../workspace/host.js';
import { compareSites, type Comparison, type PlacedSite } from './compare.js';
import type { CliEnvironment } from './environment.js';
import type { CliOptions } from './options.js';

/** Prints what breaks a contract or a budget; 1 when something does. */
export async function check(environment: CliEnvironment, options: CliOptions): Promise<number> {
  const analysis = await analyse(environment, options);
  const findings = [...analysis.findings, ...budgets(analysis)]
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character));
  const comparison = options.base === null ? null : await against(environment, options, options.base, analysis);
  const failing = findings.some((finding) => finding.fails) || (options.failOnNew && (comparison?.added.length ?? 0) > 0);
  environment.out(print(environment, options, analysis, findings, comparison));
  return failing ? 1 : 0;
}

const START = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

function budgets(analysis: Analysis): FindingJson[] {
  const { configuration, configurationPath, root, allFiles } = analysis;
  if (configuration.budgets.length === 0) return [];
  const base = configurationPath === null ? root : directoryOf(configurationPath);
  const prefix = isWithin(base, root) && base !== root ? `${relativePath(base, root)}/` : '';
  const files = allFiles.map((file) => ({ path: prefix + file.path, sites: file.sites }));
  const idle = configuration.budgets.flatMap(({ path }): FindingJson[] => {
    if (path === null || files.some((file) => isWithin(path, file.path))) return [];
    // of what was not named nothing can be said
    if (!analysis.paths.some((named) => isWithin(named, `${base}/${path}`))) return [];
    return [{ type: 'idle', fails: false, path: configurationPath === null ? 'heaplight.json' : relativePath(root, configurationPath), range: START, message: `A budget is for "${path}", where no Rust or Go file is` }];
  });
  return [...idle, ...overruns(configuration.budgets, files).flatMap(({ budget, sites, message }): FindingJson[] => {
    const first = sites[budget.max];
    return first ? [{ type: 'budget', fails: true, path: first.path.slice(prefix.length), range: { start: first.site.anchor, end: first.site.range.end }, message }] : [];
  })];
}

/** Analyses the revision with the same options and compares. */
async function against(environment: CliEnvironment, options: CliOptions, name: string, analysis: Analysis): Promise<Comparison> {
  const revision = environment.revision(analysis.root, name);
  if (typeof revision === 'string') throw new Failure(revision);
  const config = options.config ?? analysis.configurationPath;
  const base = await analyse(environment, { ...options, args: [analysis.root], config: config !== null && revision.host.stat(environment.absolute(config)) ? config : null }, revision.host, true);
  const within = new Set(analysis.paths);
  const named = (file: FileJson): boolean => within.has(analysis.root) || [...within].some((path) => `${analysis.root}/${file.path}` === path || `${analysis.root}/${file.path}`.startsWith(`${path}/`));
  return compareSites(base.report.files.filter(named), base.extras, analysis.report.files, analysis.extras);
}

function print(environment: CliEnvironment, options: CliOptions, analysis: Analysis, rooted: readonly FindingJson[], difference: Comparison | null): string {
  if (options.format === 'json') {
    return `${JSON.stringify({ ...analysis.report, check: { findings: rooted, ...(difference ? { base: { new: difference.added, gone: difference.gone, unchanged: difference.unchanged.length } } : {}) } })}\n`;
  }
  const { root } = analysis.report;
  const at = ({ path, site }: PlacedSite): PlacedSite => ({ path: pathFrom(root, path), site: placedSite(root, site) });
  const findings = rooted.map((finding) => ({ ...finding, path: pathFrom(root, finding.path) }));
  const comparison = difference && { added: difference.added.map(at), gone: difference.gone.map(at), unchanged: difference.unchanged };
  const report = placedReport(analysis.report);
  switch (options.format) {
    case 'sarif': return `${JSON.stringify(sarifOf(report, findings, environment.plugins.flatMap((plugin) => plugin.rules)), null, 2)}\n`;
    case 'github': return githubFindings(findings) + filesOf(comparison).map(githubFile).join('');
    case 'markdown': return markdown(findings, comparison);
    case 'text': return text(analysis, findings, comparison, environment.outIsTerminal && !environment.noColor ? COLOURED : PLAIN);
  }
}

/** New sites as files, for annotations. */
function filesOf(comparison: Comparison | null): FileJson[] {
  const files = new Map<string, SiteJson[]>();
  for (const { path, site } of comparison?.added ?? []) files.set(path, [...(files.get(path) ?? []), site]);
  return [...files].map(([path, sites]) => ({ path, language: path.endsWith('.go') ? 'go' : 'rust', sites, notes: [], problems: [] }));
}

function text(analysis: Analysis, findings: readonly FindingJson[], comparison: Comparison | null, palette: Palette): string {
  const out: string[] = [];
  const excerpts = excerptsOf(analysis);
  for (const finding of findings) {
    const { line, character } = finding.range.start;
    out.push(`${palette.bold(`${finding.path}:${line + 1}:${character + 1}`)}: ${finding.fails ? palette.always('error') : palette.conditional('warning')}: ${finding.message} ${palette.dim(`[${ruleOf(finding)}]`)}`);
    const source = excerpts.get(finding.path)?.[line];
    if (source !== undefined) out.push(`${palette.dim(`${String(line + 1).padStart(5)} |`)} ${source}`, `${palette.dim('      |')} ${source.slice(0, character).replace(/[^\t]/gu, ' ')}${palette.always('^')}`);
  }
  if (comparison) {
    for (const { path, site } of comparison.added) out.push(`new  ${siteText(path, site, null, palette)}`);
    for (const { path, site } of comparison.gone) out.push(`gone ${siteText(path, site, null, palette)}`);
    out.push(`${comparison.added.length} new, ${comparison.gone.length} gone, ${comparison.unchanged.length} unchanged`);
  }
  const broken = findings.filter((finding) => finding.fails).length;
  const warnings = findings.length - broken;
  out.push(`${broken === 0 ? 'No contract or budget is broken' : `${broken} broken`}${warnings > 0 ? `, ${count(warnings, 'warning')}` : ''} in ${count(analysis.report.totals.files, 'file')}`);
  return `${out.join('\n')}\n`;
}

function markdown(findings: readonly FindingJson[], comparison: Comparison | null): string {
  const out = ['# Allocation check', ''];
  out.push(...(findings.length === 0 ? ['No contract or budget is broken.'] : findings.map((finding) => `- ${finding.path}:${finding.range.start.line + 1}: ${finding.message}`)), '');
  if (comparison) {
    out.push(`${comparison.added.length} new, ${comparison.gone.length} gone, ${comparison.unchanged.length} unchanged`, '');
    for (const [title, entries] of [['New', comparison.added], ['Gone', comparison.gone]] as const) {
      if (entries.length > 0) out.push(`## ${title}`, '', ...entries.map(({ path, site }) => `- ${path}:${site.anchor.line + 1}: ${describe(site)} (${site.kind}, ${site.certainty})`), '');
    }
  }
  return `${out.join('\n').trimEnd()}\n`;
}
