// Main of a worker thread: owns parsers and engines of its own, and does one group after another.
import { parentPort, workerData } from 'node:worker_threads';
import { GroupRunner } from '../workspace/groupRunner.js';
import type { Cancellation } from '../workspace/host.js';
import { Workspace } from '../workspace/workspace.js';
import { loadGrammars } from './grammars.js';
import { nodeHost } from './host.js';
import { plugins } from './plugins.js';
import { projectorFor } from './projector.js';
import type { FromWorker, ToWorker, WorkerSetup } from './workerProtocol.js';

const port = parentPort;
if (port === null) throw new Error('worker.js is started by Heaplight as a worker thread');
const setup = workerData as WorkerSetup;
const flag = new Int32Array(setup.cancelled);
const cancellation: Cancellation = { get cancelled() { return Atomics.load(flag, 0) !== 0; } };
const say = (message: FromWorker): void => { port.postMessage(message); };

const host = nodeHost(setup.distribution);
const { parsers } = await loadGrammars(setup.distribution, plugins.map((plugin) => plugin.id));
const workspace = new Workspace({ host, plugins, parsers, languageOptions: setup.languageOptions, limits: setup.limits });
for (const document of setup.documents) workspace.open(document.path, document.text, document.version);
const runner = new GroupRunner(host, workspace.sources, workspace.engines, projectorFor(setup.root));

port.on('message', (message: ToWorker) => {
  if (message.type === 'end') {
    port.close();
    return;
  }
  void runner.run(message.group, cancellation, (path, outcome) => { say(outcome === null ? { type: 'begin', path } : { type: 'file', outcome }); })
    .then((outcome) => { say(outcome === null ? { type: 'cancelled' } : { type: 'done', imports: outcome.imports, timings: outcome.timings }); });
});
say({ type: 'ready' });
