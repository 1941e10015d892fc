// The Rust rules as the engine drives them.
import type { RustRuleSet } from '../solve/contract.js';

/** Catalogue and judge of the Rust rules. */
export const rustRules: RustRuleSet = {
  documentation: [],
  createJudge: () => ({
    wantsBody: () => false,
    solveEffects: () => false,
    check: () => ({ sites: [], free: [], notes: [], problems: [], total: null }),
    checkFile: () => ({ sites: [], free: [], notes: [], problems: [], total: null }),
  }),
};
