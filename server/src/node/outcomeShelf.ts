// Where a run's files wait for their turn: a file of the system's temporary directory that has no name, so that nothing is left of it whatever happens.
// Where none can be made, or the disk is full, they wait in memory.
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import type { OutcomeShelf } from '../workspace/run.js';
import { packed, PackedOutcome } from './packedOutcome.js';

/** A shelf that can be put away. */
export interface DisposableShelf extends OutcomeShelf {
  dispose(): void;
}

/** A shelf in `directory`, whose file is made when first needed. */
export function outcomeShelf(directory: string = tmpdir()): DisposableShelf {
  let descriptor: number | null = null;
  let usable = true;
  let end = 0;
  let held = 0;
  let path = '';
  const open = (): number | null => {
    if (descriptor !== null || !usable) return descriptor;
    try {
      path = join(directory, `heaplight-${randomUUID()}.tmp`);
      descriptor = openSync(path, 'wx+', 0o600);
      unlinkSync(path);
      path = '';
    } catch {
      usable = descriptor !== null; // Windows keeps the name of an open file until it is closed
    }
    return descriptor;
  };
  return {
    put(outcome) {
      const plain = outcome instanceof PackedOutcome ? outcome.packed : packed(outcome);
      const file = open();
      const inMemory = new PackedOutcome(plain);
      if (file === null) return () => inMemory;
      const { bytes, ...rest } = plain;
      const start = end;
      try {
        for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done, bytes.length - done, start + done);
      } catch {
        usable = false;
        return () => inMemory;
      }
      end += bytes.length;
      held++;
      const { length } = bytes;
      return () => {
        const back = new Uint8Array(length);
        for (let done = 0; done < length;) {
          const got = readSync(file, back, done, length - done, start + done);
          if (got === 0) throw new Error('the temporary file that reports wait in was cut short');
          done += got;
        }
        if (--held === 0) end = 0;
        return new PackedOutcome({ ...rest, bytes: back });
      };
    },
    dispose() {
      usable = false;
      if (descriptor === null) return;
      closeSync(descriptor);
      descriptor = null;
      if (path !== '') {
        try {
          unlinkSync(path);
        } catch { /* a file of the temporary directory stays */ }
      }
    },
  };
}
