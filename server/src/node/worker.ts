// Main of a worker thread: owns parsers and engines of its own, takes one group after another, and shares facts with the other threads.
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { GroupClaims } from '../workspace/groupClaims.js';
import { GroupDriver, type DriveHooks } from '../workspace/groupDriver.js';
import { GroupRunner } from '../workspace/groupRunner.js';
import { keptLibraries } from './keptLibraries.js';
import { KeptFacts, type PackedFacts } from './keptFacts.js';
import { Workspace } from '../workspace/workspace.js';
import { loadGrammars } from './grammars.js';
import { nodeHost } from './host.js';
import { packed } from './packedOutcome.js';
import { plugins } from './plugins.js';
import { projectorFor } from './projector.js';
import type { FromWorker, ToWorker, WorkerSetup } from './workerProtocol.js';

const port = parentPort;
if (port === null) throw new Error('worker.js is started by Heaplight as a worker thread');
const setup = workerData as WorkerSetup;
const say = (message: FromWorker, ...handedOver: ArrayBuffer[]): void => { port.postMessage(message, handedOver); };

/** What came in since: read without giving up the thread, since engines ask in the middle of their work. */
const arrivals = (): PackedFacts[] => {
  const all: PackedFacts[] = [];
  for (let next = receiveMessageOnPort(setup.facts); next !== undefined; next = receiveMessageOnPort(setup.facts)) all.push(next.message as PackedFacts);
  return all;
};
const facts = new KeptFacts(arrivals, (own) => { say({ type: 'facts', facts: own }); });
const host = nodeHost(setup.distribution);
const libraries = keptLibraries(facts, host, setup.languageOptions, setup.cache ?? null);
const { parsers } = await loadGrammars(setup.distribution, plugins.map((plugin) => plugin.id));
const workspace = new Workspace({ host, plugins, parsers, languageOptions: setup.languageOptions, limits: setup.limits, facts: libraries });
for (const document of setup.documents) workspace.open(document.path, document.text, document.version);
const place = new Int32Array(setup.place);
/** Shared memory and no message: what a thread said last may be lost when it dies. */
const stand = (group: number, file: number): void => {
  Atomics.store(place, 0, group);
  Atomics.store(place, 1, file);
};

port.on('message', ({ groups, claims: memory, owner, plan, place: stretch, redo, refuse }: ToWorker) => {
  const hooks: DriveHooks = {
    begin: (group) => { stand(group, -1); },
    file(group, path, outcome) {
      stand(group, outcome === null ? (places.get(path)?.[1] ?? -1) : -1);
      if (outcome === null) return;
      const plain = packed(outcome);
      say({ type: 'file', group, outcome: plain }, plain.bytes.buffer);
    },
    done: (group, { imports, timings }) => {
      say({ type: 'done', group, imports, timings });
      libraries.writeAll();
    },
  };
  const places = new Map<string, readonly [group: number, file: number]>();
  groups.forEach(({ files }, group) => { files.forEach((path, file) => { places.set(path, [group, file]); }); });
  workspace.sources.onRead = (path) => {
    const [group, file] = (path === null ? undefined : places.get(path)) ?? [-1, -1];
    Atomics.store(place, 2, group);
    Atomics.store(place, 3, file);
  };
  for (const path of refuse) workspace.sources.refuse(path);
  const claims = new GroupClaims(memory, owner, plan, stretch);
  const runner = new GroupRunner(host, workspace.sources, workspace.engines, projectorFor(setup.root), () => { claims.waitWhilePaused(); });
  const driver = new GroupDriver(runner, workspace.engines, groups, claims, libraries);
  void (async () => {
    for (const { group, files } of redo) await driver.redo(group, files, claims, hooks);
    await driver.drive(claims, hooks);
    say({ type: 'idle' });
  })();
});
say({ type: 'ready' });
