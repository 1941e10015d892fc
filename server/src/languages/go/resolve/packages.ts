// Packages and files as a program holds them. Data only.
import type { FlatTree } from '../../../syntax/flatTree.js';
import type { UnitId } from '../../../analysis/language.js';
import type { DeclaredFile } from '../declare/declaredFile.js';
import type { CheckedFile } from './checkedBody.js';
import type { LoadedBody } from './loader.js';
import type { ObjectId, PackageId } from './objects.js';

/** A package of a program: from sources or from facts. */
export interface GoPackage {
  /** Index in the program's list. */
  readonly index: PackageId;
  /** Identity for unexported names: its own index, or that of the package that it adds files to (tests, files of other platforms). */
  readonly id: PackageId;
  readonly path: string;
  /** Symbol of the package's name. */
  name: number;
  /** Members by symbol; for facts those that were asked for. */
  members: Map<number, ObjectId>;
  /** Finds a member that `members` does not hold yet. */
  readonly find: ((symbol: number) => ObjectId) | null;
  /** Package that this one adds files to. */
  readonly base: GoPackage | null;
  /** Null for facts. */
  readonly unit: UnitId | null;
  files: ProgramFile[];
  /** Package that an import path means here, -1 for none. */
  readonly importer: (path: string) => PackageId;
  /** Minor version of the language, null when no go.mod says it. */
  readonly language: number | null;
  readonly isTest: boolean;
}

/** A source file of a program. Its index stays when its text changes. */
export interface ProgramFile {
  readonly index: number;
  readonly path: string;
  readonly package: GoPackage;
  tree: FlatTree;
  declared: DeclaredFile;
  /** Packages by the names this file imports them under: 0 where the import cannot be found; null until asked. */
  imports: Map<number, PackageId> | null;
  /** Packages imported with `.`. */
  dots: PackageId[];
  columns: CheckedFile | null;
  /** Its functions, methods and initialisers by position; empty until its unit is loaded. */
  bodies: readonly LoadedBody[];
}
