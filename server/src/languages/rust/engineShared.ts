// What outlives an analysis: names, the standard library as it was unpacked, the declarations of every text that is still the same.
import type { EngineEnvironment } from '../../analysis/language.js';
import { SymbolTable } from '../../syntax/symbolTable.js';
import { Declarer } from './declare/declareFile.js';
import { Words } from './declare/words.js';
import { packagedStandard } from './layout/packagedStandard.js';
import { SourceProvider } from './layout/sourceProvider.js';

/** Declarations of one engine; an analysis resolves them. */
export class Declarations {
  readonly symbols = new SymbolTable();
  readonly words = new Words(this.symbols);
  readonly provider: SourceProvider;

  constructor(readonly environment: EngineEnvironment) {
    this.provider = new SourceProvider(environment, new Declarer(this.symbols, this.words), packagedStandard(environment.sources, this.symbols));
  }
}
