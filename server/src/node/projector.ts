// Joins the workspace's runs to the form of reports.
import { project } from '../features/report/projection.js';
import { relativePath } from '../workspace/host.js';
import type { Projector } from '../workspace/groupRunner.js';

/** Projects with paths relative to `root`. */
export function projectorFor(root: string): Projector {
  const relative = (path: string): string => relativePath(root, path);
  return (report, findings, lines, linesOf) => project(report, findings, lines, { relative, linesOf });
}
