// The port through which the workspace reaches the outside: files, time, hashing. Mains hand in an implementation (node/host.ts, browser/).
// Nothing here throws on what a file system may do; every failure is a value.

/** What became of reading a file. */
export type ReadResult =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'missing' }
  /** More bytes than asked for at most. */
  | { readonly kind: 'tooLarge'; readonly size: number }
  /** `reason` is a sentence fragment, such as "permission denied". */
  | { readonly kind: 'unreadable'; readonly reason: string };

/** What a path names. */
export type EntryKind = 'file' | 'directory' | 'other';

/** An entry of a directory; `kind` is that of a link's target. */
export interface HostEntry {
  readonly name: string;
  readonly kind: EntryKind;
  readonly link: boolean;
}

/** Identity of a file's present content, as cheap as the file system gives it. */
export interface FileStat {
  readonly kind: EntryKind;
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
  /** Where the file system tells it. */
  readonly version?: FileVersion;
}

/** Tells one content of a file from another without reading it: they have different stamps, unless they were written within one step of the file system's clock. */
export interface FileVersion {
  readonly stamp: string;
  /** When the content, or what the file system says of it, was changed last: milliseconds since 1970. */
  readonly touched: number;
}

/** The outside. Paths are absolute with forward slashes. */
export interface Host {
  /** Bytes of a file of at most `limit` bytes. */
  read(path: string, limit: number): ReadResult;
  /** Null when missing or out of reach. */
  stat(path: string): FileStat | null;
  /** Entries sorted by name; null when the directory is missing or cannot be read. */
  list(directory: string): readonly HostEntry[] | null;
  /** Text of a file that ships with Heaplight; null when missing. */
  asset(name: string): string | null;
  /** UTF-8 without its byte order mark; `malformed` when bytes were replaced by U+FFFD. */
  decode(bytes: Uint8Array): { readonly text: string; readonly malformed: boolean };
  /** UTF-8. */
  encode(text: string): Uint8Array;
  /** A digest of content, in hexadecimal. */
  hash(content: string | Uint8Array): string;
  /** Milliseconds of a clock that never goes back. */
  now(): number;
  /** Resolves after pending events were handled: requests, key strokes, cancellations. */
  pause(): Promise<void>;
}

/** Asks whether the work is still wanted. */
export interface Cancellation {
  readonly cancelled: boolean;
}

/** Work that nobody cancels. */
export const NEVER_CANCELLED: Cancellation = { cancelled: false };

/** The directory part of a path; `/` and a drive's root are their own. */
export function directoryOf(path: string): string {
  const slash = path.lastIndexOf('/');
  if (slash < 0) return '';
  return slash === 0 ? '/' : path.slice(0, slash);
}

/** `name` below `directory`. */
export function joinPath(directory: string, name: string): string {
  return directory === '' ? name : directory.endsWith('/') ? directory + name : `${directory}/${name}`;
}

/** `path` relative to `root`, with forward slashes; the path itself when it is not below. `.` is the root. */
export function relativePath(root: string, path: string): string {
  if (path === root) return '.';
  const prefix = root === '' || root.endsWith('/') ? root : `${root}/`;
  return path.startsWith(prefix) ? path.slice(prefix.length) : path;
}

/** Parts of a path elsewhere that people see: enough to know a library and a file in it. */
const PARTS_SHOWN = 3;

/** `path` for people: relative below `root`, its last parts when it lies elsewhere, in a library. */
export function shortPath(root: string, path: string): string {
  const relative = relativePath(root, path);
  if (relative !== path) return relative;
  const parts = path.split('/');
  return parts.length <= PARTS_SHOWN + 1 ? path : `…/${parts.slice(-PARTS_SHOWN).join('/')}`;
}

/** Whether `path` is `directory` or below it. */
export function isWithin(directory: string, path: string): boolean {
  return path === directory || path.startsWith(directory.endsWith('/') ? directory : `${directory}/`);
}
