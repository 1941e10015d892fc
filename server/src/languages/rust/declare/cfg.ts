// Which `cfg` predicates hold in the configuration that Heaplight assumes: linux on x86-64, std, every feature on, debug assertions on.
// `test` is neither: what needs it is analysed and marked.

/** What a predicate says of an item. */
export interface CfgVerdict {
  readonly active: boolean;
  /** Only with `cfg(test)`. */
  readonly test: boolean;
}

const known = new Map<string, CfgVerdict>();
const TOKEN = /"(?:[^"\\]|\\.)*"|[A-Za-z_][A-Za-z0-9_]*|[(),=]/g;
const TRUE = new Set<string>(['unix', 'debug_assertions', 'panic', 'not_miri', 'true', 'overflow_checks', 'accessible', 'version']);
const VALUES: Readonly<Record<string, readonly string[]>> = {
  target_os: ['linux'], target_family: ['unix'], target_arch: ['x86_64'], target_pointer_width: ['64'], target_endian: ['little'], target_env: ['gnu'], target_vendor: ['unknown'],
  panic: ['unwind'], target_has_atomic: ['8', '16', '32', '64', 'ptr'], target_has_atomic_load_store: ['8', '16', '32', '64', 'ptr'], target_feature: ['sse', 'sse2', 'fxsr'],
  target_has_atomic_primitive_alignment: ['8', '16', '32', '64', 'ptr'], target_has_reliable_f16: [], target_has_reliable_f128: [],
};

/** Judges the text between the parentheses of `cfg(…)`. Unknown names do not hold. */
export function judgeCfg(text: string): CfgVerdict {
  let verdict = known.get(text);
  if (verdict === undefined) {
    const tokens: readonly string[] = text.match(TOKEN) ?? [];
    const plain = evaluate(tokens, { at: 0 }, false);
    const withTest = plain || !tokens.includes('test') ? plain : evaluate(tokens, { at: 0 }, true);
    verdict = { active: plain || withTest, test: !plain && withTest };
    if (known.size > 5000) known.clear();
    known.set(text, verdict);
  }
  return verdict;
}

function evaluate(tokens: readonly string[], cursor: { at: number }, test: boolean): boolean {
  const name = tokens[cursor.at++];
  if (name === undefined) return false;
  if (tokens[cursor.at] === '(') {
    cursor.at++;
    let all = true;
    let any = false;
    let guard = 0;
    while (cursor.at < tokens.length && tokens[cursor.at] !== ')' && guard++ < 1000) {
      const value = evaluate(tokens, cursor, test);
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
    return name === 'feature' ? !/nightly|unstable|bench/.test(value) : (VALUES[name] ?? []).includes(value);
  }
  return name === 'test' ? test : TRUE.has(name);
}
