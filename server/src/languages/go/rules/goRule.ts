// A rule for Go: how one form allocates. Rules look at forms that the escape analysis has judged, never at syntax, so each is a short
// list of reasons. Not here: where forms come from (../solve/escape) and how findings become sites (./findings.ts).
import type { Rule } from '../../../analysis/rule.js';
import type { Certainty } from '../../../analysis/site.js';
import type { GoToolchain } from '../models/toolchain.js';
import type { Form, Free } from '../solve/escape/forms.js';
import type { Finding } from '../solve/escape/verdict.js';
import type { TypeId, TypeKind } from '../types/typeKind.js';

/** A solved batch as rules see it. A form is a location of the escape graph. */
export interface FormContext {
  readonly toolchain: GoToolchain;
  form(form: number): Form;
  /** Type of what the form makes: the variable, the value that is boxed, the slice, the pointed-to value. 0 when unknown. */
  type(form: number): TypeId;
  /** A number whose meaning depends on the form: a length, a count of captured variables; -1 for "not known". */
  detail(form: number): number;
  /** Why the form is free whatever becomes of its value; Free.No when that depends. */
  free(form: number): Free;
  escapes(form: number): boolean;
  /** Whether the value stays only if a function of which nothing is known does not keep it. */
  assumed(form: number): boolean;
  /** Whether memory reachable from the value may be written. */
  mutates(form: number): boolean;
  /** Bytes of a value, -1 when not known. */
  sizeOf(type: TypeId): number;
  /** Bytes of an element of a slice, pointer, array or map value type; -1 when not known. */
  elementSize(type: TypeId): number;
  /** Type as Go writes it. */
  typeName(type: TypeId): string;
  /** Whether the form declares something under a name: results may have none. */
  isNamed(form: number): boolean;
  /** Name that the form declares or mentions. */
  name(form: number): string;
  /** Whether the type has no size that decides: an unsigned or signed integer, or the like, of 2, 4 or 8 bytes without pointers. */
  smallScalar(type: TypeId): boolean;
  /** Whether who instantiates the function chooses the type. */
  isTypeParameter(type: TypeId): boolean;
  /** Kind of the type's underlying type. */
  kind(type: TypeId): TypeKind;
  loopDepth(form: number): number;
  /** Says that the form allocates. */
  report(form: number, finding: Finding): void;
  /** Says that the form does not, and why, as a sentence. */
  silent(form: number, reason: string): void;
}

/** A rule over forms: `nodes` lists values of `Form`. */
export type GoRule = Rule<FormContext>;

const NO_MORE: Partial<Finding> = {};

/** A finding with the usual blanks filled in. */
export function finding(what: string, certainty: Certainty = 'always', more: Partial<Finding> = NO_MORE): Finding {
  // Blank by blank: spreading `more` is several times as slow.
  return { certainty, what, bytes: more.bytes ?? -1, when: more.when ?? null, unless: more.unless ?? null, instead: more.instead ?? null };
}

/** A type with its article: `an int`, `a uint8`, `a []byte`. */
export function aType(name: string): string {
  return `${/^(?:[aeio]|unsafe)/.test(name) ? 'an' : 'a'} ${name}`;
}

/** The sentence for a value that stays where it is. */
export const STAYS = 'It does not outlive the function, so it stays on the stack.';

/** The sentence for a variable whose address is taken and that is not moved. */
export const ADDRESS_STAYS = 'Its address is taken, but neither this function nor any that it is handed to keeps it, so the variable stays on the stack.';
