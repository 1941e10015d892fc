// Go 1.26 `new(expr)` is not in the grammar, which reads the argument of `new` as a type. Renaming the function to `neW`, with the
// length kept, makes the argument an expression. An argument that starts like an unnamed type is looked at further.

const EASY = /\bnew(?=\(\s*(?:\*\s*)*(?!\s|\*|\)|\[|map\b|chan\b|struct\b|func\b|interface\b|<-))/g;

/** `text` with the `new` of each `new(expr)` spelled `neW`; equal length. */
export function maskNewExpressions(text: string): string {
  return text.includes('new(') ? text.replace(EASY, 'neW') : text;
}
