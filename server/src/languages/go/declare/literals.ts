// Values of literals, out of their source text.

/** The text between the quotes of an import path or tag, escapes not read. */
export function unquoted(text: string): string {
  return text.length >= 2 ? text.slice(1, -1) : '';
}

/** Value of a string literal, quotes included in `source`. A byte that was written as an escape and is no ASCII stands as U+DC00 + byte. */
export function stringValue(source: string): string {
  const body = source.slice(1, -1);
  if (source.charCodeAt(0) === 96) return body.includes('\r') ? body.replaceAll('\r', '') : body;
  return body.includes('\\') ? body.replace(/\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|(.))/gs, escapeValue) : body;
}

function escapeValue(_all: string, hex?: string, u4?: string, u8?: string, octal?: string, simple?: string): string {
  if (hex !== undefined) return byteText(parseInt(hex, 16));
  if (octal !== undefined) return byteText(parseInt(octal, 8));
  const code = u4 ?? u8;
  if (code !== undefined) {
    const point = parseInt(code, 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd';
  }
  return SIMPLE[simple ?? ''] ?? simple ?? '';
}

const SIMPLE: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

function byteText(byte: number): string {
  return String.fromCharCode(byte < 0x80 ? byte : 0xdc00 + (byte & 0xff));
}

/** Value of a rune literal. */
export function runeValue(source: string): number {
  if (source.charCodeAt(1) !== 92) return source.codePointAt(1) ?? 0;
  const text = stringValue(`"${source.slice(1, -1)}"`);
  const point = text.codePointAt(0) ?? 0;
  return point >= 0xdc80 && point <= 0xdcff ? point - 0xdc00 : point;
}

/** Value of an integer literal; null when it is none. Exact: a bigint when it is no safe integer. */
export function intValue(source: string): number | bigint | null {
  const plain = decimal(source);
  if (plain >= 0) return plain;
  let text = source.includes('_') ? source.replaceAll('_', '') : source;
  if (text.length > 1 && text.charCodeAt(0) === 48) {
    const second = text.charCodeAt(1) | 32;
    if (second >= 48 && second <= 57) text = `0o${text.slice(1)}`;
  }
  const value = Number(text);
  if (Number.isSafeInteger(value)) return value;
  try {
    return BigInt(text);
  } catch {
    return null;
  }
}

/** Value of a short decimal literal, which most are; -1 for others. */
function decimal(source: string): number {
  const { length } = source;
  if (length === 0 || length > 9 || (length > 1 && source.charCodeAt(0) === 48)) return -1;
  let value = 0;
  for (let i = 0; i < length; i++) {
    const digit = source.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** Value of a floating-point literal (hexadecimal ones too); NaN never. */
export function floatValue(source: string): number {
  const text = source.replaceAll('_', '').toLowerCase();
  if (text.startsWith('0x')) {
    const [mantissa = '', exponent = '0'] = text.slice(2).split('p');
    const [whole = '', fraction = ''] = mantissa.split('.');
    const digits = parseInt(`${whole}${fraction}` || '0', 16);
    return digits * 2 ** (Number(exponent) - 4 * fraction.length);
  }
  const value = Number(text);
  return Number.isNaN(value) ? 0 : value;
}
