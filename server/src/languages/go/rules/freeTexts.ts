// Texts of free places by small numbers: rule ids and reasons are few, and the places that carry them are many.

const texts: string[] = [];
const numbers = new Map<string, number>();

/** The number of a text. The texts of rules are finitely many, so the table stays small. */
export function numberOfText(text: string): number {
  let number = numbers.get(text);
  if (number === undefined) {
    number = texts.push(text) - 1;
    numbers.set(text, number);
  }
  return number;
}

/** The text of a number. */
export function textOfNumber(number: number): string {
  return texts[number] ?? '';
}
