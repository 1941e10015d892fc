// Which `cfg` predicates hold in the configuration that Heaplight assumes: linux on x86-64, std, debug assertions on. Features that a package has on by
// default decide between alternatives; what needs another feature and has no alternative is analysed as well. `test` is neither: what needs it is analysed and marked.

/** What a predicate says of an item. */
export interface CfgVerdict {
  readonly active: boolean;
  /** Only with `cfg(test)`. */
  readonly test: boolean;
  /** Holds only when features are on that are off by default. */
  readonly optional: boolean;
  /** Holds with the default features, and no more when all are on. */
  readonly alternative: boolean;
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[A-Za-z_][A-Za-z0-9_]*|[(),=]/g;
const TRUE = new Set<string>(['unix', 'debug_assertions', 'panic', 'not_miri', 'true', 'overflow_checks', 'accessible', 'version']);
const VALUES: Readonly<Record<string, readonly string[]>> = {
  target_os: ['linux'], target_family: ['unix'], target_arch: ['x86_64'], target_pointer_width: ['64'], target_endian: ['little'], target_env: ['gnu'], target_vendor: ['unknown'],
  panic: ['unwind'], target_has_atomic: ['8', '16', '32', '64', 'ptr'], target_has_atomic_load_store: ['8', '16', '32', '64', 'ptr'], target_feature: ['sse', 'sse2', 'fxsr'],
  target_has_atomic_primitive_alignment: ['8', '16', '32', '64', 'ptr'], target_has_reliable_f16: [], target_has_reliable_f128: [],
};

/** Features that are on in a package; null for all that it has. What needs other features is active too, unless something else stands in its place. */
export class Configuration {
  readonly #known = new Map<string, CfgVerdict>();
  static readonly #all = new Map<string, Configuration>();

  private constructor(private readonly features: ReadonlySet<string> | null) {}

  /** The one with every feature on. */
  static readonly everything = new Configuration(null);

  /** The one with these features on; the same object for the same features. */
  static of(features: ReadonlySet<string>): Configuration {
    const key = [...features].sort().join('\n');
    let made = this.#all.get(key);
    if (made === undefined) {
      if (this.#all.size > 5000) this.#all.clear();
      this.#all.set(key, (made = new Configuration(features)));
    }
    return made;
  }

  /** Judges the text between the parentheses of `cfg(…)`. Unknown names do not hold. */
  judge(text: string): CfgVerdict {
    let verdict = this.#known.get(text);
    if (verdict === undefined) {
      const tokens: readonly string[] = text.match(TOKEN) ?? [];
      const holds = (test: boolean, features: ReadonlySet<string> | null): boolean => evaluate(tokens, { at: 0 }, test, features);
      const all = holds(false, null);
      const own = this.features === null || !tokens.includes('feature') ? all : holds(false, this.features);
      const withTest = all || own || !tokens.includes('test') ? all : holds(true, null) || holds(true, this.features);
      verdict = { active: all || own || withTest, test: !all && !own && withTest, optional: all && !own, alternative: own && !all };
      if (this.#known.size > 5000) this.#known.clear();
      this.#known.set(text, verdict);
    }
    return verdict;
  }
}

function evaluate(tokens: readonly string[], cursor: { at: number }, test: boolean, features: ReadonlySet<string> | null): boolean {
  const name = tokens[cursor.at++];
  if (name === undefined) return false;
  if (tokens[cursor.at] === '(') {
    cursor.at++;
    let all = true;
    let any = false;
    let guard = 0;
    while (cursor.at < tokens.length && tokens[cursor.at] !== ')' && guard++ < 1000) {
      const value = evaluate(tokens, cursor, test, features);
      all &&= value;
      any ||= value;
      if (tokens[cursor.at] === ',') cursor.at++;
    }
    cursor.at++;
    return name === 'all' ? all : name === 'any' ? any : name === 'not' ? !all : TRUE.has(name);
  }
  if (tokens[cursor.at] === '=') {
    const value = (tokens[cursor.at + 1] ?? '').slice(1, -1);
    cursor.at += 2;
    return name === 'feature' ? (features === null ? !/nightly|unstable|bench/.test(value) : features.has(value)) : (VALUES[name] ?? []).includes(value);
  }
  return name === 'test' ? test : TRUE.has(name);
}
