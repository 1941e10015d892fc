// What every answer has to hold, whatever the text: it is there, its places lie inside of texts, and no part of the engine failed.
import type { AllocationReport } from '../../server/src/analysis/report.js';

/** Problems that say that the engine itself failed. */
const FAILED = /^(?:Heaplight failed|The analysis of this file failed)/;

/** What is wrong with a report over `text`, one sentence each; empty for a sound one. */
export function flawsOf(report: AllocationReport, text: string): string[] {
  const flaws: string[] = [];
  const inside = (what: string, start: number, end: number): void => {
    if (!(Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start <= end && end <= text.length)) flaws.push(`${what} lies at ${start}–${end} of ${text.length}`);
  };
  if (report.text !== text) flaws.push('the report is about another text');
  for (const problem of report.problems) {
    if (FAILED.test(problem.message)) flaws.push(problem.message);
    inside(`the problem "${problem.message}"`, problem.start, problem.end);
  }
  let last = 0;
  for (const site of report.sites) {
    inside(site.rule, site.start, site.end);
    if (site.anchor < site.start || site.anchor > site.end) flaws.push(`the anchor of ${site.rule} lies at ${site.anchor} outside of ${site.start}–${site.end}`);
    if (site.start < last) flaws.push(`${site.rule} at ${site.start} is out of order`);
    last = site.start;
    for (const step of site.why) if (step.path === report.path) inside(`a step of ${site.rule}`, step.start, step.end);
    if (site.what === '') flaws.push(`${site.rule} at ${site.start} says nothing`);
  }
  for (const free of report.free) inside(free.rule, free.start, free.end);
  for (const note of report.notes) inside(note.rule, note.start, note.end);
  for (const total of report.functions) inside('a function', total.start, total.end);
  return flaws;
}
