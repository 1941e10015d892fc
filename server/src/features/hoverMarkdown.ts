// The Markdown of one site, free place or note, in the order of the product: verdict, what lands on the heap, why, when not, what instead,
// evidence, rule. Everything that comes from code is escaped: no link, command or HTML of a stranger survives.
import type { RuleDocumentation } from '../analysis/rule.js';
import type { AllocationKind, AllocationSite, CalleeLink, ColdReason, Evidence, FreePlace, MutedReason, Note, Step } from '../analysis/site.js';
import type { LineIndex } from '../syntax/lineIndex.js';
import { glyphOf } from './hintText.js';
import { escapeMarkdown, inlineCode, proseMarkdown as prose, safeUri } from './markdownText.js';
import { asSentence } from './report/wording.js';

/** What a hover needs to know beside the report. */
export interface HoverContext {
  /** Address of a file that a step speaks of; null for no link. */
  uriOf(path: string): string | null;
  /** Lines of such a file; null when its text is not at hand. */
  linesOf(path: string): LineIndex | null;
  /** Path for people: relative to the workspace. */
  nameOf(path: string): string;
  rule(id: string): RuleDocumentation | null;
  /** Address of a rule's page; null when there is none. */
  ruleUri(id: string): string | null;
}

const VERDICTS: Readonly<Record<AllocationKind, string>> = {
  box: 'Allocates a box', refcounted: 'Allocates a counted box', buffer: 'Allocates a buffer', growth: 'Grows a buffer', copy: 'Copies into new memory', format: 'Builds formatted text',
  closure: 'Allocates a closure', boxing: 'Boxes a value', escape: 'Moves to the heap', task: 'Starts a task', channel: 'Allocates a channel', error: 'Allocates an error value',
  callee: 'Calls a function that allocates', refcount: 'Bumps a reference count',
};

const COLD: Readonly<Record<ColdReason, string>> = {
  panic: 'on the way to a panic', error: 'while an error is built', test: 'in a test', static: 'in an initialiser that runs once', log: 'in log output',
};

const MUTED: Readonly<Record<MutedReason, string>> = { reserved: 'capacity was reserved in the same block', allowed: '`heaplight: allow` on its line' };

const EVIDENCE: Readonly<Record<Evidence, string>> = {
  predicted: 'Predicted from the source text.', confirmed: 'Confirmed by the compiler.', refuted: 'Refuted by the compiler: it does not allocate here.', measured: 'Measured in a profile.',
};

/** Explains an allocation site. */
export function siteMarkdown(site: AllocationSite, path: string, context: HoverContext): string {
  const rule = context.rule(site.rule);
  const parts = [`${glyphOf(site)} **${VERDICTS[site.kind]}** · ${certaintyWords(site)} · ${frequencyWords(site)}`, heapWords(site)];
  const steps = [...site.why.map((step) => stepLine(step, path, context)), ...site.callees.map((link) => linkLine(link, path, context))];
  if (steps.length > 0) parts.push('**Why**', numbered(steps));
  else if (rule !== null) parts.push(`**Why:** ${prose(rule.why)}`);
  const when = site.certainty !== 'always' && site.when !== null ? `**When:** ${sentence(site.when.replace(/^when /, ''))}` : null;
  const unless = site.unless ?? rule?.unless ?? null;
  if (when !== null) parts.push(when);
  if (unless !== null) parts.push(`**When not:** ${sentence(unless.replace(/^(unless|when) /, ''))}`);
  const mute = muteWords(site);
  if (mute !== null) parts.push(mute);
  if (site.instead !== null) parts.push(`**Instead:** ${sentence(site.instead)}`);
  parts.push(EVIDENCE[site.evidence], ruleLine(site.rule, rule, context));
  return parts.join('\n\n');
}

/** Explains why a place that looks as if it allocates does not. */
export function freeMarkdown(place: FreePlace, path: string, context: HoverContext): string {
  const rule = context.rule(place.rule);
  const parts = [`○ **${rule?.freeTitle ?? 'Does not allocate'}**`, sentence(place.reason)];
  if (place.why.length > 0) parts.push('**Why**', numbered(place.why.map((step) => stepLine(step, path, context))));
  parts.push(EVIDENCE.predicted, ruleLine(place.rule, rule, context));
  return parts.join('\n\n');
}

/** Shows a note. */
export function noteMarkdown(note: Note, path: string, context: HoverContext): string {
  const parts = [`◇ **Note** · ${sentence(note.message)}`];
  if (note.why.length > 0) parts.push('**Why**', numbered(note.why.map((step) => stepLine(step, path, context))));
  parts.push(EVIDENCE.predicted, ruleLine(note.rule, context.rule(note.rule), context));
  return parts.join('\n\n');
}

function certaintyWords(site: AllocationSite): string {
  if (site.kind === 'refcount') return 'no allocation';
  return site.certainty === 'always' ? 'always' : site.certainty === 'conditional' ? 'sometimes' : 'possibly';
}

function frequencyWords(site: AllocationSite): string {
  if (site.loopDepth === 0) return 'once';
  return site.loopDepth === 1 ? 'in each iteration of a loop' : `in each iteration of ${site.loopDepth} nested loops`;
}

function heapWords(site: AllocationSite): string {
  const what = prose(site.what);
  if (site.kind === 'refcount') return sentence(site.what);
  const size = site.size ? `, ${site.size.exact ? '' : 'at least '}${bytesWords(site.size.bytes)}` : '';
  return `**On the heap:** ${what}${size}.`;
}

/** Bytes in full and, from 1 KiB on, in the larger unit too. */
function bytesWords(bytes: number): string {
  if (bytes < 1024) return `${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`;
  const units = ['KiB', 'MiB', 'GiB'];
  let value = bytes / 1024;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${Number.isInteger(value) ? value : value.toFixed(1)} ${units[unit] as string}${Number.isInteger(value) ? '' : ` (${bytes} bytes)`}`;
}

function muteWords(site: AllocationSite): string | null {
  if (site.cold !== null) return `**Muted:** it stands ${COLD[site.cold]}, where allocations rarely count.`;
  return site.muted === null ? null : `**Muted:** ${MUTED[site.muted]}.`;
}

function stepLine(step: Step, path: string, context: HoverContext): string {
  return `${prose(step.message)}${place(step.path, step.start, path, context)}`;
}

function linkLine(link: CalleeLink, path: string, context: HoverContext): string {
  const what = link.what === null ? '' : `: ${prose(link.what)}`;
  return `${inlineCode(link.function)}${what}${link.path !== null && link.start !== null ? place(link.path, link.start, path, context) : ''}`;
}

/** A link to the line of an offset; its text names the file only where it is another one. */
function place(path: string, offset: number, here: string, context: HoverContext): string {
  const at = context.linesOf(path)?.position(offset);
  if (!at) return path === here ? '' : ` · ${inlineCode(context.nameOf(path))}`;
  const name = `${path === here ? '' : `${context.nameOf(path)} `}line ${at.line + 1}`;
  const uri = context.uriOf(path);
  return ` · ${uri === null ? escapeMarkdown(name) : link(name, `${uri}#L${at.line + 1},${at.character + 1}`)}`;
}

function ruleLine(id: string, rule: RuleDocumentation | null, context: HoverContext): string {
  const uri = context.ruleUri(id);
  const name = uri === null ? inlineCode(id) : `[${inlineCode(id)}](${safeUri(uri)})`;
  return rule === null ? `Rule ${name}` : `Rule ${name}: ${prose(rule.title)}`;
}

function link(text: string, uri: string): string {
  return `[${escapeMarkdown(text)}](${safeUri(uri)})`;
}

function numbered(lines: readonly string[]): string {
  return lines.map((line, at) => `${at + 1}. ${line}`).join('\n');
}

function sentence(text: string): string {
  return prose(asSentence(text));
}
