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
  /** Megabytes of heap that one worker may use; more ends it, and the one that takes its place may use more. */
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
/** Ordinary workspaces need a tenth of it. The smaller this limit, the sooner V8 collects: twice as much costs a third more memory, half of it a tenth more time. */
const HEAP_MB = 1000;
/** What a thread gets, by that measure, that takes the place of one that ran out of memory. */
const SPACIOUS = 3;
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
  #outOfMemory = false;
  #reason = 'the analysis ended unexpectedly';

  /** @param spacious whether it gets more memory than usual */
  constructor({ script, patienceMs, heapMB = HEAP_MB, ...options }: ThreadOptions, known: readonly PackedFacts[], spacious: boolean) {
    const { distribution, root, languageOptions, limits, documents, cache = null } = options;
    const { port1, port2 } = new MessageChannel();
    this.#facts = port1;
    this.#facts.unref();
    for (const facts of known) this.tell(facts);
    this.#patienceMs = patienceMs ?? PATIENCE_MS;
    const setup: WorkerSetup = { distribution, root, languageOptions, limits, documents, cache, place: this.#place.buffer as SharedArrayBuffer, facts: port2 };
    this.#worker = new Worker(script, { workerData: setup, transferList: [port2], resourceLimits: { maxOldGenerationSizeMb: heapMB * (spacious ? SPACIOUS : 1), maxYoungGenerationSizeMb: YOUNG_MB } });
    this.#worker.on('message', (message: FromWorker) => { this.#hear(message); });
    this.#worker.on('error', (error: unknown) => {
      this.#outOfMemory = codeOf(error) === 'ERR_WORKER_OUT_OF_MEMORY';
      this.#reason = this.#outOfMemory ? 'the analysis ran out of memory' : `the analysis ended unexpectedly (${error instanceof Error ? error.message : String(error)})`;
    });
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

  /** Whether it ended because its memory ran out. */
  get outOfMemory(): boolean {
    return this.#outOfMemory;
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

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
}
