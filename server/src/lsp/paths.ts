// Between the addresses of documents and the paths of the workspace. Every document has a path that ends as its language's files do.
import type { LanguagePlugin } from '../analysis/language.js';

/** Path of an address: of a file its path, of anything else a path below `/~scheme/`. */
export function pathOfUri(uri: string): string {
  const match = /^([a-z][a-z0-9+.-]*):(?:\/\/([^/?#]*))?([^?#]*)/i.exec(uri);
  if (!match) return uri;
  const [, scheme = '', authority = '', encoded = ''] = match;
  const path = decoded(encoded);
  if (scheme.toLowerCase() === 'file') {
    const drive = /^\/([a-z]):/i.exec(path);
    if (drive) return `${(drive[1] as string).toLowerCase()}${path.slice(2)}`;
    return authority === '' ? path : `//${authority}${path}`;
  }
  return `/~${scheme}/${authority}${path.startsWith('/') ? path : `/${path}`}`;
}

/** Address of a path; the reverse of {@link pathOfUri}. */
export function uriOfPath(path: string): string {
  const foreign = /^\/~([^/]+)\/([^/]*)(.*)$/.exec(path);
  if (foreign) return `${foreign[1] as string}://${foreign[2] as string}${encoded(foreign[3] as string)}`;
  if (/^[a-z]:/i.test(path)) return `file:///${path.charAt(0)}%3A${encoded(path.slice(2))}`;
  return path.startsWith('//') ? `file:${encoded(path)}` : `file://${encoded(path)}`;
}

/** Addresses of open documents as the client writes them, and their paths. */
export class DocumentPaths {
  readonly #paths = new Map<string, string>();
  readonly #uris = new Map<string, string>();

  constructor(private readonly plugins: readonly LanguagePlugin[]) {}

  /** Notes an open document; a document whose name does not tell its language gets the ending of the language it was opened as. */
  open(uri: string, languageId: string): string {
    let path = pathOfUri(uri);
    const plugin = this.plugins.find((one) => one.id === languageId);
    if (plugin && !plugin.extensions.some((extension) => path.endsWith(extension))) path += plugin.extensions[0] ?? '';
    this.#paths.set(uri, path);
    this.#uris.set(path, uri);
    return path;
  }

  close(uri: string): void {
    this.#uris.delete(this.path(uri));
    this.#paths.delete(uri);
  }

  path(uri: string): string {
    return this.#paths.get(uri) ?? pathOfUri(uri);
  }

  uri(path: string): string {
    return this.#uris.get(path) ?? uriOfPath(path);
  }

  /** Paths of open documents, in the order they were opened. */
  get opened(): readonly string[] {
    return [...this.#uris.keys()];
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function encoded(path: string): string {
  return path.split('/').map((part) => encodeURIComponent(part).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)).join('/');
}
