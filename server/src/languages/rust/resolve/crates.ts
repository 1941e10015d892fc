// The crates of a world: where their definitions come from. Not here: how a crate is found (layout/) or what its names mean (names.ts).
import type { Configuration } from '../declare/cfg.js';
import type { DeclaredFile } from '../declare/facts.js';
import type { MacroDefinitions } from '../declare/macroRules.js';
import type { PackedFile } from './pack.js';
import type { DefId } from '../types/typeTable.js';

/** A crate as the layout describes it. */
export interface CrateSource {
  /** Unique within a world: `std`, `tokio 1.54.1`, a path. */
  readonly id: string;
  /** Name by which paths call it, with underscores. */
  readonly name: string;
  readonly edition: number;
  readonly origin: 'workspace' | 'dependency' | 'std';
  /** Path of the root file. */
  readonly root: string;
  /** Directory of its package; the root file of a crate that is in none, and the crate's name in the standard library. */
  readonly unit: string;
  /** Says which crate it is wherever it lies: name and version of its package. */
  readonly key: string;
  /** Name in paths → id of the crate, for what Cargo.toml declares. */
  readonly externs: ReadonlyMap<string, string>;
  /** Which features decide between alternatives. */
  readonly configuration: Configuration;
}

/** Provides the files of crates to a world. */
export interface CrateProvider {
  /** The crate with this id; null when there is none. */
  crate(id: string): CrateSource | null;
  /** Id of the outline that stands in for a crate that code of `crate` calls `name`; null when there is none. */
  outlineOf(crate: CrateSource, name: string): string | null;
  /** All files of a crate that is kept packed; null for one that is read from sources. */
  packed(crate: CrateSource): readonly PackedFile[] | null;
  /** Facts of a file; null when it is missing. */
  declare(crate: CrateSource, path: string): DeclaredFile | null;
  /** The same before the crate is loaded: kept until `declare` asks for it, or this does for a file of another crate. */
  declareAhead(crate: CrateSource, path: string): DeclaredFile | null;
  /** Path of the file of `mod name;` in the directory of its parent; null when there is none. */
  moduleFile(crate: CrateSource, parentFile: string, parentIsRoot: boolean, inlinePath: readonly string[], name: string, explicit: string | null): string | null;
  /** Facts of the items that a macro call makes, in a file of their own; null when they cannot be told. `member` says that the call stands in an impl or trait. */
  expand(crate: CrateSource, call: MacroCallText, member: boolean): { readonly declared: DeclaredFile; readonly path: string } | null;
}

/** A macro call in item position. */
export interface MacroCallText {
  readonly name: string;
  /** Text between the delimiters. */
  readonly input: string;
  /** Text of the macro's definition (between its braces), or null for a macro that is known by name alone. */
  readonly definition: string | null;
  /** Definitions of other macros that the expansion may call. */
  readonly definitions: MacroDefinitions;
  readonly flags: number;
  /** Whether declarations suffice: bodies of what the macro makes are read later, if at all. */
  readonly outline: boolean;
}

/** A crate in a world. */
export interface LoadedCrate {
  readonly index: number;
  readonly source: CrateSource;
  readonly nameSymbol: number;
  /** Its declarations came packed, not from its sources. */
  fromFacts: boolean;
  /** Its turn: crates that it imports come before it. */
  rank: number;
  root: DefId;
  /** All of its files are loaded and its impls indexed. */
  indexed: boolean;
  readonly files: number[];
  readonly externs: Map<number, number>;
}
