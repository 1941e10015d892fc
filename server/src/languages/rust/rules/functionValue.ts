// rust/function-value: Code chosen at run time.
import { defineRule } from './defineRule.js';

/** A function pointer, a closure behind `dyn`, or an iterator or future behind `dyn` runs, and what it answers may own new memory. */
export const functionValue = defineRule({
  id: 'rust/function-value', kind: 'buffer',
  title: 'Code chosen at run time',
  why: 'A function pointer, a closure behind dyn, or an iterator or future behind dyn runs: which one cannot be seen here. What it answers can own memory.',
  unless: null,
  instead: null,
  example: { allocates: 'let make: fn(&str) -> String = str::to_owned;\nmake("text");', free: null },
});
