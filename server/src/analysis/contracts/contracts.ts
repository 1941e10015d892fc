// Holds a report against the contracts in its text: silences what `allow` covers, and finds what breaks `no-alloc`.
// Language-neutral: a function is what the report calls one, a comment is what the flat tree calls one.
import type { AllocationReport, FunctionTotal } from '../report.js';
import type { AllocationSite } from '../site.js';
import { readDirectives, type Directive } from './directives.js';

/** What is wrong with a contract, or with the code under it. */
export interface ContractFinding {
  /**
   * `broken`: an allocation in a function that says it makes none · `unproved`: a possible one, on what the source does not show · `unused`: an `allow` that silences nothing ·
   * `unexplained`: an `allow` without a reason · `misplaced`: a `no-alloc` above no function · `unknown`: no contract of ours.
   */
  readonly type: 'broken' | 'unproved' | 'unused' | 'unexplained' | 'misplaced' | 'unknown';
  readonly message: string;
  /** UTF-16 offsets, end exclusive. */
  readonly start: number;
  readonly end: number;
  /** The allocation, for `broken` and `unproved`. */
  readonly site: AllocationSite | null;
  /** The function that carries the contract, for `broken` and `unproved`. */
  readonly function: string | null;
}

/** A report with what `allow` silences muted, and the findings in order of position. */
export interface ContractResult {
  readonly report: AllocationReport;
  readonly findings: readonly ContractFinding[];
}

/** Applies the contracts of a file's comments. The report itself is unchanged when the text states none. */
export function applyContracts(report: AllocationReport, comments: Uint32Array): ContractResult {
  const { directives, unknown } = readDirectives(report.text, comments);
  if (directives.length === 0 && unknown.length === 0) return { report, findings: [] };
  const findings: ContractFinding[] = unknown.map(({ word, start, end }) => ({
    type: 'unknown', start, end, site: null, function: null,
    message: word === '' ? 'A contract is missing after "heaplight:": write no-alloc or allow REASON' : `There is no contract "${word}": write no-alloc or allow REASON`,
  }));
  const sites = [...report.sites];
  for (const directive of directives) if (directive.type === 'allow') findings.push(...allow(directive, sites, report.text));
  const muted = { ...report, sites };
  for (const directive of directives) {
    if (directive.type !== 'no-alloc') continue;
    const target = functionBelow(directive, report.functions, report.text, comments);
    if (target) findings.push(...broken(target, sites));
    else findings.push({ type: 'misplaced', message: 'No function follows this contract', start: directive.start, end: directive.end, site: null, function: null });
  }
  findings.sort((a, b) => a.start - b.start || a.end - b.end);
  return { report: muted, findings };
}

/** Mutes the sites of the directive's line in place: its own line when code stands before it there, else the next line that holds any. */
function allow(directive: Directive, sites: AllocationSite[], text: string): ContractFinding[] {
  const { start, end } = directive;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  let from = lineStart;
  if (text.slice(lineStart, start).trim() === '') {
    from = end;
    while (from < text.length && /\s/.test(text.charAt(from))) from++;
    from = text.lastIndexOf('\n', from - 1) + 1;
  }
  const newline = text.indexOf('\n', from);
  const to = newline < 0 ? text.length : newline;
  let silenced = 0;
  for (let i = 0; i < sites.length; i++) {
    const site = sites[i] as AllocationSite;
    const here = (site.start >= from && site.start < to) || (site.anchor >= from && site.anchor < to);
    if (!here) continue;
    silenced++;
    sites[i] = { ...site, muted: 'allowed' };
  }
  const finding = (type: 'unused' | 'unexplained', message: string): ContractFinding => ({ type, message, start, end, site: null, function: null });
  if (silenced === 0) return [finding('unused', 'This allow silences nothing')];
  return directive.reason === '' ? [finding('unexplained', 'Say why: heaplight: allow REASON')] : [];
}

/** The function that starts below the directive, with only comments, attributes and white space between. */
function functionBelow(directive: Directive, functions: readonly FunctionTotal[], text: string, comments: Uint32Array): FunctionTotal | null {
  let found: FunctionTotal | null = null;
  for (const candidate of functions) if (candidate.anchor >= directive.end && (found === null || candidate.anchor < found.anchor)) found = candidate;
  if (found === null) return null;
  let at = directive.end;
  for (;;) {
    while (at < found.start && /\s/.test(text.charAt(at))) at++;
    if (at >= found.start) return found;
    const comment = commentAt(comments, at);
    if (comment > at) at = comment;
    else if (text.startsWith('#[', at)) at = attributeEnd(text, at);
    else return null;
  }
}

function commentAt(comments: Uint32Array, offset: number): number {
  for (let i = 0; i + 1 < comments.length; i += 2) if (comments[i] === offset) return comments[i + 1] as number;
  return -1;
}

/** Offset after a bracketed attribute; brackets inside string literals are rare enough there to be counted as brackets. */
function attributeEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const unit = text.charAt(at);
    if (unit === '[') depth++;
    else if (unit === ']' && --depth === 0) return at + 1;
  }
  return text.length;
}

/** What a contract forbids: everything that allocates and is not allowed. Counts are no allocations; a mere possibility breaks nothing, and is told. */
function broken(target: FunctionTotal, sites: readonly AllocationSite[]): ContractFinding[] {
  const findings: ContractFinding[] = [];
  for (const site of sites) {
    if (site.start < target.start || site.start >= target.end) continue;
    if (site.kind === 'refcount' || site.muted === 'allowed' || site.evidence === 'refuted') continue;
    // a call of a closure that is written here: what stands in it is told there
    if (site.kind === 'callee' && site.callee === null && site.callees.length === 0) continue;
    const chain = site.callees.length > 0 ? `: ${site.callees.map((link) => link.function).join(' → ')}` : '';
    const says = site.certainty === 'always' ? 'but this allocates' : site.certainty === 'conditional' ? 'but this may allocate' : 'and whether this allocates cannot be told';
    const condition = site.certainty !== 'always' && site.when ? `, when ${site.when}` : '';
    findings.push({
      type: site.certainty === 'possible' ? 'unproved' : 'broken', site, function: target.function, start: site.start, end: site.end,
      message: `${target.function} says no-alloc, ${says} (${site.what}${condition})${chain}`,
    });
  }
  return findings;
}
