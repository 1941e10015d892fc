// Which sites, free places and notes a position speaks of, and their explanation as one hover.
import type { AllocationSite, FreePlace, Note } from '../analysis/site.js';
import type { Position, PositionRange } from '../syntax/lineIndex.js';
import { freeMarkdown, noteMarkdown, siteMarkdown, type HoverContext } from './hoverMarkdown.js';
import type { ReportView } from './reportView.js';

/** A hover, in the form of the protocol. */
export interface AllocationHover {
  readonly contents: { readonly kind: 'markdown'; readonly value: string };
  readonly range: PositionRange;
}

/** Most explanations in one hover; what is left out is counted. */
const MOST = 4;

type Subject = { readonly start: number; readonly end: number; readonly head: number } & (
  | { readonly type: 'site'; readonly of: AllocationSite }
  | { readonly type: 'free'; readonly of: FreePlace }
  | { readonly type: 'note'; readonly of: Note }
);

/** The hover at a position; null when nothing there looks as if it allocates. */
export function allocationHover(view: ReportView, position: Position, context: HoverContext): AllocationHover | null {
  const subjects = subjectsAt(view, view.lines.offset(position));
  const first = subjects[0];
  if (!first) return null;
  return { contents: { kind: 'markdown', value: explained(subjects, view, context) }, range: view.lines.range(first.start, first.end) };
}

/** The explanation of given sites, for the tooltip of a hint. */
export function sitesMarkdown(sites: readonly AllocationSite[], view: ReportView, context: HoverContext): string {
  return explained(sites.map((of) => ({ type: 'site', of, start: of.start, end: of.end, head: of.end })), view, context);
}

function explained(subjects: readonly Subject[], view: ReportView, context: HoverContext): string {
  const { path } = view.report;
  const shown = subjects.slice(0, MOST).map((subject) => {
    switch (subject.type) {
      case 'site': return siteMarkdown(subject.of, path, context);
      case 'free': return freeMarkdown(subject.of, path, context);
      case 'note': return noteMarkdown(subject.of, path, context);
    }
  });
  if (subjects.length > MOST) shown.push(`… and ${subjects.length - MOST} more here.`);
  return shown.join('\n\n---\n\n');
}

/**
 * What a position is about: first what is named there (the anchor's token, with the path or macro mark that goes on from it), else the
 * narrowest expression around it that fits on one line.
 */
function subjectsAt(view: ReportView, offset: number): Subject[] {
  const { report, lines } = view;
  const all: Subject[] = [];
  const add = (subject: Subject): void => {
    if (offset >= Math.min(subject.start, subject.head) && offset <= Math.max(subject.end, subject.head)) all.push(subject);
  };
  for (const of of report.sites) add({ type: 'site', of, start: of.start, end: of.end, head: of.anchor });
  for (const of of report.free) add({ type: 'free', of, start: of.start, end: of.end, head: of.anchor });
  for (const of of report.notes) add({ type: 'note', of, start: of.start, end: of.end, head: of.start });
  const named = all.filter((subject) => offset >= subject.head && offset < headEnd(report.text, subject.head));
  if (named.length > 0) return named;
  const line = lines.lineOf(offset);
  const around = all.filter((subject) => lines.lineOf(subject.start) === line && lines.lineOf(subject.end) === line);
  const narrowest = Math.min(...around.map((subject) => subject.end - subject.start));
  return around.filter((subject) => subject.end - subject.start === narrowest);
}

const HEAD = /[\p{ID_Start}_][\p{ID_Continue}]*(?:(?:::<[^\n()]*?>|::[\p{ID_Start}_][\p{ID_Continue}]*)*)!?|[^\s]/uy;

/** End of the token at an anchor: `Box::new`, `vec!`, `clone`, one sign. */
function headEnd(text: string, anchor: number): number {
  HEAD.lastIndex = anchor;
  return anchor + Math.max(1, HEAD.exec(text)?.[0].length ?? 1);
}
