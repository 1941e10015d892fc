// Holds a report against the markers of its text: every site needs a marker and every marker a site.
import type { AllocationReport } from '../../server/src/analysis/report.js';
import type { AllocationSite, Step } from '../../server/src/analysis/site.js';
import { LineIndex } from '../../server/src/syntax/lineIndex.js';
import { readMarkers, type Marker } from './markers.js';

/** Differences between a report and its fixture's markers, one line each; empty when they agree. Refcount sites count as sites. */
export function compareWithMarkers(report: AllocationReport): string[] {
  const lines = new LineIndex(report.text);
  const differences: string[] = [];
  const markers = readMarkers(report.text);
  const used = new Set<Marker>();
  const touches = (marker: Marker, start: number, end: number): boolean => {
    const from = lines.position(start);
    if (from.line !== marker.line || from.character !== marker.column) return false;
    const to = lines.position(end);
    return marker.endColumn === null ? to.line > from.line : to.line === from.line && to.character === marker.endColumn;
  };
  for (const site of report.sites) {
    const marker = markers.find((m) => m.type === 'site' && !used.has(m) && m.rule === site.rule && touches(m, site.start, site.end));
    const place = lines.position(site.start);
    if (!marker) {
      differences.push(`${place.line + 1}:${place.character + 1} unmarked site ${site.rule} ${site.certainty} (${JSON.stringify(report.text.slice(site.start, site.end).slice(0, 60))})`);
      continue;
    }
    used.add(marker);
    if (marker.certainty !== site.certainty) differences.push(`${marker.at + 1}: ${site.rule} is ${site.certainty}, marked ${marker.certainty}`);
    for (const [key, wanted] of marker.checks) {
      const problem = checkOne(key, wanted, site, report.text, lines);
      if (problem) differences.push(`${marker.at + 1}: ${site.rule} ${problem}`);
    }
  }
  for (const free of report.free) {
    const marker = markers.find((m) => m.type === 'free' && !used.has(m) && m.rule === free.rule && touches(m, free.start, free.end));
    if (!marker) continue;
    used.add(marker);
    const reason = marker.checks.get('reason');
    if (reason && !free.reason.includes(reason)) differences.push(`${marker.at + 1}: ${free.rule} reason is ${JSON.stringify(free.reason)}, marked ${JSON.stringify(reason)}`);
    const problem = checkSteps(marker.checks.get('why') ?? '', free.why, lines);
    if (marker.checks.has('why') && problem) differences.push(`${marker.at + 1}: ${free.rule} ${problem}`);
  }
  for (const note of report.notes) {
    const marker = markers.find((m) => m.type === 'note' && !used.has(m) && m.rule === note.rule && touches(m, note.start, note.end));
    const place = lines.position(note.start);
    if (!marker) differences.push(`${place.line + 1}:${place.character + 1} unmarked note ${note.rule}: ${note.message}`);
    else {
      used.add(marker);
      const wanted = marker.checks.get('why');
      if (wanted) {
        const problem = checkSteps(wanted, note.why, lines);
        if (problem) differences.push(`${marker.at + 1}: ${note.rule} ${problem}`);
      }
    }
  }
  for (const marker of markers) if (!used.has(marker)) differences.push(`${marker.at + 1}: marker without a ${marker.type}: ${marker.rule}`);
  return differences;
}

function checkOne(key: string, wanted: string, site: AllocationSite, text: string, lines: LineIndex): string | null {
  if (key === 'why') return checkSteps(wanted, site.why, lines);
  if (key === 'anchor') return text.startsWith(wanted, site.anchor) ? null : `anchor stands at ${JSON.stringify(text.slice(site.anchor, site.anchor + 12))}, not at ${JSON.stringify(wanted)}`;
  const actual: Record<string, string> = {
    loop: String(site.loopDepth), cold: site.cold ?? 'null', muted: site.muted ?? 'null', kind: site.kind, evidence: site.evidence,
    size: site.size ? `${site.size.bytes}${site.size.exact ? '' : '+'}` : 'null', callee: site.callee ?? 'null', function: site.function ?? 'null',
    what: site.what, when: site.when ?? 'null', instead: site.instead ?? 'null', unless: site.unless ?? 'null', chain: site.callees.map((link) => link.function).join(' -> '),
  };
  const value = actual[key];
  if (value === undefined) return `has no check ${key}`;
  const holds = key === 'what' || key === 'when' || key === 'instead' || key === 'unless' ? value.includes(wanted) : value === wanted;
  return holds ? null : `${key} is ${JSON.stringify(value)}, marked ${JSON.stringify(wanted)}`;
}

function checkSteps(wanted: string, steps: readonly Step[], lines: LineIndex): string | null {
  let at = 0;
  for (const part of wanted.split(' -> ')) {
    const [, message, line] = /^(.*?)(?::(\d+))?$/.exec(part) as RegExpExecArray;
    while (at < steps.length) {
      const step = steps[at] as Step;
      if (step.message.includes(message as string) && (!line || lines.position(step.start).line + 1 === Number(line))) break;
      at++;
    }
    if (at === steps.length) return `why has no step ${JSON.stringify(part)} in order: ${steps.map((s) => `${s.message}:${lines.position(s.start).line + 1}`).join(' -> ')}`;
    at++;
  }
  return null;
}
