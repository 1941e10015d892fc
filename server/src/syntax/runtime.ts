// The parser's wasm runtime: started once per thread, with a window onto its linear memory for the readers that look there.
// Not here: which grammar is loaded (parser.ts) and what the memory holds (memoryReader.ts).
import { Parser } from 'web-tree-sitter';

/** Linear memory of the runtime. The views are replaced when the memory grows: ask again after every parse, never keep one. */
export interface RuntimeMemory {
  readonly HEAPU32: Uint32Array;
  readonly HEAP32: Int32Array;
  readonly HEAPU16: Uint16Array;
  readonly HEAPU8: Uint8Array;
}

/** The started runtime. */
export interface ParserRuntime {
  /** The memory, or null when somebody else had started the runtime before, in which case it cannot be seen. */
  readonly memory: RuntimeMemory | null;
}

/** How the runtime's wasm is found. Without bytes the package looks for it beside itself. */
export interface RuntimeOptions {
  /** The bytes of `web-tree-sitter.wasm`. */
  readonly wasmBinary?: Uint8Array;
}

// The library holds one runtime per thread whatever its callers do; this mirrors that.
let started: Promise<ParserRuntime> | null = null;

/** Starts the runtime, or returns the one that runs; options count only the first time. Rejects when the wasm cannot be loaded, and may be tried again then. */
export function startRuntime(options: RuntimeOptions = {}): Promise<ParserRuntime> {
  started ??= start(options).catch((error: unknown) => {
    started = null;
    throw error;
  });
  return started;
}

/** Size of the runtime's memory in bytes; 0 when it cannot be seen. It never shrinks. */
export function runtimeBytes(runtime: ParserRuntime): number {
  return runtime.memory === null ? 0 : runtime.memory.HEAPU8.byteLength;
}

async function start(options: RuntimeOptions): Promise<ParserRuntime> {
  const module: Partial<RuntimeMemory> & RuntimeOptions = { ...options };
  await Parser.init(module as Parameters<typeof Parser.init>[0]);
  const seen = module.HEAPU32 instanceof Uint32Array && module.HEAP32 instanceof Int32Array && module.HEAPU16 instanceof Uint16Array && module.HEAPU8 instanceof Uint8Array;
  return { memory: seen ? (module as RuntimeMemory) : null };
}
