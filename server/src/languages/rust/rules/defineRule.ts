// The form of a Rust rule. Where Rust code calls into a library, the model's row says what happens and names the rule; a rule says how that is told.
import type { RuleDocumentation } from '../../../analysis/rule.js';

/** A rule of the catalogue, as written. */
export function defineRule(rule: RuleDocumentation): RuleDocumentation {
  return rule;
}
