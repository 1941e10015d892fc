// All rules for Go over forms, dispatched by form.
import { Form } from '../solve/escape/forms.js';
import { goAppend } from './append.js';
import { goClosure } from './closure.js';
import { goDeferInLoop } from './deferInLoop.js';
import { goEscapingCompositeLiteral } from './escapingCompositeLiteral.js';
import type { GoRule } from './goRule.js';
import { goGoStatement } from './goStatement.js';
import { goInterfaceBoxing } from './interfaceBoxing.js';
import { goMakeChannel } from './makeChannel.js';
import { goMakeMap } from './makeMap.js';
import { goMakeSlice } from './makeSlice.js';
import { goMapAssignment } from './mapAssignment.js';
import { goMapLiteral } from './mapLiteral.js';
import { goMethodValue } from './methodValue.js';
import { goMovedVariable } from './movedVariable.js';
import { goNew } from './new.js';
import { goRangeOverFunction } from './rangeOverFunction.js';
import { goSliceLiteral } from './sliceLiteral.js';
import { goStringConcatenation } from './stringConcatenation.js';
import { goStringConversion } from './stringConversion.js';
import { goVariadicSlice } from './variadicSlice.js';

/** Every rule over forms, in the order of the catalogue. */
export const goRules: readonly GoRule[] = [
  goNew, goEscapingCompositeLiteral, goMovedVariable, goMakeSlice, goSliceLiteral, goMakeMap, goMapLiteral, goMakeChannel, goAppend, goMapAssignment,
  goStringConcatenation, goStringConversion, goInterfaceBoxing, goVariadicSlice, goClosure, goMethodValue, goGoStatement, goDeferInLoop, goRangeOverFunction,
];

/** The rule of each form, null for none. Throws when two rules want one form: a mistake of ours, found by any test. */
export const goRuleByForm: readonly (GoRule | null)[] = ruleByForm();

function ruleByForm(): (GoRule | null)[] {
  const table = new Array<GoRule | null>(Form.Count).fill(null);
  for (const rule of goRules) {
    for (const form of rule.nodes) {
      if (table[form]) throw new Error(`two rules look at form ${form}`);
      table[form] = rule;
    }
  }
  return table;
}
