// Custom requests and notifications between client and server. Types only, and the table that docs/protocol.md is generated from.
// Positions are zero-based lines and UTF-16 columns, as in the language server protocol.

/** A place in a document. */
export interface Place {
  readonly line: number;
  readonly character: number;
}

/** A range of places, end exclusive. */
export interface Span {
  readonly start: Place;
  readonly end: Place;
}

/** What a view is about: one open or stored document, or the whole workspace. */
export type Scope = { readonly kind: 'file'; readonly uri: string } | { readonly kind: 'workspace' };

/** How the tree is grouped. */
export type Grouping = 'file' | 'function' | 'kind';

/** Groupings in the order in which they are offered. */
export const GROUPINGS: readonly Grouping[] = ['file', 'function', 'kind'];

/** Sent in `initializationOptions`. All parts may be missing. */
export interface InitializationOptions {
  /** The page of the rules, as a URI; hovers link to its headings. */
  readonly documentation?: string;
  /** Settings, for editors that answer no `workspace/configuration`. */
  readonly settings?: unknown;
  /** Where the browser's server finds `tree-sitter.wasm` and the grammars, as a URI without a slash at its end. */
  readonly assets?: string;
  /** A directory in which the server keeps reports of the workspace from one session to the next; it is made when it is first written to. Without it nothing is kept. */
  readonly storage?: string;
}

/** Asks for the nodes of the Allocations view. */
export interface TreeParams {
  readonly scope: Scope;
  readonly grouping: Grouping;
  /** Words that must all occur in a site's file, function, kind, certainty, rule or description; empty for all. */
  readonly filter: string;
  /** Id of the node whose children are wanted, null for the roots. */
  readonly parent: string | null;
}

/** A node of the Allocations view. */
export interface AllocationNode {
  /** Unique and stable for one scope, grouping and filter. */
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** Plain text. */
  readonly tooltip: string;
  readonly role: 'group' | 'site' | 'callees' | 'muted' | 'note' | 'problem';
  /** Whether it can be opened, and if so whether it is open at first. */
  readonly children: 'none' | 'closed' | 'open';
  readonly target: { readonly uri: string; readonly span: Span } | null;
}

/** Nodes below one parent, and a line about the whole. */
export interface TreeAnswer {
  readonly nodes: readonly AllocationNode[];
  readonly summary: string;
}

/** Asks for a report as text. */
export interface ExportParams {
  readonly scope: Scope;
  readonly format: 'json' | 'sarif' | 'markdown';
  /** For Markdown: what the view shows. */
  readonly grouping?: Grouping;
  readonly filter?: string;
}

/** Asks for an analysis of the whole workspace; progress comes by the token, cancelling ends it with what there is. */
export interface AnalyzeWorkspaceParams {
  readonly workDoneToken?: string | number;
}

/** How an analysis of the workspace ended. */
export interface WorkspaceSummary {
  readonly files: number;
  readonly sites: number;
  readonly cancelled: boolean;
}

/** Asks for the allocation after or before a place. */
export interface NeighbourParams {
  readonly uri: string;
  readonly position: Place;
  readonly direction: 'next' | 'previous';
}

/** Counts of one document, for the status bar. */
export interface Counts {
  readonly uri: string;
  /** Version of the document, null when it is not open. */
  readonly version: number | null;
  /** Sites that the default views count. */
  readonly sites: number;
  readonly inLoops: number;
  readonly conditional: number;
  readonly muted: number;
  /** Calls to functions that allocate. */
  readonly callees: number;
  readonly problems: number;
}

/** Says that reports changed: of one document, or (null) of any. */
export interface ReportsChanged {
  readonly uri: string | null;
}

/** A custom message. */
export interface MessageRow {
  readonly method: `heaplight/${string}`;
  readonly kind: 'request' | 'notification';
  readonly from: 'client' | 'server';
  readonly params: string;
  readonly result: string | null;
  readonly description: string;
}

/** Method names. */
export const METHODS = {
  tree: 'heaplight/tree',
  export: 'heaplight/export',
  analyzeWorkspace: 'heaplight/analyzeWorkspace',
  neighbour: 'heaplight/neighbour',
  counts: 'heaplight/counts',
  reportsChanged: 'heaplight/reportsChanged',
} as const;

/** Every custom message, for the protocol page. */
export const MESSAGES: readonly MessageRow[] = [
  { method: METHODS.tree, kind: 'request', from: 'client', params: 'TreeParams', result: 'TreeAnswer', description: 'Nodes of the Allocations view, level by level.' },
  { method: METHODS.export, kind: 'request', from: 'client', params: 'ExportParams', result: 'string', description: 'The report of a document or of the workspace as JSON, SARIF or Markdown.' },
  {
    method: METHODS.analyzeWorkspace, kind: 'request', from: 'client', params: 'AnalyzeWorkspaceParams', result: 'WorkspaceSummary',
    description: 'Analyses every file of the workspace. Reports progress by the token; when cancelled it answers with what was done so far.',
  },
  { method: METHODS.neighbour, kind: 'request', from: 'client', params: 'NeighbourParams', result: 'Span | null', description: 'The allocation after or before a place, round the end of the document. Null when there is none.' },
  { method: METHODS.counts, kind: 'notification', from: 'server', params: 'Counts', result: null, description: 'Counts of an open document, after each analysis of a new version.' },
  { method: METHODS.reportsChanged, kind: 'notification', from: 'server', params: 'ReportsChanged', result: null, description: 'Reports changed; views that show them should ask again.' },
];
