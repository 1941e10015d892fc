// The rules of Go and their entrance.
import type { RuleDocumentation } from '../../../analysis/rule.js';
import type { AnalyzeBody } from '../solve/escapeContract.js';

/** All rules, for the catalogue. */
export const goRules: readonly RuleDocumentation[] = [];

/** Runs the rules over a solved body. */
export const analyzeBody: AnalyzeBody = () => ({ sites: [], free: [], notes: [], problems: [] });
