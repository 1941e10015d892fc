// Which files of a directory belong to a build: file name suffixes and `//go:build` lines, for one GOOS and GOARCH.

const SYSTEMS = new Set(['aix', 'android', 'darwin', 'dragonfly', 'freebsd', 'hurd', 'illumos', 'ios', 'js', 'linux', 'nacl', 'netbsd', 'openbsd', 'plan9', 'solaris', 'wasip1', 'windows', 'zos']);
const MACHINES = new Set([
  '386', 'amd64', 'amd64p32', 'arm', 'armbe', 'arm64', 'arm64be', 'loong64', 'mips', 'mipsle', 'mips64', 'mips64le', 'mips64p32', 'mips64p32le',
  'ppc', 'ppc64', 'ppc64le', 'riscv', 'riscv64', 's390', 's390x', 'sparc', 'sparc64', 'wasm',
]);
const UNIX = new Set(['aix', 'android', 'darwin', 'dragonfly', 'freebsd', 'hurd', 'illumos', 'ios', 'linux', 'netbsd', 'openbsd', 'solaris']);

/** What a build assumes. */
export interface BuildTarget {
  readonly goos: string;
  readonly goarch: string;
  /** Minor version of the newest language release: tags `go1.1` … hold. */
  readonly release: number;
}

/** Whether Go knows an operating system by this name. */
export function isKnownSystem(goos: string): boolean {
  return SYSTEMS.has(goos);
}

/** Whether Go knows a machine by this name. */
export function isKnownMachine(goarch: string): boolean {
  return MACHINES.has(goarch);
}

/** Whether a file's name lets it take part (`x_windows.go`, `x_linux_arm64_test.go`). */
export function nameMatches(fileName: string, target: BuildTarget): boolean {
  if (fileName.startsWith('_') || fileName.startsWith('.')) return false;
  let base = fileName.endsWith('.go') ? fileName.slice(0, -3) : fileName;
  if (base.endsWith('_test')) base = base.slice(0, -5);
  const parts = base.split('_');
  const last = parts.length > 1 ? (parts[parts.length - 1] as string) : '';
  const before = parts.length > 2 ? (parts[parts.length - 2] as string) : '';
  if (MACHINES.has(last)) return last === target.goarch && (!SYSTEMS.has(before) || systemMatches(before, target));
  return !SYSTEMS.has(last) || systemMatches(last, target);
}

/** Whether the expression of a `//go:build` line holds. */
export function constraintHolds(expression: string, target: BuildTarget): boolean {
  return new ConstraintReader<boolean>(expression, {
    empty: true,
    tag: (tag) => tagHolds(tag, target),
    not: (value) => !value,
    and: (left, right) => left && right,
    or: (left, right) => left || right,
  }).read();
}

/**
 * Minor version of the language that a file's `//go:build` line chooses in the place of its go.mod: the least release that it asks for,
 * and not less than 1.21, the first in which it does. Null when it asks for none.
 */
export function languageOf(expression: string): number | null {
  const least = new ConstraintReader(expression, LEAST_RELEASE).read();
  return least === 0 ? null : Math.max(least, 21);
}

function systemMatches(system: string, target: BuildTarget): boolean {
  return system === target.goos || (system === 'linux' && target.goos === 'android') || (system === 'darwin' && target.goos === 'ios');
}

function tagHolds(tag: string, target: BuildTarget): boolean {
  if (tag === target.goarch || tag === 'gc' || systemMatches(tag, target)) return true;
  if (tag === 'unix') return UNIX.has(target.goos);
  const release = /^go1\.(\d+)$/.exec(tag);
  if (release) return Number(release[1]) <= target.release;
  return /^goexperiment\.(regabi\w*|aliastypeparams|swissmap|spinbitmutex|greenteagc|dwarf5|randomizedheapbase64|sizespecializedmalloc)$/.test(tag);
}

/** What the parts of an expression are worth. */
interface Meaning<T> {
  readonly empty: T;
  tag(tag: string): T;
  not(value: T): T;
  and(left: T, right: T): T;
  or(left: T, right: T): T;
}

/** The least release that an expression asks for, 0 for none. */
const LEAST_RELEASE: Meaning<number> = {
  empty: 0,
  tag: (tag) => Number(/^go1\.(\d+)$/.exec(tag)?.[1] ?? 0),
  not: () => 0,
  and: Math.max,
  or: Math.min,
};

class ConstraintReader<T> {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(line: string, private readonly meaning: Meaning<T>) {
    this.#tokens = line.match(/&&|\|\||[!()]|[\w.]+/g) ?? [];
  }

  read(): T {
    return this.#tokens.length === 0 ? this.meaning.empty : this.#or(0);
  }

  #or(depth: number): T {
    let value = this.#and(depth);
    while (this.#tokens[this.#at] === '||') {
      this.#at++;
      value = this.meaning.or(value, this.#and(depth));
    }
    return value;
  }

  #and(depth: number): T {
    let value = this.#not(depth);
    while (this.#tokens[this.#at] === '&&') {
      this.#at++;
      value = this.meaning.and(value, this.#not(depth));
    }
    return value;
  }

  #not(depth: number): T {
    const token = this.#tokens[this.#at++] ?? '';
    if (depth > 100) return this.meaning.empty;
    if (token === '!') return this.meaning.not(this.#not(depth + 1));
    if (token !== '(') return this.meaning.tag(token);
    const value = this.#or(depth + 1);
    this.#at++;
    return value;
  }
}
