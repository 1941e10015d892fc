// Where the Go installation, the module cache and cargo's registry are, found without running anything.
import { existsSync, readFileSync, readdirSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import type { LanguageOptions } from '../analysis/language.js';
import { isKnownMachine, isKnownSystem } from '../languages/go/declare/buildConstraint.js';
import { GO_TOOLCHAINS } from '../languages/go/models/toolchain.js';
import { absolutePath } from './host.js';

/** What the user says; null leaves a thing to be found. */
export interface ToolchainSettings {
  /** Directory of a Go installation, or `none`. */
  readonly goroot: string | null;
  readonly modcache: string | null;
  readonly toolchain: string | null;
  readonly goos: string | null;
  readonly goarch: string | null;
  readonly cargoHome: string | null;
  /** Directory of cargo's registry sources, or `none`; rules over `cargoHome`. */
  readonly registry?: string | null;
}

/** Nothing said. */
export const NO_TOOLCHAIN_SETTINGS: ToolchainSettings = { goroot: null, modcache: null, toolchain: null, goos: null, goarch: null, cargoHome: null };

/** Options of the languages on this machine. Directories that do not exist are null. */
export function languageOptions(settings: ToolchainSettings, models: readonly unknown[], surroundings: NodeJS.ProcessEnv = process.env): LanguageOptions {
  const environment = { ...writtenGoEnvironment(surroundings), ...surroundings };
  const gopath = (environment['GOPATH'] ?? join(homedir(), 'go')).split(delimiter)[0] ?? '';
  return {
    go: {
      goos: settings.goos ?? environment['GOOS'] ?? goosOf(process.platform),
      goarch: settings.goarch ?? environment['GOARCH'] ?? goarchOf(process.arch),
      goroot: settings.goroot === 'none' ? null : settings.goroot !== null ? existing(settings.goroot) : findGoroot(environment),
      modcache: settings.modcache === 'none' ? null : existing(settings.modcache ?? environment['GOMODCACHE'] ?? join(gopath, 'pkg', 'mod')),
      toolchain: settings.toolchain,
    },
    rust: { registry: settings.registry === 'none' ? null : typeof settings.registry === 'string' ? existing(settings.registry) : settings.cargoHome === 'none' ? null : existing(join(settings.cargoHome ?? environment['CARGO_HOME'] ?? join(homedir(), '.cargo'), 'registry', 'src')) },
    models,
  };
}

/** What of the user's own words cannot be followed, in one sentence; null when all can. What is merely found is not judged. */
export function toolchainProblem({ goroot, modcache, toolchain, goos, goarch, cargoHome, registry = null }: ToolchainSettings): string | null {
  if (goroot !== null && goroot !== 'none' && !isGoroot(goroot)) return `There is no Go installation in "${goroot}".`;
  const missing = [modcache, cargoHome, registry].find((directory) => directory !== null && directory !== 'none' && existing(directory) === null);
  if (missing !== undefined) return `There is no directory "${missing ?? ''}".`;
  if (toolchain !== null && !/^(?:go)?1\.\d{1,3}(?:\.\d+|rc\d+|beta\d+)?$/.test(toolchain)) return `"${toolchain}" is no version of Go; ${GO_TOOLCHAINS.map((known) => known.version).join(', ')} are known.`;
  if (goos !== null && !isKnownSystem(goos)) return `Go knows no operating system "${goos}".`;
  return goarch !== null && !isKnownMachine(goarch) ? `Go knows no architecture "${goarch}".` : null;
}

/** What `go env -w` wrote: variables of the go command that hold unless the environment says otherwise. */
function writtenGoEnvironment(environment: NodeJS.ProcessEnv): Record<string, string> {
  const configuration = process.platform === 'win32' ? environment['AppData'] : process.platform === 'darwin' ? join(homedir(), 'Library', 'Application Support') : (environment['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'));
  const file = environment['GOENV'] ?? (configuration === undefined ? 'off' : join(configuration, 'go', 'env'));
  const found: Record<string, string> = {};
  let text: string;
  try {
    text = file === 'off' ? '' : readFileSync(file, 'utf8');
  } catch {
    return found;
  }
  for (const line of text.split(/\r?\n/)) {
    const [, name, value] = /^(GO\w+)=(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined && value !== '') found[name] = value;
  }
  return found;
}

/** GOROOT of the environment, else that of the `go` on PATH, else the usual places. */
function findGoroot(environment: NodeJS.ProcessEnv): string | null {
  const stated = environment['GOROOT'];
  if (stated !== undefined && stated !== '' && isGoroot(stated)) return absolutePath(stated);
  for (const directory of (environment['PATH'] ?? '').split(delimiter)) {
    for (const name of ['go', 'go.exe']) {
      const program = join(directory, name);
      if (directory === '' || !existsSync(program)) continue;
      try {
        const root = dirname(dirname(realpathSync(program)));
        if (isGoroot(root)) return absolutePath(root);
      } catch { /* a broken link is no installation */ }
    }
  }
  return ['/usr/local/go', '/usr/lib/go', 'C:\\Program Files\\Go', '/opt/homebrew/opt/go/libexec'].map((root) => (isGoroot(root) ? absolutePath(root) : null)).find((root) => root !== null) ?? null;
}

function isGoroot(directory: string): boolean {
  return existsSync(join(directory, 'src', 'runtime')) && existsSync(join(directory, 'src', 'fmt'));
}

function existing(directory: string): string | null {
  try {
    readdirSync(directory);
    return absolutePath(directory);
  } catch {
    return null;
  }
}

function goosOf(platform: NodeJS.Platform): string {
  return platform === 'win32' ? 'windows' : platform === 'sunos' ? 'solaris' : platform;
}

function goarchOf(arch: string): string {
  return arch === 'x64' ? 'amd64' : arch === 'ia32' ? '386' : arch === 'loong64' ? 'loong64' : arch === 'mipsel' ? 'mipsle' : arch;
}
