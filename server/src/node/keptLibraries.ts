// Facts of libraries in a directory of the disk, for runs over many files.
import type { FactsStore, LanguageOptions } from '../analysis/language.js';
import type { Host } from '../workspace/host.js';
import { LibraryFacts } from '../workspace/libraryFacts.js';
import { cacheDirectory } from './cacheStorage.js';
import { ENGINE_ID } from './engineId.js';

/** A store that keeps facts of the packages in cargo's registry in `directory`; null keeps none. */
export function keptLibraries(behind: FactsStore, host: Host, { rust: { registry } }: LanguageOptions, directory: string | null): LibraryFacts {
  const facts = new LibraryFacts(behind, host, ENGINE_ID, () => (registry === null ? [] : [registry]));
  if (directory !== null) facts.setStorage(cacheDirectory(directory));
  return facts;
}
