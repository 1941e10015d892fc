// Joins a report with the truth, line by line, and counts. The rules of the join are those of the truth's own scorer; a test of its figures
// against this file's is how the two are held together.
import { familiesOf, familyOf } from './families.js';
import { pathResolver, type Truth, type TruthLine } from './truth.js';

/** What the join reads of a report in the published form. */
export interface ReportDocument {
  readonly files: readonly { readonly path: string; readonly sites: readonly ReportSite[] }[];
}
/** What the join reads of a site. */
export interface ReportSite {
  readonly rule: string;
  readonly kind: string;
  readonly certainty: string;
  readonly evidence?: string;
  readonly callee?: string | null;
  readonly range: { readonly start: { readonly line: number }; readonly end: { readonly line: number } };
  readonly anchor: { readonly line: number } | null;
}

/** A site with what the truth says of its place. */
export interface JudgedSite {
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  readonly rule: string;
  readonly certainty: string;
  /** Row of the table per kind that it counts in. */
  readonly row: string;
  readonly families: ReadonlySet<string>;
  readonly hits: readonly TruthLine[];
  readonly kindHits: readonly TruthLine[];
  readonly verdict: 'right' | 'neutral' | 'wrong';
}

/** One row of the table per kind. */
export interface KindRow {
  readonly family: string;
  readonly truth: number;
  readonly recall: number;
  readonly predicted: number;
  readonly precision: number;
}

/** Figures in percent; NaN where there is nothing to divide by. */
export interface Score {
  readonly files: number;
  readonly missingFiles: number;
  readonly sites: number;
  readonly positives: number;
  readonly precision: number;
  readonly recall: number;
  readonly strictPrecision: number;
  readonly strictRecall: number;
  readonly negativesFlagged: number;
  readonly overclaim: number;
  readonly possibleShare: number;
  readonly byKind: readonly KindRow[];
  readonly wrong: readonly JudgedSite[];
  readonly missed: readonly TruthLine[];
}

/** The four kinds whose sites are the line's own even when they name a callee. */
const OWN = new Set(['escape', 'boxing', 'closure', 'task']);

/** Judges every site of the report that the truth speaks of. */
export function judgeSites(truth: Truth, report: ReportDocument): { readonly sites: readonly JudgedSite[]; readonly seen: ReadonlySet<string> } {
  const resolve = pathResolver(truth.files);
  const sites: JudgedSite[] = [];
  const seen = new Set<string>();
  for (const file of report.files) {
    const path = resolve(file.path);
    if (path === null) continue;
    seen.add(path);
    for (const site of file.sites) {
      if (site.kind === 'callee' || site.kind === 'refcount' || site.evidence === 'refuted') continue;
      if (site.callee && !OWN.has(site.kind)) continue;
      sites.push(judge(truth, path, site));
    }
  }
  return { sites, seen };
}

function judge(truth: Truth, path: string, site: ReportSite): JudgedSite {
  const start = site.range.start.line + 1;
  const end = site.range.end.line + 1;
  const line = (site.anchor ?? site.range.start).line + 1;
  const families = familiesOf(site.rule, site.kind);
  const matches = (record: TruthLine): boolean => record.kinds.some((kind) => families.has(familyOf(kind)));
  const weight = (record: TruthLine): number =>
    (record.verdict === 'positive' ? 0 : 8) + (matches(record) ? 0 : 4) + (record.verdict === 'positive' ? 0 : record.verdict === 'neutral' ? 1 : 2);
  const here = [...new Set([line, start])].flatMap((at) => truth.lines.get(`${path}:${at}`) ?? []);
  here.sort((a, b) => weight(a) - weight(b));
  const hits = here.slice(0, 1);
  for (const anchor of truth.anchors.get(`${path}:${start}`) ?? []) {
    const record = truth.lines.get(`${path}:${anchor.line}`);
    if (!record || hits.includes(record)) continue;
    if ((anchor.line <= Math.max(end, start) || anchor.family === 'var') && (families.has(anchor.family) || (families.size === 1 && families.has('other')))) hits.push(record);
  }
  const positive = hits.filter((hit) => hit.verdict === 'positive');
  const kindHits = positive.filter(matches);
  const found = kindHits.flatMap((hit) => hit.kinds.map(familyOf)).filter((family) => families.has(family)).sort();
  const row = families.size === 1 ? ([...families][0] as string) : (found[0] ?? site.kind);
  return { path, line, rule: site.rule, certainty: site.certainty, row, families, hits, kindHits, verdict: positive.length > 0 ? 'right' : hits.some((hit) => hit.verdict === 'neutral') ? 'neutral' : 'wrong' };
}

/** Precision, recall and the rest of a report against the truth. */
export function scoreReport(truth: Truth, report: ReportDocument): Score {
  const { sites, seen } = judgeSites(truth, report);
  const hard = sites.filter((site) => site.certainty !== 'possible');
  const positives = [...truth.lines.entries()].filter(([, record]) => record.verdict === 'positive');
  const negatives = [...truth.lines.values()].filter((record) => record.verdict === 'negative');
  const covered = coveredLines(hard);
  const coveredByAny = coveredLines(sites);
  const lines = byLine(hard);
  const judged = hard.filter((site) => site.verdict !== 'neutral');
  const always = sites.filter((site) => site.certainty === 'always');
  const over = always.filter((site) => site.verdict === 'right' && !site.hits.some((hit) => hit.verdict === 'positive' && hit.cert === 'always'));
  const flagged = new Set(hard.filter((site) => site.verdict === 'wrong').flatMap((site) => site.hits.filter((hit) => hit.verdict === 'negative')));
  const pairs = new Set(positives.flatMap(([key, record]) => record.kinds.map((kind) => `${key} ${familyOf(kind)}`)));
  const got = new Set(hard.flatMap((site) => site.kindHits.flatMap((hit) => [...site.families].map((family) => `${hit.path}:${hit.line} ${family}`))).filter((pair) => pairs.has(pair)));
  const families = [...new Set([...[...pairs].map((pair) => pair.slice(pair.lastIndexOf(' ') + 1)), ...hard.map((site) => site.row)])].sort();
  return {
    files: truth.files.size, missingFiles: [...truth.files.keys()].filter((path) => !seen.has(path)).length, sites: sites.length, positives: positives.length,
    precision: percent(lines.right, lines.right + lines.wrong), recall: percent(covered.size, positives.length),
    strictPrecision: percent(judged.filter((site) => site.kindHits.length > 0).length, judged.length), strictRecall: percent(got.size, pairs.size),
    negativesFlagged: percent(flagged.size, negatives.length), overclaim: percent(over.length, always.length), possibleShare: percent(sites.length - hard.length, sites.length),
    byKind: families.map((family) => kindRow(family, pairs, covered, hard)),
    wrong: hard.filter((site) => site.verdict === 'wrong').sort((a, b) => Number(a.certainty !== 'always') - Number(b.certainty !== 'always') || compare(a, b)),
    missed: positives.filter(([key]) => !coveredByAny.has(key)).map(([, record]) => record).sort(byWeight),
  };
}

function kindRow(family: string, pairs: ReadonlySet<string>, covered: ReadonlySet<string>, hard: readonly JudgedSite[]): KindRow {
  const wanted = [...pairs].filter((pair) => pair.endsWith(` ${family}`)).map((pair) => pair.slice(0, pair.lastIndexOf(' ')));
  const own = hard.filter((site) => site.row === family);
  const lines = byLine(own);
  return { family, truth: wanted.length, recall: percent(wanted.filter((key) => covered.has(key)).length, wanted.length), predicted: own.length, precision: percent(lines.right, lines.right + lines.wrong) };
}

function coveredLines(sites: readonly JudgedSite[]): Set<string> {
  return new Set(sites.flatMap((site) => site.hits.filter((hit) => hit.verdict === 'positive').map((hit) => `${hit.path}:${hit.line}`)));
}

function byLine(sites: readonly JudgedSite[]): { readonly right: number; readonly wrong: number } {
  const best = new Map<string, number>();
  for (const site of sites) {
    const key = `${site.path}:${site.line}`;
    const rank = site.verdict === 'right' ? 2 : site.verdict === 'neutral' ? 1 : 0;
    best.set(key, Math.max(best.get(key) ?? 0, rank));
  }
  const ranks = [...best.values()];
  return { right: ranks.filter((rank) => rank === 2).length, wrong: ranks.filter((rank) => rank === 0).length };
}

function percent(part: number, whole: number): number {
  return whole === 0 ? Number.NaN : Math.round((1000 * part) / whole) / 10;
}

function compare(a: { readonly path: string; readonly line: number }, b: { readonly path: string; readonly line: number }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line;
}

/** Certain misses first, those in loops before others, cold ones last. */
function byWeight(a: TruthLine, b: TruthLine): number {
  const weight = (record: TruthLine): number => (record.cert === 'always' ? 0 : 4) + (record.sites?.some((site) => site.loop) ? 0 : 2) + (record.cold ? 1 : 0);
  return weight(a) - weight(b) || compare(a, b);
}
