// Hashes of files' contents, without reading what the file system says is as it was. As git's index does, a file that was touched just before
// it was read is not trusted: another change within the same step of the file system's clock would not show.
import type { FileGroup } from './groups.js';
import type { Host } from './host.js';

/** A file's content as it was seen last: its stamp, '' when that cannot be relied on, and its hash. */
export type SeenContent = readonly [path: string, stamp: string, hash: string];

/** Where contents come from. */
export interface ContentSources {
  /** Text of an open document, null for the disk's. */
  readonly textOf: (path: string) => string | null;
  /** Largest file that is read. */
  readonly maxBytes: number;
}

/** Milliseconds: the coarsest clock of a file system that is in use, FAT's. */
const CLOCK_STEP = 2000;

/** Looks at files, trusting what was seen before. */
export class ContentHashes {
  readonly #before = new Map<string, SeenContent>();
  /** Whether a file was read whose next look may be spared. */
  learned = false;

  constructor(private readonly host: Host, private readonly sources: ContentSources, before: Iterable<SeenContent>) {
    for (const seen of before) this.#before.set(seen[0], seen);
  }

  /** The files of a group as they are now. */
  of(group: FileGroup): readonly SeenContent[] {
    return group.files.map((path) => this.#look(path));
  }

  #look(path: string): SeenContent {
    const { host, sources } = this;
    const text = sources.textOf(path);
    if (text !== null) return [path, '', host.hash(text)];
    const version = host.stat(path)?.version;
    const before = this.#before.get(path);
    if (version !== undefined && before !== undefined && before[1] === version.stamp) return before;
    const stamp = version === undefined || version.touched > Date.now() - CLOCK_STEP ? '' : version.stamp;
    if (stamp !== '') this.learned = true;
    const read = host.read(path, sources.maxBytes);
    return [path, stamp, read.kind === 'bytes' ? host.hash(read.bytes) : read.kind === 'tooLarge' ? `large ${read.size}` : read.kind];
  }
}
