// What everyday functions of the standard library allocate, in a reader's words. That they allocate is known from their facts;
// these rows say what, where the chain down to the allocator would name a detail of the implementation.
import type { ModelRow, Provenance } from '../../../analysis/model.js';
import type { AllocationKind, Certainty } from '../../../analysis/site.js';

const std = (at: string): Provenance => ({ source: 'go 1.26', at });

function row(path: string, kind: AllocationKind, what: string, at: string, certainty: Certainty = 'always', when: string | null = null): ModelRow {
  return { path, effect: { does: 'allocates', kind, what, certainty, when, unless: null }, rule: null, instead: null, provenance: std(at) };
}

/** Rows by function, as Go's tools write it. */
export const goStandardLibrary: readonly ModelRow[] = [
  row('fmt.Sprintf', 'format', 'formatted string', 'fmt/print.go'),
  row('fmt.Sprint', 'format', 'formatted string', 'fmt/print.go'),
  row('fmt.Sprintln', 'format', 'formatted string', 'fmt/print.go'),
  row('fmt.Errorf', 'error', 'error with a formatted message', 'fmt/errors.go'),
  row('fmt.Printf', 'format', 'buffer of the printer', 'fmt/print.go', 'conditional', 'no printer of an earlier call is free'),
  row('fmt.Println', 'format', 'buffer of the printer', 'fmt/print.go', 'conditional', 'no printer of an earlier call is free'),
  row('fmt.Print', 'format', 'buffer of the printer', 'fmt/print.go', 'conditional', 'no printer of an earlier call is free'),
  row('fmt.Fprintf', 'format', 'buffer of the printer', 'fmt/print.go', 'conditional', 'no printer of an earlier call is free'),
  row('fmt.Fprintln', 'format', 'buffer of the printer', 'fmt/print.go', 'conditional', 'no printer of an earlier call is free'),
  row('fmt.Fprint', 'format', 'buffer of the printer', 'fmt/print.go', 'conditional', 'no printer of an earlier call is free'),
  row('errors.New', 'error', 'error with its message', 'errors/errors.go'),
  row('errors.Join', 'error', 'error that holds others', 'errors/join.go'),
  row('strings.Split', 'buffer', 'slice of the parts', 'strings/strings.go'),
  row('strings.SplitN', 'buffer', 'slice of the parts', 'strings/strings.go'),
  row('strings.Fields', 'buffer', 'slice of the fields', 'strings/strings.go'),
  row('strings.Join', 'buffer', 'joined string', 'strings/strings.go'),
  row('strings.Repeat', 'buffer', 'repeated string', 'strings/strings.go'),
  row('strings.ReplaceAll', 'copy', 'string with the replacements', 'strings/strings.go', 'conditional', 'there is something to replace'),
  row('strings.Replace', 'copy', 'string with the replacements', 'strings/strings.go', 'conditional', 'there is something to replace'),
  row('strings.ToLower', 'copy', 'string in lower case', 'strings/strings.go', 'conditional', 'a letter changes'),
  row('strings.ToUpper', 'copy', 'string in upper case', 'strings/strings.go', 'conditional', 'a letter changes'),
  row('strconv.Itoa', 'format', 'digits of a number', 'strconv/itoa.go', 'conditional', 'the number is not between 0 and 99'),
  row('strconv.Quote', 'format', 'quoted string', 'strconv/quote.go'),
  row('strconv.FormatInt', 'format', 'digits of a number', 'strconv/itoa.go', 'conditional', 'the number is not between 0 and 99'),
];

const byPath = new Map(goStandardLibrary.map((entry) => [entry.path, entry]));

/** The row of a function, or undefined. */
export function goModelOf(path: string): ModelRow | undefined {
  return byPath.get(path);
}
