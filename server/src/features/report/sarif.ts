// The report as SARIF 2.1.0, for code scanning services, and as annotations of GitHub's workflows.
import type { ContractFinding } from '../../analysis/contracts/contracts.js';
import type { RuleDocumentation } from '../../analysis/rule.js';
import type { PositionRange } from '../../syntax/lineIndex.js';
import type { ReportJson } from './document.js';
import type { FileJson, StepJson } from './fileReport.js';
import { describe } from './markdown.js';

/** Something that breaks a contract or a budget, ready to be printed. */
export interface FindingJson {
  readonly type: ContractFinding['type'] | 'budget' | 'idle';
  readonly message: string;
  readonly path: string;
  readonly range: PositionRange;
  /** Whether it makes a check fail. */
  readonly fails: boolean;
}

/** The SARIF log as a value; print it with JSON.stringify. Sites are notes, what breaks a contract or a budget is an error. */
export function sarifOf(report: ReportJson, findings: readonly FindingJson[], rules: readonly RuleDocumentation[]): object {
  const used = new Set(report.files.flatMap((file) => [...file.sites.map((site) => site.rule), ...file.notes.map((note) => note.rule)]));
  const documented = new Map<string, RuleDocumentation>(rules.map((rule) => [rule.id, rule]));
  const ids = [...used, ...new Set(findings.map((finding) => ruleOf(finding)))].sort();
  const index = new Map(ids.map((id, at) => [id, at]));
  const result = (ruleId: string, level: string, text: string, path: string, range: PositionRange, extra: object = {}): object => ({
    ruleId, ruleIndex: index.get(ruleId), level, message: { text }, locations: [{ physicalLocation: physical(path, range) }], ...extra,
  });
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: {
        driver: {
          name: report.tool.name, version: report.tool.version, semanticVersion: report.tool.version,
          rules: ids.map((id) => {
            const rule = documented.get(id);
            return { id, ...(rule ? { shortDescription: { text: rule.title }, fullDescription: { text: rule.why } } : { shortDescription: { text: id } }) };
          }),
        },
      },
      columnKind: 'utf16CodeUnits',
      results: [
        ...findings.map((finding) => result(ruleOf(finding), finding.fails ? 'error' : 'warning', finding.message, finding.path, finding.range)),
        ...report.files.flatMap((file) => [
          ...file.sites.map((site) => result(site.rule, 'note', `${site.kind}, ${site.certainty}: ${describe(site)}`, file.path, { start: site.anchor, end: site.range.end.line > site.anchor.line || site.range.end.character > site.anchor.character ? site.range.end : site.anchor }, {
            ...flowOf(site.why),
            ...(site.cold !== null || site.muted !== null ? { suppressions: [{ kind: 'inSource', justification: site.cold !== null ? `cold: ${site.cold}` : `muted: ${String(site.muted)}` }] } : {}),
            properties: { kind: site.kind, certainty: site.certainty, loopDepth: site.loopDepth },
          })),
          ...file.notes.map((note) => result(note.rule, 'note', note.message, file.path, note.range, flowOf(note.why))),
        ]),
      ],
    }],
  };
}

/** Workflow commands of findings, one a line. */
export function githubFindings(findings: readonly FindingJson[]): string {
  return findings.map((finding) => `${command(finding.fails ? 'error' : 'warning', finding.path, finding.range, ruleOf(finding), finding.message)}\n`).join('');
}

/** Workflow commands of a file, one a line: sites are notices. */
export function githubFile(file: FileJson): string {
  const out = file.problems.map((problem) => command('warning', file.path, problem.range, 'heaplight/problem', problem.message));
  for (const site of file.sites) if (site.cold === null && site.muted === null) out.push(command('notice', file.path, { start: site.anchor, end: site.anchor }, site.rule, `${site.kind}, ${site.certainty}: ${describe(site)}`));
  return out.map((line) => `${line}\n`).join('');
}

/** The rule id under which a finding is reported. */
export function ruleOf(finding: Pick<FindingJson, 'type'>): string {
  return finding.type === 'broken' ? 'heaplight/no-alloc' : finding.type === 'budget' ? 'heaplight/budget' : finding.type === 'idle' ? 'heaplight/idle-budget' : `heaplight/${finding.type}-contract`;
}

/** The steps of an explanation as a code flow; nothing for none. */
function flowOf(why: readonly StepJson[]): object {
  if (why.length === 0) return {};
  const locations = why.map((step) => ({ location: { physicalLocation: physical(step.path, step.range), message: { text: step.message } } }));
  return { codeFlows: [{ threadFlows: [{ locations }] }] };
}

function physical(path: string, range: PositionRange): object {
  const parts = path.split('/').map((part) => encodeURIComponent(part)).join('/');
  const uri = path.startsWith('/') ? `file://${parts}` : /^[A-Za-z]:\//.test(path) ? `file:///${parts}` : parts;
  return {
    artifactLocation: { uri },
    region: { startLine: range.start.line + 1, startColumn: range.start.character + 1, endLine: range.end.line + 1, endColumn: range.end.character + 1 },
  };
}

function command(level: string, path: string, range: PositionRange, title: string, message: string): string {
  const property = (text: string): string => text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A').replace(/:/g, '%3A').replace(/,/g, '%2C');
  const data = message.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
  return `::${level} file=${property(path)},line=${range.start.line + 1},col=${range.start.character + 1},title=${property(title)}::${data}`;
}
