// npm start [-- PATH]: the allocation report of PATH (the samples when left out) in the terminal, then the same in VS Code.
// Needs nothing but Node and npm: it installs, builds and packages what is missing.
import { existsSync, statSync } from 'node:fs';
import { basename, dirname, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { installEditor } from './editor/install.mjs';
import { packaged, root } from './editor/paths.mjs';
import { run } from './editor/processes.mjs';
import { buildPackage, commandLine, ensureDependencies } from './editor/project.mjs';
import { startServer } from './editor/server.mjs';

const usage = `Usage: npm start [-- [--no-open] [--check] [PATH]]

Builds Heaplight, prints where PATH allocates, and opens it in VS Code in the browser.

  PATH       a folder or a file; the samples when left out
  --no-open  print the address only, open no browser
  --check    end as soon as the editor answers`;

/** What the editor shows first, of the samples. */
const sampleFiles = ['rust/src/main.rs', 'go/main.go'];

/** @param {string} line */
const say = (line) => console.log(line);

/** @returns {Promise<number>} the exit code */
async function main() {
  const { values, positionals } = readArguments();
  if (values.help) {
    say(usage);
    return 0;
  }
  if (positionals.length > 1) throw new Error(`One PATH at most.\n${usage}`);
  // npm runs this in the project's folder; PATH is relative to where the user is.
  const given = positionals[0];
  const path = given === undefined ? resolve(root, 'samples') : resolve(process.env['INIT_CWD'] ?? process.cwd(), given);
  if (!existsSync(path)) throw new Error(`${given ?? path} does not exist.`);

  await ensureDependencies(say);
  await buildPackage(say);
  say('');
  // What the report says, or why there is none, is the command's to tell.
  await run(process.execPath, [await commandLine(), 'show', shown(path)], { show: true });
  say('');
  return serve(path, given === undefined, values);
}

function readArguments() {
  const options = /** @type {const} */ ({ 'no-open': { type: 'boolean' }, check: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } });
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    throw new Error(`${message(error)}\n${usage}`, { cause: error });
  }
}

/** @param {string} path */
function shown(path) {
  const short = relative(process.cwd(), path);
  return short === '' ? '.' : short.startsWith('..') ? path : short;
}

/**
 * Opens the editor and stays until it or the user ends it.
 * @param {string} path
 * @param {boolean} samples
 * @param {{ 'no-open'?: boolean | undefined, check?: boolean | undefined }} flags
 * @returns {Promise<number>}
 */
async function serve(path, samples, flags) {
  const isFile = statSync(path).isFile();
  const folder = isFile ? dirname(path) : path;
  const files = isFile ? [basename(path)] : samples ? sampleFiles.filter((file) => existsSync(resolve(folder, file))) : [];
  // Not once: the terminal and npm both send it, and a second one must not cut the end short.
  const stopped = new Promise((done) => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, done);
  });

  let server;
  try {
    await installEditor(say);
    say('Starting VS Code…');
    // Our own samples are trusted; whether another folder is, VS Code asks.
    server = await startServer({ extensions: [packaged], trust: samples });
  } catch (error) {
    say(`${message(error)} The report above is complete, and ${relative(root, packaged)} can be installed in any VS Code: code --install-extension ${relative(root, packaged)}`);
    return flags.check === true ? 1 : 0;
  }
  try {
    const url = server.urlOf(folder, files);
    say(`\nVS Code with Heaplight: ${url}`);
    if (flags.check === true) return 0;
    if (flags['no-open'] !== true) openBrowser(url);
    say('Ctrl-C ends it.');
    const code = await Promise.race([server.ended, stopped.then(() => undefined)]);
    if (code !== undefined) say('VS Code has ended.');
    return code ?? 0;
  } finally {
    await server.end();
  }
}

/**
 * Where there is a display. The address is printed in any case, so a failure needs no words.
 * @param {string} url
 */
function openBrowser(url) {
  if (process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']) void run('xdg-open', [url]);
}

/** @param {unknown} error */
function message(error) {
  return error instanceof Error ? error.message : String(error);
}

main().then(
  // Not process.exitCode: a browser that xdg-open started may keep a pipe of ours open.
  (code) => process.exit(code),
  (error) => {
    console.error(message(error));
    process.exit(2);
  },
);
