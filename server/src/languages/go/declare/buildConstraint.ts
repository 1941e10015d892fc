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
  return new ConstraintReader(expression, target).read();
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

class ConstraintReader {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(line: string, private readonly target: BuildTarget) {
    this.#tokens = line.match(/&&|\|\||[!()]|[\w.]+/g) ?? [];
  }

  read(): boolean {
    return this.#tokens.length === 0 || this.#or(0);
  }

  #or(depth: number): boolean {
    let value = this.#and(depth);
    while (this.#tokens[this.#at] === '||') {
      this.#at++;
      const right = this.#and(depth);
      value = value || right;
    }
    return value;
  }

  #and(depth: number): boolean {
    let value = this.#not(depth);
    while (this.#tokens[this.#at] === '&&') {
      this.#at++;
      const right = this.#not(depth);
      value = value && right;
    }
    return value;
  }

  #not(depth: number): boolean {
    const token = this.#tokens[this.#at++] ?? '';
    if (depth > 100) return true;
    if (token === '!') return !this.#not(depth + 1);
    if (token !== '(') return tagHolds(token, this.target);
    const value = this.#or(depth + 1);
    this.#at++;
    return value;
  }
}
