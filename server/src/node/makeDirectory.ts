// Makes a directory and those above it, one by one: `mkdirSync` with `recursive` never returns where the system says that a parent that exists is missing (/proc).
import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/** Makes `directory` where it is missing. Throws what the system says. */
export function makeDirectory(directory: string): void {
  const missing: string[] = [];
  for (let at = directory; !existsSync(at) && at !== dirname(at); at = dirname(at)) missing.push(at);
  for (const one of missing.reverse()) {
    try {
      mkdirSync(one);
    } catch (error) {
      if (!existsSync(one)) throw error; // else another process was quicker
    }
  }
}
