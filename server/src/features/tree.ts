// Files of a report → the Allocations view: groups, their sites by loop depth and certainty, folded callees, muted sites, notes, problems.
import { CERTAINTIES } from '../analysis/site.js';
import type { AllocationNode, Grouping } from '../../../protocol/src/messages.js';
import type { PositionRange } from '../syntax/lineIndex.js';
import { glyphOf, sizeWords } from './hintText.js';
import { escapeMarkdown } from './markdownText.js';
import type { FileJson, SiteJson } from './report/fileReport.js';
import { isCounted } from './visibility.js';

/** What a tree is made of. */
export interface TreeInput {
  /** Files with paths relative to the root, sorted by path. */
  readonly files: readonly FileJson[];
  readonly grouping: Grouping;
  readonly filter: string;
  /** Address of a file by the path in the report. */
  uriOf(path: string): string;
}

/** A tree that answers level by level. */
export interface AllocationTree {
  readonly summary: string;
  /** Children of a node, null for the roots; empty for an id that is not known. */
  children(parent: string | null): readonly AllocationNode[];
}

interface Placed {
  readonly path: string;
  readonly site: SiteJson;
}

/** Groups of more sites than this are closed at first, when there are several groups. */
const OPEN_AT_MOST = 30;

/** Builds a tree. */
export function allocationTree(input: TreeInput): AllocationTree {
  const levels = new Map<string | null, AllocationNode[]>();
  const matches = matcher(input.filter);
  const shown: Placed[] = [];
  const muted: Placed[] = [];
  for (const file of input.files) {
    for (const site of file.sites) {
      if (!matches(file.path, site)) continue;
      if (site.kind === 'refcount' && site.cold === null && site.muted === null) muted.push({ path: file.path, site });
      else (site.cold !== null || site.muted !== null || site.evidence === 'refuted' ? muted : shown).push({ path: file.path, site });
    }
  }
  const groups = grouped(shown, input.grouping);
  const roots: AllocationNode[] = [];
  for (const [key, sites] of groups) {
    const id = `group:${key}`;
    const own = sites.filter(({ site }) => site.kind !== 'callee');
    const callees = sites.filter(({ site }) => site.kind === 'callee');
    const target = groupTarget(input, key, sites);
    const { label, place } = groupName(input.grouping, key);
    roots.push({ id, label, description: [groupDescription(own, callees.length), place].filter((part) => part !== '').join(' · '), tooltip: key, role: 'group', children: groups.length === 1 || sites.length <= OPEN_AT_MOST && groups.length <= 12 ? 'open' : 'closed', target });
    const children = own.map((placed, at) => siteNode(input, placed, `${id}/${at}`));
    if (callees.length > 0) {
      children.push(folder(`${id}/callees`, 'In called functions', callees.length, 'callees'));
      levels.set(`${id}/callees`, callees.map((placed, at) => siteNode(input, placed, `${id}/callees/${at}`)));
    }
    levels.set(id, children);
  }
  if (muted.length > 0) {
    roots.push(folder('muted', 'Muted', muted.length, 'muted'));
    levels.set('muted', muted.sort(byWeight).map((placed, at) => siteNode(input, placed, `muted/${at}`)));
  }
  addFindings(input, levels, roots, matches);
  levels.set(null, roots);
  return { summary: summaryOf(shown, muted.length), children: (parent) => levels.get(parent) ?? [] };
}

/** The visible tree as nested Markdown lists, with line numbers. */
export function treeMarkdown(tree: AllocationTree): string {
  const out = [`# Allocations`, '', `${escapeMarkdown(tree.summary)}.`, ''];
  const visit = (parent: string | null, indent: string): void => {
    for (const node of tree.children(parent)) {
      const description = node.description === '' ? '' : ` · ${escapeMarkdown(node.description)}`;
      out.push(`${indent}- ${node.role === 'group' ? `**${escapeMarkdown(node.label)}**` : escapeMarkdown(node.label)}${description}`);
      visit(node.id, `${indent}  `);
    }
  };
  visit(null, '');
  return `${out.join('\n')}\n`;
}

function grouped(sites: readonly Placed[], grouping: Grouping): (readonly [string, readonly Placed[]])[] {
  const groups = new Map<string, Placed[]>();
  for (const placed of sites) {
    const { path, site } = placed;
    const key = grouping === 'file' ? path : grouping === 'kind' ? site.kind : (site.function ?? `${path} (outside of functions)`);
    const group = groups.get(key);
    if (group) group.push(placed);
    else groups.set(key, [placed]);
  }
  for (const group of groups.values()) group.sort(byWeight);
  return [...groups].sort(([a, first], [b, second]) => weightOf(second) - weightOf(first) || second.length - first.length || (a < b ? -1 : 1));
}

/** Deepest loop first, then the surer, then by place. */
function byWeight(a: Placed, b: Placed): number {
  return (
    b.site.loopDepth - a.site.loopDepth || CERTAINTIES.indexOf(a.site.certainty) - CERTAINTIES.indexOf(b.site.certainty)
    || (a.path < b.path ? -1 : a.path > b.path ? 1 : 0) || a.site.anchor.line - b.site.anchor.line || a.site.anchor.character - b.site.anchor.character
  );
}

function weightOf(sites: readonly Placed[]): number {
  return Math.max(...sites.map(({ site }) => (site.kind === 'callee' ? 0 : site.loopDepth + 1)));
}

/** What a group is called, and where that is: a name reads faster than a path that begins like all others. */
function groupName(grouping: Grouping, key: string): { readonly label: string; readonly place: string } {
  const parts = grouping === 'file' ? /^(.*)\/([^/]+)$/.exec(key)
    // The type of a method stays with it: `Parser::next`, `(*Server).Serve`.
    : grouping === 'function' ? (/^([\w:]+?)::((?:[A-Z]\w*::)?\w+)$/.exec(key) ?? /^(.*\/[^./]+|[^./()]+)\.([^/]+)$/.exec(key)) : null;
  return { label: parts?.[2] ?? key, place: parts?.[1] ?? '' };
}

function groupDescription(own: readonly Placed[], callees: number): string {
  const loops = own.filter(({ site }) => site.loopDepth > 0).length;
  return [own.length > 0 || callees === 0 ? String(own.length) : '', loops > 0 ? `${loops} in loops` : '', callees > 0 ? `+${callees} in callees` : ''].filter((part) => part !== '').join(' · ');
}

function groupTarget(input: TreeInput, key: string, sites: readonly Placed[]): AllocationNode['target'] {
  if (input.grouping === 'kind') return null;
  if (input.grouping === 'file') return { uri: input.uriOf(key), span: START };
  const first = sites[0] as Placed;
  return { uri: input.uriOf(first.path), span: { start: first.site.anchor, end: first.site.anchor } };
}

function siteNode(input: TreeInput, { path, site }: Placed, id: string): AllocationNode {
  const size = site.size ? `, ${sizeWords(site.size)}` : '';
  const parts = [`${input.grouping === 'file' && site.cold === null && site.muted === null ? '' : `${path}:`}${input.grouping === 'file' && site.cold === null && site.muted === null ? 'line ' : ''}${site.anchor.line + 1}`];
  if (site.loopDepth > 0) parts.push(site.loopDepth === 1 ? '×loop' : `×${site.loopDepth} loops`);
  if (site.cold !== null) parts.push(`cold: ${site.cold}`);
  if (site.muted !== null) parts.push(site.muted);
  const condition = site.when !== null && site.certainty !== 'always' ? `\nWhen: ${site.when}` : '';
  const chain = site.callees.length > 0 ? `\n${site.callees.map((link) => link.function).join(' → ')}` : '';
  return {
    id, label: `${glyphOf(site)} ${site.what}${size}`, description: parts.join(' · '), role: 'site', children: 'none',
    tooltip: `${site.kind}, ${site.certainty}${site.function === null ? '' : `, in ${site.function}`}${condition}${chain}\n${site.rule}`,
    target: { uri: input.uriOf(path), span: { start: site.anchor, end: site.range.end.line === site.anchor.line && site.range.end.character > site.anchor.character ? site.range.end : site.anchor } },
  };
}

function addFindings(input: TreeInput, levels: Map<string | null, AllocationNode[]>, roots: AllocationNode[], matches: Matcher): void {
  const notes: AllocationNode[] = [];
  const problems: AllocationNode[] = [];
  const node = (path: string, message: string, range: PositionRange, role: 'note' | 'problem', at: number, tooltip: string): AllocationNode => ({
    id: `${role}s/${at}`, label: `${role === 'note' ? '◇' : '!'} ${message}`, description: `${path}:${range.start.line + 1}`, tooltip, role, children: 'none', target: { uri: input.uriOf(path), span: range },
  });
  for (const file of input.files) {
    for (const note of file.notes) if (matches(file.path, null, `${note.rule} ${note.message}`)) notes.push(node(file.path, note.message, note.range, 'note', notes.length, note.rule));
    for (const problem of file.problems) if (matches(file.path, null, problem.message)) problems.push(node(file.path, problem.message, problem.range, 'problem', problems.length, 'This part was not analysed.'));
  }
  if (notes.length > 0) roots.push(folder('notes', 'Notes', notes.length, 'note'));
  if (problems.length > 0) roots.push(folder('problems', 'Not analysed', problems.length, 'problem'));
  levels.set('notes', notes);
  levels.set('problems', problems);
}

function folder(id: string, label: string, count: number, role: AllocationNode['role']): AllocationNode {
  return { id, label, description: String(count), tooltip: label, role, children: 'closed', target: null };
}

type Matcher = (path: string, site: SiteJson | null, text?: string) => boolean;

function matcher(filter: string): Matcher {
  const words = filter.toLowerCase().split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return () => true;
  return (path, site, text = '') => {
    const hay = (site === null ? `${path} ${text}` : `${path} ${site.kind} ${site.certainty} ${site.rule} ${site.function ?? ''} ${site.callee ?? ''} ${site.what}${site.loopDepth > 0 ? ' loop' : ''}`).toLowerCase();
    return words.every((word) => hay.includes(word));
  };
}

function summaryOf(shown: readonly Placed[], muted: number): string {
  let counted = 0;
  let loops = 0;
  let possible = 0;
  for (const { site } of shown) {
    if (isCounted(site)) counted++;
    else if (site.kind !== 'callee') possible++;
    if (isCounted(site) && site.loopDepth > 0) loops++;
  }
  return [`${counted} ${counted === 1 ? 'allocation' : 'allocations'}`, loops > 0 ? `${loops} in loops` : '', possible > 0 ? `${possible} possible` : '', muted > 0 ? `${muted} muted` : ''].filter((part) => part !== '').join(' · ');
}

const START = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
