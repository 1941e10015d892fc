import type { FactsResolver, Program } from '../resolve/program.js';
import type { FuncId, PackageId } from '../resolve/objects.js';
import type { FunctionSummary } from '../solve/escapeContract.js';
import type { StandardFacts } from './standardFacts.js';
export class FactsReader implements FactsResolver {
  constructor(private readonly program: Program, private readonly standard: StandardFacts) {}
  package(_path: string): PackageId { void this.program; void this.standard; return -1; }
  resolve(): void { return; }
  underlying(): number { return 0; }
  constraint(): number { return 0; }
  declareMethods(): void { return; }
  summaryOf(_object: FuncId): FunctionSummary | null { return null; }
}
