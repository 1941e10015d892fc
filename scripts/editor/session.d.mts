// What a test or a script may do with the editor. Declared apart from the code (which is checked against it) so that the
// tests can be type-checked where neither the editor nor the browser is installed.

/** A row of a tree, as it is shown. */
export interface TreeRow {
  readonly label: string;
  readonly description: string;
  /** 1 for a root. */
  readonly level: number;
  /** `undefined` for a leaf. */
  readonly expanded: boolean | undefined;
  readonly selected: boolean;
}

/** A line of the active editor, as it is shown: no-break spaces are spaces. */
export interface ShownLine {
  /** From 1. */
  readonly number: number;
  /** The text of the file. */
  readonly source: string;
  /** The inline hints on it, from left to right. */
  readonly hints: readonly string[];
  /** Both together, as a person reads them. */
  readonly text: string;
}

/** In CSS pixels of the window. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface WaitOptions {
  /** Milliseconds; 20 000 when left out. */
  readonly timeout?: number;
}

/** One window of VS Code. Positions are found by text; lines and columns are counted from 1. */
export interface Workbench {
  /** Opens a file in this window and waits for its text. `file` is absolute or relative to the folder. */
  openFile(file: string): Promise<void>;
  /** The lines of the active editor that are in view. */
  lines(): Promise<ShownLine[]>;
  /** Waits until the lines in view satisfy `accept`, and returns them. The error of a time-out shows the lines. */
  waitForLines(what: string, accept: (lines: readonly ShownLine[]) => boolean, options?: WaitOptions): Promise<ShownLine[]>;
  /** Waits for a line that holds `source` and shows exactly these hints, and returns it. */
  waitForHints(source: string, hints: readonly (string | RegExp)[], options?: WaitOptions): Promise<ShownLine>;
  /** Puts the cursor at a line and column, and brings it into view. */
  goTo(line: number, column?: number): Promise<void>;
  /** Where the cursor is. */
  cursor(): Promise<{ line: number; column: number }>;
  waitForCursor(line: number, column?: number): Promise<void>;
  /** Waits until the active editor shows the file with this base name. */
  waitForFile(baseName: string): Promise<void>;
  /** Moves the mouse to the `token` on the line in view that holds `source`; returns the text of the hover. */
  hover(source: string, token: string): Promise<string>;
  /** The text of the hover that is open, for instance one that a command opened. */
  hoverText(): Promise<string>;
  closeHover(): Promise<void>;
  /** Runs the command of exactly this title (`Heaplight: Show Allocations`) from the palette. */
  command(title: string): Promise<void>;
  /** Chooses from the list that a command has opened. */
  choose(label: string): Promise<void>;
  /** Answers the question that a command has asked. */
  answer(text: string): Promise<void>;
  /** Changes the user's settings as a user does, in settings.json, and comes back to the editor that was open. */
  changeSettings(changes: Readonly<Record<string, unknown>>): Promise<void>;
  /** Types at the cursor, as a person does. */
  type(text: string): Promise<void>;
  /** Presses a key or a chord (`Control+Z`). */
  press(key: string): Promise<void>;
  /** The rows of the tree view of this name that are in view. */
  rows(view: string): Promise<TreeRow[]>;
  waitForRows(view: string, what: string, accept: (rows: readonly TreeRow[]) => boolean, options?: WaitOptions): Promise<TreeRow[]>;
  /** Expands or collapses the first row whose label holds `label`. */
  toggleRow(view: string, label: string): Promise<void>;
  clickRow(view: string, label: string): Promise<void>;
  /** The texts in the status bar. */
  status(): Promise<string[]>;
  waitForStatus(accept: string | RegExp, options?: WaitOptions): Promise<string>;
  notifications(): Promise<string[]>;
  /** Where the lines in view from one to another are, found by text that they hold. */
  regionOfLines(first: string, last: string): Promise<Region>;
  /** Writes what the window shows, or a region of it, as a PNG file. */
  screenshot(path: string, region?: Region): Promise<void>;
  close(): Promise<void>;
}

export interface SessionOptions {
  /** .vsix files to install. */
  readonly extensions: readonly string[];
  /** User settings, on top of those of every test. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** `false` asks for trust as VS Code does. */
  readonly trust?: boolean;
  /** Told what is going on, when it takes longer than a moment. */
  readonly say?: (line: string) => void;
}

export interface WindowOptions {
  readonly width?: number;
  readonly height?: number;
  /** Device pixels for a CSS pixel. */
  readonly scale?: number;
}

/** A server of VS Code and a browser. */
export interface Session {
  readonly origin: string;
  /** A new window on a folder; `files` are opened in this order, so that the last one is in front. */
  open(folder: string, files?: readonly string[], options?: WindowOptions): Promise<Workbench>;
  /** Processes that an installed extension started. */
  extensionProcesses(): Promise<{ pid: number; command: string }[]>;
  /** Brings the user's settings back to those of the session, for windows that are opened afterwards. */
  resetSettings(): Promise<void>;
  /** Keeps pictures of the open windows and all logs in a folder under `test/e2e/.artifacts`; returns its path. */
  keepEvidence(name: string): Promise<string>;
  end(): Promise<void>;
}

/** Installs what is missing; rejects with one sentence for the user where that is impossible. */
export function openSession(options: SessionOptions): Promise<Session>;
/** Polls until `accept` holds for what `read` returns; the error of a time-out says `what` was awaited and shows the last value. */
export function until<T>(what: string, read: () => Promise<T>, accept: (value: T) => boolean, options?: WaitOptions): Promise<T>;
