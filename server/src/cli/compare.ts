// Which sites are new, gone or unchanged between two analyses. Lines may move: a site is known by its function, rule and source line,
// first in the file of the same name, then anywhere (renamed files).
import type { FileJson, SiteJson } from '../features/report/fileReport.js';
import type { ProjectionExtra } from '../features/report/projection.js';

/** A site with its file. */
export interface PlacedSite {
  readonly path: string;
  readonly site: SiteJson;
}

/** The difference between two analyses. */
export interface Comparison {
  readonly added: readonly PlacedSite[];
  readonly gone: readonly PlacedSite[];
  readonly unchanged: readonly PlacedSite[];
}

type Extras = ReadonlyMap<string, ProjectionExtra>;

/** Compares. Order is that of the files; of equal sites the first ones are unchanged. */
export function compareSites(before: readonly FileJson[], beforeExtras: Extras, after: readonly FileJson[], afterExtras: Extras): Comparison {
  let old = placed(before);
  let present = placed(after);
  const unchanged: PlacedSite[] = [];
  for (const withPath of [true, false]) {
    const known = new Map<string, PlacedSite[]>();
    for (const entry of old) {
      const key = keyOf(entry, beforeExtras, withPath);
      known.set(key, [...(known.get(key) ?? []), entry]);
    }
    const rest: PlacedSite[] = [];
    for (const entry of present) {
      if (known.get(keyOf(entry, afterExtras, withPath))?.shift()) unchanged.push(entry);
      else rest.push(entry);
    }
    present = rest;
    const left = new Set([...known.values()].flat());
    old = old.filter((entry) => left.has(entry));
  }
  return { added: present, gone: old, unchanged };
}

function placed(files: readonly FileJson[]): PlacedSite[] {
  return files.flatMap((file) => file.sites.map((site) => ({ path: file.path, site })));
}

function keyOf({ path, site }: PlacedSite, extras: Extras, withPath: boolean): string {
  const line = extras.get(path)?.excerpts[site.anchor.line]?.trim() ?? '';
  return [withPath ? path : '', site.function ?? '', site.rule, site.callee ?? '', site.what, line].join('\0');
}
