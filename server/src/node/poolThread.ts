// One worker thread of a pool: starts it, hears it, notices its end. Knows where it was last; what follows from a death is the pool's.
import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads';
import type { FileOutcome, WorkTimings } from '../workspace/groupRunner.js';
import type { PackedFacts } from './keptFacts.js';
import { PackedOutcome } from './packedOutcome.js';
import type { FromWorker, ToWorker, WorkerSetup } from './workerProtocol.js';

/** How threads are made. */
export interface ThreadOptions extends Omit<WorkerSetup, 'facts' | 'place'> {
  /** The worker's bundle. */
  readonly script: string;
  /** Milliseconds without a sign of life after which a worker is ended. */
  readonly patienceMs?: number;
  /** Megabytes of heap that one worker may use; more ends it. */
  readonly heapMB?: number;
}

/** What is heard of a thread. */
export interface ThreadHooks {
  ready(): void;
  file(group: number, outcome: FileOutcome): void;
  done(group: number, imports: readonly string[], timings: WorkTimings): void;
  facts(facts: PackedFacts): void;
  /** It ended before it was done; told once. */
  died(reason: string): void;
}

const PATIENCE_MS = 120_000;
/** A limit for runaway code; ordinary workspaces need a tenth of it. */
const HEAP_MB = 2048;
/** The young generation: small, since threads multiply it. */
const YOUNG_MB = 16;

/** A thread and what it is at. */
export class PoolThread {
  readonly #place = new Int32Array(new SharedArrayBuffer(16)).fill(-1);
  readonly #worker: Worker;
  readonly #facts: MessagePort;
  readonly #patienceMs: number;
  #hooks: ThreadHooks | null = null;
  #watch: NodeJS.Timeout | null = null;
  #heard = Date.now();
  #alive = true;
  #reason = 'the analysis ended unexpectedly';

  constructor({ script, patienceMs, heapMB, ...options }: ThreadOptions, known: readonly PackedFacts[]) {
    const { distribution, root, languageOptions, limits, documents } = options;
    const { port1, port2 } = new MessageChannel();
    this.#facts = port1;
    this.#facts.unref();
    for (const facts of known) this.tell(facts);
    this.#patienceMs = patienceMs ?? PATIENCE_MS;
    const setup: WorkerSetup = { distribution, root, languageOptions, limits, documents, place: this.#place.buffer as SharedArrayBuffer, facts: port2 };
    this.#worker = new Worker(script, { workerData: setup, transferList: [port2], resourceLimits: { maxOldGenerationSizeMb: heapMB ?? HEAP_MB, maxYoungGenerationSizeMb: YOUNG_MB } });
    this.#worker.on('message', (message: FromWorker) => { this.#hear(message); });
    this.#worker.on('error', (error: unknown) => { this.#reason = reasonOf(error); });
    this.#worker.once('exit', () => { this.#ended(); });
  }

  /** The group it was at last and the position of the file in it; -1 for none. */
  get place(): { readonly group: number; readonly file: number } {
    return { group: Atomics.load(this.#place, 0), file: Atomics.load(this.#place, 1) };
  }

  /** The same of the file that it was reading, which may be one that it imports. */
  get reading(): { readonly group: number; readonly file: number } {
    return { group: Atomics.load(this.#place, 2), file: Atomics.load(this.#place, 3) };
  }

  /** Whether it can be given work. */
  get alive(): boolean {
    return this.#alive;
  }

  /** Hands over a fact that another thread found. */
  tell(facts: PackedFacts): void {
    this.#facts.postMessage(facts);
  }

  /** Gives work; hooks are told until it is idle or dead. */
  run(work: ToWorker, hooks: ThreadHooks): void {
    this.#hooks = hooks;
    this.#heard = Date.now();
    let before = '';
    this.#watch = setInterval(() => {
      const now = this.#place.join();
      if (now !== before) this.#heard = Date.now();
      before = now;
      if (Date.now() - this.#heard <= this.#patienceMs) return;
      this.#reason = `the analysis gave no sign of life for ${this.#patienceMs / 1000} s`;
      void this.#worker.terminate();
    }, Math.min(1000, this.#patienceMs / 4));
    this.#worker.postMessage(work);
  }

  /** Ends it at once, whatever it is at. */
  async end(): Promise<void> {
    this.#rest();
    this.#facts.close();
    await this.#worker.terminate();
  }

  #hear(message: FromWorker): void {
    const hooks = this.#hooks;
    this.#heard = Date.now();
    switch (message.type) {
      case 'ready': hooks?.ready(); break;
      case 'file': hooks?.file(message.group, new PackedOutcome(message.outcome)); break;
      case 'done': hooks?.done(message.group, message.imports, message.timings); break;
      case 'facts': hooks?.facts(message.facts); break;
      case 'idle': this.#rest(); break;
    }
  }

  #rest(): void {
    this.#hooks = null;
    if (this.#watch) clearInterval(this.#watch);
  }

  #ended(): void {
    const hooks = this.#hooks;
    this.#alive = false;
    this.#rest();
    this.#facts.close();
    hooks?.died(this.#reason);
  }
}

function reasonOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  return code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'the analysis ran out of memory' : `the analysis ended unexpectedly (${error instanceof Error ? error.message : String(error)})`;
}
