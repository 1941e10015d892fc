// Paths as the workspace writes them: forward slashes, no dots left. Pure text.

/** Joins with a slash; an empty directory is the present one. */
export function join(directory: string, name: string): string {
  return directory === '' || directory === '.' ? name : name === '' ? directory : `${directory}/${name}`;
}

/** Joins and takes out `.` and `..`. */
export function joinedPath(directory: string, path: string): string {
  return normalize(join(directory, path));
}

/** The directory of a path; the empty string and `/` are their own. */
export function parentOf(path: string): string {
  const at = path.lastIndexOf('/');
  return at < 0 ? '' : at === 0 ? '/' : path.slice(0, at);
}

/** Takes `.` and `..` out as far as they can be. */
export function normalize(path: string): string {
  const out: string[] = [];
  for (const part of path.split('/')) {
    if (part === '.' || (part === '' && out.length > 0)) continue;
    if (part === '..' && out.length > 0 && out[out.length - 1] !== '..' && out[out.length - 1] !== '') out.pop();
    else out.push(part);
  }
  return out.join('/');
}

/** A path as seen from a directory, with `..` where it lies outside. */
export function relativeTo(directory: string, path: string): string {
  const from = directory === '' || directory === '.' ? [] : directory.split('/');
  const to = path.split('/');
  let same = 0;
  while (same < from.length && same < to.length && from[same] === to[same]) same++;
  return [...from.slice(same).map(() => '..'), ...to.slice(same)].join('/');
}
