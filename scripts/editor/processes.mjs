// Programs that this project starts, and how they end: each by its own process group, so that nothing else is touched.
import { spawn } from 'node:child_process';

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */
/** @typedef {{ child: ChildProcess, end: () => Promise<void>, ended: Promise<number> }} Group */

/** @type {Set<ChildProcess>} */
const running = new Set();
process.on('exit', () => {
  for (const child of running) signal(child, 'SIGKILL');
});

/**
 * Starts a program as the leader of a process group of its own. When this process exits, the group is killed.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Group}
 */
export function startGroup(command, args, options = {}) {
  const child = spawn(command, args, { ...options, detached: true });
  running.add(child);
  /** @type {Promise<number>} */
  const ended = new Promise((resolve) => {
    child.once('error', () => resolve(127));
    child.once('exit', (code) => resolve(code ?? 1));
  });
  // The leader may be gone while others of its group are not, so the group stays listed until end().
  let ending = /** @type {Promise<void> | undefined} */ (undefined);
  const end = () => (ending ??= endGroup(child, ended));
  return { child, end, ended };
}

/**
 * @param {ChildProcess} child
 * @param {Promise<number>} ended
 */
async function endGroup(child, ended) {
  signal(child, 'SIGTERM');
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  await Promise.race([ended, new Promise((resolve) => (timer = setTimeout(resolve, 5000)))]);
  clearTimeout(timer);
  signal(child, 'SIGKILL');
  running.delete(child);
}

/**
 * @param {ChildProcess} child
 * @param {NodeJS.Signals} name
 */
function signal(child, name) {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, name);
  } catch {
    // The group has ended by itself.
  }
}

/**
 * Runs a program to its end.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, show?: boolean }} [options] `show`: its output goes to the terminal
 * @returns {Promise<{ code: number, output: string }>} `output` is empty when it was shown
 */
export async function run(command, args, { cwd, env, show = false } = {}) {
  const child = spawn(command, args, { cwd, env, stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text) => (output += text));
  child.stderr?.setEncoding('utf8').on('data', (text) => (output += text));
  const code = await new Promise((resolve) => {
    child.once('error', (error) => {
      output += error.message;
      resolve(127);
    });
    child.once('close', (value) => resolve(value ?? 1));
  });
  running.delete(child);
  return { code, output };
}

/**
 * Runs npm: the one that started this process, if one did.
 * @param {readonly string[]} args
 * @param {{ cwd: string, show?: boolean }} options
 */
export function npm(args, { cwd, show = false }) {
  const starter = process.env['npm_execpath'];
  return starter?.endsWith('.js')
    ? run(process.execPath, [starter, ...args], { cwd, show })
    : run('npm', args, { cwd, show });
}

/**
 * The command lines of the processes that descend from `pid`. Linux only.
 * @param {number} pid
 * @returns {Promise<{ pid: number, command: string }[]>}
 */
export async function descendants(pid) {
  const { readdir, readFile } = await import('node:fs/promises');
  /** @type {Map<number, number[]>} */
  const children = new Map();
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const found = [];
  for (const queue = [pid]; queue.length > 0; ) {
    for (const child of children.get(queue.shift() ?? 0) ?? []) {
      const command = await readFile(`/proc/${child}/cmdline`, 'utf8').catch(() => '');
      found.push({ pid: child, command: command.replaceAll('\0', ' ').trim() });
      queue.push(child);
    }
  }
  return found;
}
