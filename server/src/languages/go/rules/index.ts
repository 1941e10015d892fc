// The rules stage's entrance.
export { analyzeBody } from './analyze.js';
export { goRuleDocumentation as goRules } from './catalogue.js';
